import { z } from "zod";

/**
 * As `safeParse`, for values of strangers: it never throws. Zod asks for the length of what is no text or list too, and that of
 * `{"length": {"toString": 1}}` can be compared with nothing.
 */
export function readValue<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> {
	try {
		return schema.safeParse(value);
	} catch {
		return unreadable.safeParse(value);
	}
}

const unreadable = z.never("holds a value that cannot be read");
