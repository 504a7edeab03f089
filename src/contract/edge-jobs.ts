import { z } from "zod";
import { transports } from "./cameras-api.ts";
import { idSchema, madeIdSchema } from "./ids.ts";
import { streamForms } from "./live-stream.ts";
import { cameraProblems } from "./messages/edge-to-server.ts";
import { policyHoursSchema, policyKeysSchema } from "./zones.ts";

/** `GET /api/edge/jobs/<id>` */
export const probeJob = z.object({
	id: madeIdSchema,
	kind: z.literal("probe"),
	url: z.string(),
	transport: z.enum(transports),
});

/** Somebody looks at a camera: what the worker sees is to be sent for so long. */
export const watchJob = z.object({
	id: madeIdSchema,
	kind: z.literal("watch"),
	cameraId: idSchema,
	forMs: z.number().int().positive().max(600_000),
});

/** What the last hour would have raised in a zone under a whole other policy. */
export const whatIfJob = z.object({
	id: madeIdSchema,
	kind: z.literal("what_if"),
	cameraId: idSchema,
	zoneId: idSchema,
	policy: policyKeysSchema,
	hours: z.array(policyHoursSchema),
});

/** Somebody wants the camera's video: the edge dials `/api/edge/streams/<id>` and sends until the server hangs up. */
export const streamJob = z.object({
	id: madeIdSchema,
	kind: z.literal("stream"),
	cameraId: idSchema,
	form: z.enum(streamForms),
});

/** What a site records to be said: half a minute. */
export const maxSoundMs = 30_000;

/**
 * The camera's own loudspeaker is to say something, now or not at all; the result goes to `…/said`. `saying` stays the same
 * when it is asked for again because no answer came: what was said to its end is not said twice.
 */
export const sayJob = z.object({
	id: madeIdSchema,
	kind: z.literal("say"),
	cameraId: idSchema,
	saying: madeIdSchema,
	/** G.711 µ-law, 8000 samples a second. */
	soundBase64: z
		.string()
		.min(1)
		.max(Math.ceil((maxSoundMs * 8) / 3) * 4),
});

export const jobAnswer = z.discriminatedUnion("kind", [probeJob, watchJob, whatIfJob, streamJob, sayJob]);

/** `PUT /api/edge/jobs/<id>/result` */
export const jobResultBody = z.strictObject({
	ok: z.boolean(),
	problem: z.enum(cameraProblems).nullable(),
	detail: z.string().max(500).nullable(),
	video: z.strictObject({ codec: z.string(), width: z.number(), height: z.number() }).nullable(),
	pictureBase64: z.string().max(2_000_000).nullable(),
	/** Whether the camera has a loudspeaker that we can speak by; null, absent: nobody knows. */
	audioOut: z.boolean().nullable().optional(),
});

/** Besides what is wrong with a camera: it is another edge's, it has no loudspeaker, it speaks already, it was cut off in the middle. */
export const sayProblems = [...cameraProblems, "no_camera", "no_audio_out", "busy", "cut"] as const;
export type SayProblem = (typeof sayProblems)[number];

/** `PUT /api/edge/jobs/<id>/said`. `problem` null: all of it was said. */
export const saidBody = z.strictObject({
	problem: z.enum(sayProblems).nullable(),
	detail: z.string().max(500).nullable(),
});

export type ProbeJob = z.infer<typeof probeJob>;
export type WatchJob = z.infer<typeof watchJob>;
export type WhatIfJob = z.infer<typeof whatIfJob>;
export type StreamJob = z.infer<typeof streamJob>;
export type SayJob = z.infer<typeof sayJob>;
export type SaidBody = z.infer<typeof saidBody>;
export type JobAnswer = z.infer<typeof jobAnswer>;
export type JobResultBody = z.infer<typeof jobResultBody>;
