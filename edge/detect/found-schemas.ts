import { z } from "zod";
import type { Detection } from "#core/detection.ts";
import { plateClasses, plateColours } from "#core/plates/grammar.ts";
import type { PlateRead } from "#core/plates/plate-read.ts";

// What the processes that run models may answer: a shape and a bound, no more. How good it is the rules find out.

const box = z.object({ x1: z.number(), y1: z.number(), x2: z.number(), y2: z.number() });
const mostFound = 2_000;

export const detectionsSchema: z.ZodType<readonly Detection[]> = z
	.array(z.object({ label: z.string().max(100), confidence: z.number(), box }))
	.max(mostFound);

export const plateReadsSchema: z.ZodType<readonly PlateRead[]> = z
	.array(
		z.object({
			text: z.string().max(20),
			characters: z.array(z.object({ char: z.string().max(4), confidence: z.number() })).max(20),
			plateClass: z.enum(plateClasses),
			colour: z.enum([...plateColours, "unknown"]),
			confidence: z.number(),
			sharpness: z.number(),
			widthPx: z.number(),
			rows: z.union([z.literal(1), z.literal(2)]),
			box,
		}),
	)
	.max(mostFound);
