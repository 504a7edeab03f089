import { z } from "zod";
import { gbIdProblemText, problemOfGbId } from "#core/evidence/gb-camera-id.ts";
import { roadClasses } from "#core/evidence/law-basis.ts";
import { isTimeZone } from "#core/policy/local-time.ts";
import { zoneKinds } from "#core/scene.ts";
import { acceptanceAnswer, acceptedOutlineSchema } from "./acceptances.ts";
import { calibrationSchema } from "./calibration.ts";
import { clockReadingSchema } from "./clock.ts";
import { evidenceKinds } from "./evidence-kinds.ts";
import { evidenceSetBody } from "./evidence-set.ts";
import { idSchema, instantSchema, madeIdSchema, sha256Schema } from "./ids.ts";
import {
	boxSchema,
	cameraProblems,
	clearanceSchema,
	clearedBy,
	laneStates,
	occupancyCauses,
	outlineSchema,
	unknownReasons,
} from "./messages/edge-to-server.ts";
import { serverUsername } from "./topics.ts";

export { type EvidenceKind, evidenceKinds } from "./evidence-kinds.ts";

/**
 * Bodies and answers of the HTTP API, shared by the server's routes and the page's client.
 *
 *     POST   /api/session                    signInBody -> sessionAnswer (401 wrong_credentials, 429 too_many_attempts)
 *     GET    /api/session                    sessionAnswer, or 401 not_signed_in
 *     DELETE /api/session                    204
 *     GET    /api/wall                       wallAnswer
 *     GET    /api/feed                       server-sent events, see feedEvents; `?after=<position>` or `Last-Event-ID`
 *     GET    /api/alerts                     alertsQuery -> alertsAnswer
 *     GET    /api/alerts/<id>                alertAnswer
 *     PUT    /api/alerts/<id>/<word>         alertAnswer; 409 already_said with `first` when somebody else was first
 *     DELETE /api/alerts/<id>/<word>         alertAnswer
 *     …      /api/acceptances, /api/alerts/<id>/acceptance: see acceptances.ts
 *     GET    /api/evidence/<id>              the bytes, with Range
 *     GET    /api/evidence/<id>/playable     a clip browsers can play, with Range; 202 playableAnswer while it is made
 *     GET    /api/cameras                    camerasAnswer
 *     POST   /api/cameras                    cameraBody -> 201 cameraAnswer (admin)
 *     GET    /api/cameras/<id>               cameraAnswer
 *     PATCH  /api/cameras/<id>               cameraPatch -> cameraAnswer (admin)
 *     DELETE /api/cameras/<id>               204 (admin)
 *     PUT    /api/cameras/<id>/zones         zonesBody -> zonesSavedAnswer (admin): cameraAnswer with warnings
 *     POST   /api/cameras/<id>/view-confirmation  cameraAnswer: somebody saw that the zones fit the picture of now
 *     GET    /api/cameras/<id>/picture       image/jpeg, ETag by time; 404 no_picture
 *     POST   /api/probes                     probeBody -> 202 probeAnswer (admin)
 *     GET    /api/probes/<id>                probeAnswer (admin)
 *     …                                      what the zone editor asks of an edge: live-api.ts
 *     GET    /api/edges                      edgesAnswer
 *     POST   /api/edges                      edgeBody -> 201 edgeTokenAnswer (admin); the token is shown this once
 *     POST   /api/edges/<id>/token           edgeTokenAnswer (admin): a new token, the old one ends
 *     DELETE /api/edges/<id>                 204 (admin): revokes its token
 *
 * Policy and permits: policy-api.ts. What edges call stands at the end of this file.
 */

const name = z.string().trim().min(1).max(80);

/** Every error answer. `problems` lists each bad field with its path and what is allowed. */
export const errorAnswer = z.object({
	error: z.string(), // a stable word the page translates: "not_signed_in", "bad_input", …
	message: z.string(),
	problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
	/** With `already_said`: who said it first, and when. */
	first: z.object({ by: z.string(), at: instantSchema }).optional(),
});

// --- session -------------------------------------------------------------------------------------------------------

