import { z } from "zod";
import { isTimeZone } from "#core/policy/local-time.ts";
import { acceptedOutlineSchema } from "./acceptances.ts";
import { transports } from "./cameras-api.ts";
import { evidenceKinds } from "./evidence-kinds.ts";
import { idSchema, instantSchema, madeIdSchema, sha256Schema } from "./ids.ts";
import { barePermitSchema } from "./wall-api.ts";
import { policyHours, policyKeysSchema, zoneSchema } from "./zones.ts";

/**
 * What edge workers call, with their bearer token.
 *
 *     GET    /api/edge/config                edgeConfigAnswer; with `trustHeader`, where the edge keeps what it was told
 *     POST   /api/edge/config/applied        configAppliedBody -> 204
 *     GET    /api/edge/jobs/<id>             jobAnswer, and PUT …/result: edge-jobs.ts
 *     PUT    /api/edge/cameras/<id>/picture  the last analysed frame
 *     …      /api/edge/evidence              tus, see evidenceUploadMetadata
 *     …      keys and manifests: seal-api.ts; what an alert has of evidence: evidence-set.ts; live views: live-api.ts
 */

/** A zone as an edge gets it. Keys of a newer server are left aside, not refused. */
const edgeZoneSchema = z.object({
	...zoneSchema.shape,
	/** What lies there and belongs there, by a person's word. */
	accepted: z.array(acceptedOutlineSchema).optional(),
});

/** SHA-256 of the `authority` that an edge keeps on its disk. The one before is let go when all edges keep the next. */
export const trustHeader = "x-keepclear-trusts";

/** `GET /api/edge/config` */
export const edgeConfigAnswer = z.object({
	revision: z.number().int(),
	siteId: idSchema,
	/** As people call it. */
	siteName: z.string().max(200).nullable().default(null),
	edgeId: idSchema,
	/** The site's delays for edges that do not read `site`; a new edge reads this where an older server sends no `site`. */
	policy: policyKeysSchema,
	/** What the site sets of the policy, and at some hours of the day. */
	site: z
		.object({ policy: policyKeysSchema, hours: policyHours, emergencyPlates: z.array(z.string()).default([]) })
		.optional(),
	/** PEM: who alone may have signed the server's certificates, and who will; null: whom machines know, or no TLS. */
	authority: z.string().max(20_000).nullable().default(null),
	/** By which hours of the day are meant. */
	timeZone: z.string().refine(isTimeZone, "must be a time zone such as Asia/Shanghai").default("Asia/Shanghai"),
	/** Those that hold or will, and those that ended in the last two days. */
	permits: z.array(barePermitSchema).default([]),
	cameras: z.array(
		z.object({
			id: idSchema,
			name: z.string(),
			/** With its password. */
			url: z.string(),
			transport: z.enum(transports),
			sampleEveryMs: z.number().int(),
			zones: z.array(edgeZoneSchema),
			/** By the edge's clock: the view of this instant and of before was looked at by a person. */
			viewConfirmedAt: instantSchema.optional(),
			gbId: z.string().nullable().default(null),
			direction: z.string().nullable().default(null),
		}),
	),
});

/** `POST /api/edge/config/applied` */
export const configAppliedBody = z.strictObject({ revision: z.number().int() });

/** `PUT /api/edge/cameras/<id>/picture`: the last analysed frame as `image/jpeg`, `x-captured-at: <ms>`. */
export const maxPictureBytes = 2_000_000;

/**
 * Evidence comes by tus at `/api/edge/evidence`; these are its `Upload-Metadata`. The server checks size and sha256
 * before the row is written and answers the last PATCH only after that.
 *
 * Evidence that is already stored is answered to the POST with 409 `already_stored`: that is success. 507 `disk_full`
 * and `storage_failed` are to be tried again later. 422 `wrong_content` (size, sha256 or type do not fit; the upload is
 * gone) may be started anew a few times. 400 `bad_input`, 403 `not_yours` and 413 never will succeed.
 */
export const evidenceUploadMetadata = z.strictObject({
	evidenceId: madeIdSchema,
	alertId: madeIdSchema,
	kind: z.enum(evidenceKinds),
	capturedAt: z.coerce.number().pipe(instantSchema),
	durationMs: z.coerce.number().int().min(0).optional(),
	contentType: z.enum(["image/jpeg", "video/mp4"]),
	sha256: sha256Schema,
});

export const maxEvidenceBytes = 500_000_000;

export type EdgeConfigAnswer = z.infer<typeof edgeConfigAnswer>;
export type EvidenceUploadMetadata = z.infer<typeof evidenceUploadMetadata>;
