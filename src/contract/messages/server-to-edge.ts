import { z } from "zod";
import { instantSchema, madeIdSchema } from "../ids.ts";

const base = { v: z.literal(1), at: instantSchema };

/** The server's word that messages are in its database (or never will be, and why). */
export const ackMessage = z.strictObject({
	...base,
	applied: z.array(madeIdSchema).max(1000),
	refused: z.array(z.strictObject({ id: madeIdSchema, reason: z.string().max(500) })).max(1000),
});

/** A configuration of this revision can be fetched at `GET /api/edge/config`. */
export const configMessage = z.strictObject({ ...base, revision: z.number().int().nonnegative() });

/** A job can be fetched at `GET /api/edge/jobs/<jobId>`. */
export const jobMessage = z.strictObject({ ...base, jobId: madeIdSchema });

export type AckMessage = z.infer<typeof ackMessage>;
export type ConfigMessage = z.infer<typeof configMessage>;
export type JobMessage = z.infer<typeof jobMessage>;