export const signInBody = z.strictObject({ name: z.string().min(1).max(80), password: z.string().min(1).max(200) });
export const sessionAnswer = z.object({
	user: z.object({ id: z.string(), name: z.string(), role: z.enum(["admin", "operator"]) }),
	/** To be sent back as header `x-csrf-token` with everything that changes something. */
	csrfToken: z.string(),
});

// --- zones and cameras ---------------------------------------------------------------------------------------------

export const polygonSchema = z
	.array(z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]))
	.min(3, "needs at least 3 points")
	.max(64, "at most 64 points");

/** All that may be set of how long and how wide; what nobody sets is as `src/core/scene.ts` has it. */
export const policySchema = z.strictObject({
	vehicleOnDelayMs: z.number().int().min(0).max(86_400_000),
	objectOnDelayMs: z.number().int().min(0).max(172_800_000),
	confirmAfterMs: z.number().int().min(10_000).max(3_600_000),
	offDelayMs: z.number().int().min(0).max(3_600_000),
	clearWidthM: z.number().min(0.5).max(30),
	blockedWidthM: z.number().min(0.5).max(30),
	fixedAfterMs: z
		.number()
		.int()
		.min(60_000)
		.max(30 * 86_400_000),
});
export const policyKeysSchema = policySchema.partial();

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day from 00:00 to 23:59");
const hoursOfDay = z.strictObject({
	/** The days on which it begins, 1 Monday to 7 Sunday. Absent: every day. */
	days: z
		.array(z.number().int().min(1).max(7))
		.min(1, "needs at least one day")
		.refine((days) => new Set(days).size === days.length, "names a day twice")
		.optional(),
	from: timeOfDay,
	/** Not part of it. Not later than `from`: on the next day. */
	to: timeOfDay.or(z.literal("24:00")),
});
const isNotEmpty = ({ from, to }: { from: string; to: string }) => from !== to;
const emptyHours = { path: ["to"], error: "may not be the same as from: the whole day is 00:00 to 24:00" };

/** Hours of the day by the site's clock. */
export const hoursOfDaySchema = hoursOfDay.refine(isNotEmpty, emptyHours);
/** At these hours these keys of the policy are others. */
export const policyHoursSchema = hoursOfDay
	.extend({ policy: policyKeysSchema.refine((keys) => Object.keys(keys).length > 0, "sets nothing") })
	.refine(isNotEmpty, emptyHours);
const policyHours = z.array(policyHoursSchema).max(24);

export const zoneSchema = z.strictObject({
	id: idSchema,
	name,
	kind: z.enum(zoneKinds),
	polygon: polygonSchema,
	/** Keys that differ from the site's policy. */
	policy: policyKeysSchema.optional(),
	/** At some hours of the day; stronger than `policy`. */
	hours: policyHours.optional(),
	/** When the zone is watched: what stands there at other times raises nothing. Absent: always. */
	armed: z.array(hoursOfDaySchema).min(1, "needs at least one stretch; leave it out for always").max(24).optional(),
	/** Absent: nothing is told in metres. */
	calibration: calibrationSchema.optional(),
	/** What the lane is by law. Absent: a closed estate's. */
	roadClass: z.enum(roadClasses).optional(),
});
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
});
/** A URL whose password is `***` keeps the password that is stored. */
export const cameraPatch = z.strictObject({
	name: name.optional(),
	url: cameraUrlSchema.optional(),
	transport: z.enum(transports).optional(),
	sampleEveryMs: z.number().int().min(200).max(10_000).optional(),
	gbId: gbIdSchema.nullable().optional(),
	direction: direction.nullable().optional(),
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
	/** A JPEG as data URL, once `ok`. */
	picture: z.string().nullable(),
});

export const edgeAnswer = z.object({
	id: idSchema,
	siteId: idSchema,
	name: z.string(),
	state: z.enum(["online", "offline", "never_seen"]),
	since: instantSchema.nullable(),
	/** Its token was taken back then. */
	revokedAt: instantSchema.nullable(),
	/** How right its clock is; null: it has not told. */
	clock: clockReadingSchema.nullable(),
});
export const edgesAnswer = z.object({ edges: z.array(edgeAnswer) });
export const edgeBody = z.strictObject({
	/** Also its MQTT user name, hence never the server's. */
	id: idSchema.refine((id) => id !== serverUsername, `may not be "${serverUsername}", the server's own name`),
	siteId: idSchema,
	name,
});
/** The token is shown once; the server keeps its hash alone. */
export const edgeTokenAnswer = z.object({ edge: edgeAnswer, token: z.string() });

