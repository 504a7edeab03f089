import { z } from "zod";
import { instantSchema } from "./ids.ts";

/** How right an edge's clock is, as its own machine tells it. */
export const clockReadingSchema = z.strictObject({
	/** The edge's clock less true time, ms; null: nobody can tell. */
	offsetMs: z.number().nullable(),
	/** Who told it: `chrony`, `timesyncd`, …; null where nobody did. */
	source: z.string().min(1).max(80).nullable(),
	/** By the edge's clock. */
	readAt: instantSchema.nullable(),
});

export type ClockReading = z.infer<typeof clockReadingSchema>;
