import { z } from "zod";
import { roadClasses } from "#core/evidence/law-basis.ts";
import { zoneKinds } from "#core/scene.ts";
import { calibrationSchema } from "./calibration.ts";
import { idSchema } from "./ids.ts";

export const name = z.string().trim().min(1).max(80);

export const polygonSchema = z
	.array(z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]))
	.min(3, "needs at least 3 points")
	.max(64, "at most 64 points");

/** All that may be set of how long and how wide; what nobody sets is as `src/core/scene.ts` has it. */
export const policySchema = z.strictObject({
	vehicleOnDelayMs: z.number().int().min(0).max(86_400_000),
	objectOnDelayMs: z.number().int().min(0).max(172_800_000),
	confirmAfterMs: z.number().int().min(10_000).max(3_600_000),
	offDelayMs: z.number().int().min(0).max(3_600_000),
	clearWidthM: z.number().min(0.5).max(30),
	blockedWidthM: z.number().min(0.5).max(30),
	fixedAfterMs: z
		.number()
		.int()
		.min(60_000)
		.max(30 * 86_400_000),
});

export const policyKeysSchema = policySchema.partial();

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day from 00:00 to 23:59");

const hoursOfDay = z.strictObject({
	/** The days on which it begins, 1 Monday to 7 Sunday. Absent: every day. */
	days: z
		.array(z.number().int().min(1).max(7))
		.min(1, "needs at least one day")
		.refine((days) => new Set(days).size === days.length, "names a day twice")
		.optional(),
	from: timeOfDay,
	/** Not part of it. Not later than `from`: on the next day. */
	to: timeOfDay.or(z.literal("24:00")),
});

const isNotEmpty = ({ from, to }: { from: string; to: string }) => from !== to;

const emptyHours = { path: ["to"], error: "may not be the same as from: the whole day is 00:00 to 24:00" };

/** Hours of the day by the site's clock. */
export const hoursOfDaySchema = hoursOfDay.refine(isNotEmpty, emptyHours);

/** At these hours these keys of the policy are others. */
export const policyHoursSchema = hoursOfDay
	.extend({ policy: policyKeysSchema.refine((keys) => Object.keys(keys).length > 0, "sets nothing") })
	.refine(isNotEmpty, emptyHours);

export const policyHours = z.array(policyHoursSchema).max(24);

export const zoneSchema = z.strictObject({
	id: idSchema,
	name,
	kind: z.enum(zoneKinds),
	polygon: polygonSchema,
	/** Keys that differ from the site's policy. */
	policy: policyKeysSchema.optional(),
	/** At some hours of the day; stronger than `policy`. */
	hours: policyHours.optional(),
	/** When the zone is watched: what stands there at other times raises nothing. Absent: always. */
	armed: z.array(hoursOfDaySchema).min(1, "needs at least one stretch; leave it out for always").max(24).optional(),
	/** Absent: nothing is told in metres. */
	calibration: calibrationSchema.optional(),
	/** What the lane is by law. Absent: a closed estate's. */
	roadClass: z.enum(roadClasses).optional(),
});

export type ZoneBody = z.infer<typeof zoneSchema>;
export type PolicyBody = z.infer<typeof policyKeysSchema>;
export type HoursOfDayBody = z.infer<typeof hoursOfDaySchema>;
export type PolicyHoursBody = z.infer<typeof policyHoursSchema>;
export type CalibrationBody = z.infer<typeof calibrationSchema>;
