import { z } from "zod";
import { missingReasons } from "#core/evidence/missing-reason.ts";
import { sha256Schema } from "./ids.ts";

/**
 * Files of an alert that were sealed and that the server does not have. `contents.json` says of each why: a manifest proves
 * what of it is here, whatever became of the rest. One of which nothing is here stays out of the package.
 */
export const absentSchema = z.object({
	/** As manifests name it. */
	name: z.string().max(300),
	/** As it was sealed. */
	sha256: sha256Schema,
	/** `not_here`: its edge did not say that it is lost: it has not come yet, or was deleted when its time was over. */
	why: z.enum([...missingReasons, "not_here"]),
});

/** What is read of `contents.json`. */
export const absentContentsSchema = z.object({ absent: z.array(absentSchema).max(10_000) });

export type Absent = z.infer<typeof absentSchema>;
