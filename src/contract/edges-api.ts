import { z } from "zod";
import { clockReadingSchema } from "./clock.ts";
import { idSchema, instantSchema } from "./ids.ts";
import { serverUsername } from "./topics.ts";
import { name } from "./zones.ts";

/**
 * Edge workers and their tokens.
 *
 *     GET    /api/edges                      edgesAnswer
 *     POST   /api/edges                      edgeBody -> 201 edgeTokenAnswer (admin); the token is shown this once
 *     POST   /api/edges/<id>/token           edgeTokenAnswer (admin): a new token, the old one ends
 *     DELETE /api/edges/<id>                 204 (admin): revokes its token
 */

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

export type EdgeAnswer = z.infer<typeof edgeAnswer>;
export type EdgeBody = z.infer<typeof edgeBody>;
export type EdgeTokenAnswer = z.infer<typeof edgeTokenAnswer>;
