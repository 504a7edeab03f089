import { join } from "node:path";
import { z } from "zod";

/**
 * A recording without its pictures: what the rules need of minutes of a camera, so that they can be run again without
 * camera, model and ffmpeg, each time with the same result to the bit.
 */
export const looksFolder = {
	/** When, of what and how it was recorded. */
	about: (folder: string) => join(folder, "about.json"),
	/** What the model saw, one look a line. */
	detections: (folder: string) => join(folder, "detections.jsonl"),
	/** Zones and policy, where they were given. */
	scene: (folder: string) => join(folder, "scene.json"),
	/** The brightness that appearance is compared with: lossless WebP, one a look, named after its instant (ms). */
	greys: (folder: string) => join(folder, "grey"),
	grey: (folder: string, at: number) => join(folder, "grey", `${String(at).padStart(9, "0")}.webp`),
};

export const aboutSchema = z.object({
	v: z.literal(1),
	everyMs: z.number().int().positive(),
	durationMs: z.number().min(0),
	/** Instant of the first look; null for a recording, whose instants nobody knows. */
	firstAt: z.number().nullable(),
	model: z.string(),
});
export type About = z.infer<typeof aboutSchema>;
