import { z } from "zod";
import { unread } from "#core/plates/characters.ts";
import { normalisePlate, templateOf } from "#core/plates/plate-text.ts";

/**
 * A plate as a person writes it: in full width or small letters, with dots, dashes and blanks. It must be one that GA 36
 * knows, whole: what a camera reads is held against it character by character.
 */
export const plateTextSchema = z
	.string()
	.max(40)
	.transform((text) => normalisePlate(text.replace(/[-‐-―－_]/gu, "")))
	.refine(
		(text) => templateOf(text) !== null && !text.includes(unread),
		"is no plate, such as 蒙B12345 or 蒙B·AD12345",
	);
