import { z } from "zod";
import { gbIdProblemText, problemOfGbId } from "#core/evidence/gb-camera-id.ts";
import { idSchema, instantSchema } from "./ids.ts";
import { cameraProblems } from "./messages/edge-to-server.ts";
import { name, zoneSchema } from "./zones.ts";

/**
 * Cameras and their zones.
 *
 *     GET    /api/cameras                    camerasAnswer
 *     POST   /api/cameras                    cameraBody -> 201 cameraAnswer (admin)
 *     GET    /api/cameras/<id>               cameraAnswer
 *     PATCH  /api/cameras/<id>               cameraPatch -> cameraAnswer (admin)
 *     DELETE /api/cameras/<id>               204 (admin)
 *     PUT    /api/cameras/<id>/zones         zonesBody -> zonesSavedAnswer (admin): cameraAnswer with warnings
 *     POST   /api/cameras/<id>/view-confirmation  cameraAnswer: somebody saw that the zones fit the picture of now
 *     GET    /api/cameras/<id>/picture       image/jpeg, ETag by time; 404 no_picture
 */

/** A zone whose kind is not `ignore` is a lane of the same id. */
export const zonesBody = z.strictObject({
	zones: z.array(zoneSchema).max(32),
	/** After the camera moved: whoever drew them saw the picture of now. */
	confirmsView: z.boolean().optional(),
});

export const transports = ["tcp", "udp"] as const;

export const cameraUrlSchema = z
	.string()
	.max(500)
	.refine((text) => /^rtsps?:\/\//i.test(text) && URL.canParse(text), "must begin with rtsp:// or rtsps://");

/** GB/T 28181. */
export const gbIdSchema = z.string().superRefine((text, context) => {
	const problem = problemOfGbId(text);
	if (problem) context.addIssue({ code: "custom", message: gbIdProblemText[problem] });
});

/** Where it looks, in a person's words: 由东向西. */
const direction = z.string().trim().min(1).max(80);

export const cameraBody = z.strictObject({
	name,
	edgeId: idSchema,
	/** May carry `user:password@`; the password is never given out again. */
	url: cameraUrlSchema,
	transport: z.enum(transports).default("tcp"),
	sampleEveryMs: z.number().int().min(200).max(10_000).default(1000),
	gbId: gbIdSchema.nullable().default(null),
	direction: direction.nullable().default(null),
	/** As a probe of this address told. */
	audioOut: z.boolean().nullable().optional(),
});

/** A URL whose password is `***` keeps the password that is stored. */
export const cameraPatch = z.strictObject({
	name: name.optional(),
	url: cameraUrlSchema.optional(),
	transport: z.enum(transports).optional(),
	sampleEveryMs: z.number().int().min(200).max(10_000).optional(),
	gbId: gbIdSchema.nullable().optional(),
	direction: direction.nullable().optional(),
	/** As a probe of this address told; forgotten with another address. */
	audioOut: z.boolean().nullable().optional(),
});

export const cameraAnswer = z.object({
	id: idSchema,
	name: z.string(),
	edgeId: idSchema,
	/** With `***` in place of the password. */
	url: z.string(),
	transport: z.enum(transports),
	sampleEveryMs: z.number(),
	gbId: z.string().nullable(),
	direction: z.string().nullable(),
	/** Whether it has a loudspeaker that we can speak by (ONVIF audio out); null: nobody knows. */
	audioOut: z.boolean().nullable(),
	zones: z.array(zoneSchema),
	health: z
		.object({
			state: z.enum(["connecting", "online", "offline"]),
			problem: z.enum(cameraProblems).nullable(),
			since: instantSchema,
			recording: z.boolean(),
			video: z.object({ codec: z.string(), width: z.number(), height: z.number() }).nullable(),
		})
		.nullable(),
	/** When the last picture was taken; fetch it at `/api/cameras/<id>/picture`. */
	pictureAt: instantSchema.nullable(),
	/** Whether the edge has taken over the zones that are shown. */
	applied: z.boolean(),
	/** Who last looked at the zones after the camera had moved; `viewAt`: which view that was, by the edge's clock. */
	viewConfirmed: z.object({ by: z.string(), at: instantSchema, viewAt: instantSchema }).nullable(),
});

/** A zone that is kept and yet may not do what is expected of it: a car would be too small there to be found. */
export const zonesSavedAnswer = cameraAnswer.extend({
	warnings: z.array(z.object({ path: z.string(), message: z.string() })),
});

export const camerasAnswer = z.object({ cameras: z.array(cameraAnswer) });

export type ZonesBody = z.infer<typeof zonesBody>;
export type CameraBody = z.infer<typeof cameraBody>;
export type CameraPatch = z.infer<typeof cameraPatch>;
export type CameraAnswer = z.infer<typeof cameraAnswer>;
export type ZonesSavedAnswer = z.infer<typeof zonesSavedAnswer>;
