import { z } from "zod";
import { cameraUrlSchema, transports } from "./cameras-api.ts";
import { idSchema, madeIdSchema } from "./ids.ts";
import { cameraProblems } from "./messages/edge-to-server.ts";

/**
 * "Connect and show me a picture", before a camera is added.
 *
 *     POST   /api/probes                     probeBody -> 202 probeAnswer (admin)
 *     GET    /api/probes/<id>                probeAnswer (admin)
 */

/** "Connect and show me a picture": a job that the edge does, since the camera may be reachable from there alone. */
export const probeBody = z.strictObject({
	edgeId: idSchema,
	url: cameraUrlSchema,
	transport: z.enum(transports).default("tcp"),
	/** An existing camera whose stored password stands for `***`. */
	cameraId: idSchema.optional(),
});

export const probeAnswer = z.object({
	id: madeIdSchema,
	state: z.enum(["waiting", "ok", "failed", "edge_silent"]),
	problem: z.enum(cameraProblems).nullable(),
	/** One sentence from the edge, without secrets. */
	detail: z.string().nullable(),
	video: z.object({ codec: z.string(), width: z.number(), height: z.number() }).nullable(),
	/** Whether it has a loudspeaker that we can speak by; null: nobody knows. */
	audioOut: z.boolean().nullable(),
	/** A JPEG as data URL, once `ok`. */
	picture: z.string().nullable(),
});

export type ProbeBody = z.infer<typeof probeBody>;
export type ProbeAnswer = z.infer<typeof probeAnswer>;