// --- lanes and alerts ----------------------------------------------------------------------------------------------

export const evidenceAnswer = z.object({
	id: madeIdSchema,
	kind: z.enum(evidenceKinds),
	capturedAt: instantSchema,
	durationMs: z.number().int().nullable(),
	contentType: z.string(),
	bytes: z.number().int(),
	sha256: sha256Schema,
});

/** 202 of `/api/evidence/<id>/playable`: ask again. */
export const playableAnswer = z.object({ state: z.literal("working"), progress: z.number().min(0).max(1) });

export const alertStates = ["open", "cleared"] as const;
export const alertAnswer = z.object({
	id: madeIdSchema,
	laneId: idSchema,
	laneName: z.string(),
	laneKind: z.enum(zoneKinds),
	siteId: idSchema,
	cameraId: idSchema,
	cameraName: z.string(),
	/** `open`: by the camera's word the thing still stands there. */
	state: z.enum(alertStates),
	enteredAt: instantSchema,
	raisedAt: instantSchema,
	clearedAt: instantSchema.nullable(),
	clearedBy: z.enum(clearedBy).nullable(),
	cause: z.enum(occupancyCauses),
	label: z.string(),
	confidence: z.number(),
	box: boxSchema,
	/** A fixed obstacle: goods that have lain for longer than the policy's `fixedAfterMs`. */
	fixed: z.boolean(),
	/** For piled goods what exactly is meant; empty for vehicles, whose box says it. */
	outline: z.array(outlineSchema),
	/** What was left of the lane when the alert was raised. */
	clearance: clearanceSchema.nullable(),
	/** What people said of it; each can be taken back. */
	acknowledged: z.object({ by: z.string(), at: instantSchema }).nullable(),
	falseAlarm: z.object({ by: z.string(), at: instantSchema }).nullable(),
	/** A person's word that it was cleared; recorded beside the camera's, never instead of it. */
	reportedCleared: z.object({ by: z.string(), at: instantSchema }).nullable(),
	/** The last time that somebody judged "this belongs here", also when it was taken back since. */
	acceptance: acceptanceAnswer.nullable(),
	evidence: z.array(evidenceAnswer),
	/** What it is to have of evidence, and what is missing and why; null from edges that do not tell. */
	evidenceSet: evidenceSetBody.nullable(),
});

/** What a person may say of an alert: PUT says it, DELETE takes it back, at `/api/alerts/<id>/<word>`. */
export const alertWords = ["acknowledged", "false-alarm", "reported-cleared"] as const;

