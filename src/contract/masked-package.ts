import { z } from "zod";
import { maskSchema } from "./evidence-set.ts";
import { sha256Schema } from "./ids.ts";

/**
 * A package for others than the authority that a transfer goes to: no bystander's face and no other vehicle's plate is in
 * it. The manifests name the originals, which stay with the site; `contents.json` says of each why, and what stands for it:
 *
 *     masked/<name>     a copy of the photo in which those places are filled. It is not sealed
 */
export const withheldReasons = [
	"masked", // a masked copy stands for it
	"nobody_looked", // nobody looked for faces and plates in it: so it may show some
	"clip", // faces and plates are not masked in clips
	"unreadable", // no copy could be made of it
] as const;
export type WithheldReason = (typeof withheldReasons)[number];

export const withheldSchema = z.object({
	/** As manifests name it, or how it would be called in `unsealed/`. */
	name: z.string().max(300),
	/** Of the original. */
	sha256: sha256Schema,
	why: z.enum(withheldReasons),
});

export const maskedCopySchema = z.object({
	name: z.string().max(300),
	/** Of the copy. */
	sha256: sha256Schema,
	/** The original, by the name in `withheld`, and its hash. */
	of: z.string().max(300),
	originalSha256: sha256Schema,
	/** What was found, as it stands in the evidence set; empty where nothing was. */
	masks: z.array(maskSchema),
	/** What was filled for it, in the same order, in pixels of the copy: somewhat more. */
	filled: z.array(
		z.object({
			left: z.number().int().min(0),
			top: z.number().int().min(0),
			width: z.number().int().min(0),
			height: z.number().int().min(0),
		}),
	),
});

/** What is read of `contents.json` of such a package. */
export const maskedContentsSchema = z.object({
	withheld: z.array(withheldSchema).max(200),
	masked: z.array(maskedCopySchema).max(200),
});

export type Withheld = z.infer<typeof withheldSchema>;
export type MaskedCopy = z.infer<typeof maskedCopySchema>;
