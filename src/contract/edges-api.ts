import { z } from "zod";
import { clockReadingSchema } from "./clock.ts";
import { idSchema, instantSchema } from "./ids.ts";
import { serverUsername } from "./topics.ts";
import { name } from "./zones.ts";

/**
 * Edge workers and what they sign in with. They get it by a one-time code: enrolment-api.ts.
 *
 *     GET    /api/edges                      edgesAnswer
 *     POST   /api/edges                      edgeBody -> 201 codeAnswer (admin)
 *     POST   /api/edges/<id>/token           edgeTokenAnswer (admin): a token to be written down by hand, the old one ends;
 *                                            409 revoked
 *     DELETE /api/edges/<id>?reason=…        204 (admin): revoked at once; undone by a new code alone
 */

export const edgeAnswer = z.object({
	id: idSchema,
	siteId: idSchema,
	name: z.string(),
	state: z.enum(["online", "offline", "never_seen"]),
	since: instantSchema.nullable(),
	/** It was shut out then. */
	revokedAt: instantSchema.nullable(),
	/** When it last got its credentials by a code. */
	enrolledAt: instantSchema.nullable(),
	/** Until when a code waits to be used. */
	codeUntil: instantSchema.nullable(),
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

/** Why it was revoked: stands in the ledger. */
export const revokeQuery = z.object({ reason: z.string().trim().min(1).max(200).optional() });

/** The token is shown once; the server keeps its hash alone. */
export const edgeTokenAnswer = z.object({ edge: edgeAnswer, token: z.string() });

export type EdgeAnswer = z.infer<typeof edgeAnswer>;
export type EdgeBody = z.infer<typeof edgeBody>;
export type EdgeTokenAnswer = z.infer<typeof edgeTokenAnswer>;
