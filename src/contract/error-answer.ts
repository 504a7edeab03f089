import { z } from "zod";
import { instantSchema } from "./ids.ts";
import { readValue } from "./read-value.ts";

/** Every error answer. `problems` lists each bad field with its path and what is allowed. */
export const errorAnswer = z.object({
	error: z.string(), // a stable word the page translates: "not_signed_in", "bad_input", …
	message: z.string(),
	problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
	/** With `already_said`: who said it first, and when. */
	first: z.object({ by: z.string(), at: instantSchema }).optional(),
	/** With `changed_meanwhile`: what others did that the writer had not seen, oldest first. */
	meanwhile: z.array(z.object({ kind: z.string(), by: z.string(), at: instantSchema })).optional(),
});

export type ErrorAnswer = z.infer<typeof errorAnswer>;

/** The word in the text of an error answer; null where it is none: a proxy's page, say. */
export function errorWordOf(text: string): string | null {
	try {
		return readValue(errorAnswer, JSON.parse(text)).data?.error ?? null;
	} catch {
		return null; // no JSON
	}
}