export const alertsQuery = z.object({
	state: z.enum(["open", "cleared", "all"]).default("all"),
	laneId: idSchema.optional(),
	/** Alerts raised before this instant, newest first. */
	before: z.coerce.number().int().optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const alertsAnswer = z.object({ alerts: z.array(alertAnswer), more: z.boolean() });

/** A vehicle may stand in the lane; null as `plate`: every vehicle. Whom it was given by and why is told elsewhere. */
const barePermitSchema = z.object({
	id: madeIdSchema,
	laneId: idSchema,
	plate: z.string().nullable(),
	from: instantSchema,
	until: instantSchema,
});

export const laneAnswer = z.object({
	id: idSchema,
	name: z.string(),
	kind: z.enum(zoneKinds),
	siteId: idSchema,
	cameraId: idSchema,
	cameraName: z.string(),
	state: z.enum(laneStates),
	reason: z.enum(unknownReasons).or(z.literal("edge_offline")).or(z.literal("never_seen")).nullable(),
	since: instantSchema.nullable(),
	/**
	 * For how long nobody could know since the day began at the site, as far as it is counted: up to `blindUntil`. While
	 * the lane is unknown, the time since then comes to it. Null: the edge does not count.
	 */
	blindTodayMs: z.number().int().nullable(),
	blindUntil: instantSchema.nullable(),
	pictureAt: instantSchema.nullable(),
	polygon: polygonSchema,
	/** What is left of it now; null while it is unknown, and from edges that cannot tell. */
	clearance: clearanceSchema.nullable(),
	openAlertId: madeIdSchema.nullable(),
	/** When it is watched; absent: always. */
	armed: z.array(hoursOfDaySchema).optional(),
	/** Those that hold or will. */
	permits: z.array(barePermitSchema).optional(),
});

/** Everything the wall needs at once; `feedPosition` is where to go on with `/api/feed`. */
export const wallAnswer = z.object({
	now: instantSchema,
	feedPosition: z.number().int(),
	lanes: z.array(laneAnswer),
	openAlerts: z.array(alertAnswer),
});

/**
 * Server-sent events of `GET /api/feed`: `id` is the position (resume by `Last-Event-ID`), `event` one of these, `data`
 * the whole new value. `reset`: the position is no longer kept, load the wall again.
 */
export const feedEvents = {
	lane: laneAnswer,
	alert: alertAnswer,
	camera: cameraAnswer,
	edge: edgeAnswer,
	removed: z.object({ kind: z.enum(["lane", "camera"]), id: idSchema }),
	reset: z.object({}),
} as const;

// --- edge workers (bearer token) -----------------------------------------------------------------------------------

/** A zone as an edge gets it. Keys of a newer server are left aside, not refused. */
const edgeZoneSchema = z.object({
	...zoneSchema.shape,
	/** What lies there and belongs there, by a person's word. */
	accepted: z.array(acceptedOutlineSchema).optional(),
});

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
	site: z.object({ policy: policyKeysSchema, hours: policyHours }).optional(),
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
export const jobAnswer = z.discriminatedUnion("kind", [probeJob, watchJob, whatIfJob]);
/** `PUT /api/edge/jobs/<id>/result` */
export const jobResultBody = z.strictObject({
	ok: z.boolean(),
	problem: z.enum(cameraProblems).nullable(),
	detail: z.string().max(500).nullable(),
	video: z.strictObject({ codec: z.string(), width: z.number(), height: z.number() }).nullable(),
	pictureBase64: z.string().max(2_000_000).nullable(),
});

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

export type SignInBody = z.infer<typeof signInBody>;
export type SessionAnswer = z.infer<typeof sessionAnswer>;
export type ZoneBody = z.infer<typeof zoneSchema>;
export type ZonesBody = z.infer<typeof zonesBody>;
export type PolicyBody = z.infer<typeof policyKeysSchema>;
export type HoursOfDayBody = z.infer<typeof hoursOfDaySchema>;
export type PolicyHoursBody = z.infer<typeof policyHoursSchema>;
export type CalibrationBody = z.infer<typeof calibrationSchema>;
export type ClearanceAnswer = z.infer<typeof clearanceSchema>;
export type CameraBody = z.infer<typeof cameraBody>;
export type CameraPatch = z.infer<typeof cameraPatch>;
export type CameraAnswer = z.infer<typeof cameraAnswer>;
export type ZonesSavedAnswer = z.infer<typeof zonesSavedAnswer>;
export type ProbeBody = z.infer<typeof probeBody>;
export type ProbeAnswer = z.infer<typeof probeAnswer>;
export type EdgeAnswer = z.infer<typeof edgeAnswer>;
export type EdgeBody = z.infer<typeof edgeBody>;
export type EdgeTokenAnswer = z.infer<typeof edgeTokenAnswer>;
export type PlayableAnswer = z.infer<typeof playableAnswer>;
export type ErrorAnswer = z.infer<typeof errorAnswer>;
export type EvidenceAnswer = z.infer<typeof evidenceAnswer>;
export type AlertAnswer = z.infer<typeof alertAnswer>;
export type AlertWord = (typeof alertWords)[number];
export type LaneAnswer = z.infer<typeof laneAnswer>;
export type WallAnswer = z.infer<typeof wallAnswer>;
export type EdgeConfigAnswer = z.infer<typeof edgeConfigAnswer>;
export type ProbeJob = z.infer<typeof probeJob>;
export type WatchJob = z.infer<typeof watchJob>;
export type WhatIfJob = z.infer<typeof whatIfJob>;
export type JobAnswer = z.infer<typeof jobAnswer>;
export type JobResultBody = z.infer<typeof jobResultBody>;
export type EvidenceUploadMetadata = z.infer<typeof evidenceUploadMetadata>;
