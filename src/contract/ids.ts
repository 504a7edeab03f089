import { z } from "zod";

/** Names of sites, edges, cameras, zones and lanes: also topic levels and file names, hence so narrow. */
export const idSchema = z
	.string()
	.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "1 to 63 of a-z, 0-9 and -, not beginning with -");

/** Ids made by programs: message, occupancy and evidence ids. */
export const madeIdSchema = z
	.string()
	.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,126}$/, "1 to 127 of letters, digits, _ . and -");

/** Ids that a database counts. One number has one spelling: else who looks at the text is passed by who reads the number. */
export const countedIdSchema = z
	.string()
	.regex(/^[1-9]\d{0,14}$/, "a whole number from 1, in digits alone")
	.transform(Number);

/** Unix milliseconds, UTC. */
export const instantSchema = z.number().int().min(0).max(4_102_444_800_000);

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits, lower case");
