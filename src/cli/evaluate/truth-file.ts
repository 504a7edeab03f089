import { z } from "zod";
import { polygonSchema } from "#contract/zones.ts";

/** Kinds of truth that count as a vehicle's stay; see `expectedStretches`. */
export const vehicleEventKinds = ["stop", "preexisting"] as const;
const eventKinds = [...vehicleEventKinds, "left_object", "bicycle_wait", "person_loiter"] as const;

const secondsSchema = z.number().min(0).max(86_400);

const eventSchema = z
	.object({ polygon: z.string(), kind: z.enum(eventKinds), start_s: secondsSchema, end_s: secondsSchema })
	.refine(({ start_s, end_s }) => start_s <= end_s, { path: ["end_s"], message: "must not lie before start_s" });

const clipSchema = z
	.object({
		/** Below the folder in which truth.json lies. */
		file: z
			.string()
			.min(1)
			.refine(
				(file) => !file.startsWith("/") && !file.split(/[\\/]/).includes(".."),
				"must lie below truth.json's folder",
			),
		duration_s: secondsSchema,
		polygons: z.record(z.string().min(1), polygonSchema),
		events: z.array(eventSchema),
		/** False: run and shown, not counted. */
		scored: z.boolean().default(true),
	})
	.superRefine(({ polygons, events }, context) => {
		events.forEach(({ polygon }, index) => {
			if (Object.hasOwn(polygons, polygon)) return;
			const known = Object.keys(polygons).join(", ");
			context.addIssue({
				code: "custom",
				path: ["events", index, "polygon"],
				message: `"${polygon}" is none of this clip's polygons (${known})`,
			});
		});
	});

/** `truth.json`: what really happened in recordings, by people's eyes. */
export const truthSchema = z.object({ clips: z.array(clipSchema).min(1, "needs at least one clip") });

export type TruthClip = z.output<typeof clipSchema>;
export type TruthEvent = z.output<typeof eventSchema>;
