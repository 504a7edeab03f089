import { z } from "zod";
import { defaultTargets } from "#core/handling/targets.ts";
import { escalationLevels } from "#core/handling/handling-words.ts";
import { hoursOfDaySchema } from "./zones.ts";
import { idSchema, instantSchema } from "./ids.ts";

/**
 * Within what time an alert is to be acknowledged, reached and cleared, and who is told when it is not; by site.
 *
 *     GET    /api/sites/<id>/targets            targetsAnswer
 *     PUT    /api/sites/<id>/targets            targetsChange -> targetsAnswer (configure); recorded; 409 changed_meanwhile
 */
const within = z
	.number()
	.int()
	.min(1_000)
	.max(7 * 86_400_000);

const { escalateMs } = defaultTargets;

export const targetsBody = z
	.strictObject({
		acknowledgeMs: within.default(defaultTargets.acknowledgeMs),
		onSiteMs: within.default(defaultTargets.onSiteMs),
		clearMs: within.default(defaultTargets.clearMs),
		/** From the raise, while the lane is not clear. */
		escalateMs: z
			.strictObject({
				re_ring: within.default(escalateMs.re_ring),
				manager: within.default(escalateMs.manager),
				property_manager: within.default(escalateMs.property_manager),
				street_and_fire: within.default(escalateMs.street_and_fire),
				police_and_tow: within.default(escalateMs.police_and_tow),
			})
			.prefault({}),
		/** When loud channels are silent; null: never. */
		quiet: hoursOfDaySchema.nullable().default({ from: "22:00", to: "07:00" }),
	})
	.refine(
		({ escalateMs }) =>
			escalationLevels.every(
				(level, i) => i === 0 || escalateMs[escalationLevels[i - 1] ?? level] <= escalateMs[level],
			),
		{ path: ["escalateMs"], error: "no level may come before the one below it" },
	);

/** `revision`: what the writer had seen. */
export const targetsChange = z.strictObject({ revision: z.number().int().min(0), targets: targetsBody });

export const targetsAnswer = z.object({
	siteId: idSchema,
	/** Of the last change; 0: none yet. */
	revision: z.number().int(),
	targets: targetsBody,
	/** Newest first; empty: those of the configuration file hold. */
	changes: z.array(z.object({ targets: targetsBody, by: z.string(), at: instantSchema })),
});

export type TargetsBody = z.output<typeof targetsBody>;
export type TargetsChange = z.output<typeof targetsChange>;
export type TargetsAnswer = z.infer<typeof targetsAnswer>;
