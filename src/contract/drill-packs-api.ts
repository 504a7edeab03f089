import { z } from "zod";
import { callReasons, callStates } from "#core/drill/call-state.ts";
import { ways } from "#core/drill/ways.ts";
import { idSchema, instantSchema, madeIdSchema } from "./ids.ts";
import { clearanceSchema, laneStates, occupancyCauses } from "./messages/edge-to-server.ts";
import { planAnswer } from "./plans-api.ts";
import { siteCardAnswer } from "./site-cards-api.ts";
import { languages } from "./language.ts";

/**
 * What a fire station reads of a site before it goes there, and while it is called there. No plate stands in any of it.
 *
 *     GET    /api/call/sites                          callSitesAnswer (drill): to choose from
 *     GET    /api/sites/<site>/call                   callAnswer (drill): every lane at this minute
 *     GET    /api/lanes/<lane>/small-picture          image/jpeg of 480 pixels (drill); `?v=` is for the browser's cache
 *     GET    /api/sites/<site>/drill-pack             drillPackAnswer (drill)
 *     GET    /api/sites/<site>/drill-pack/chance      chanceQuery -> chanceAnswer (drill)
 *     GET    /api/sites/<site>/drill-pack/paper       paperQuery -> PDF (drill)
 */
export const callSitesAnswer = z.object({
	sites: z.array(
		z.object({
			siteId: idSchema,
			name: z.string(),
			address: z.string(),
			street: z.string().nullable(),
			lanes: z.number().int(),
			lastDrillAt: instantSchema.nullable(),
		}),
	),
});

export const callLane = z.object({
	laneId: idSchema,
	name: z.string(),
	kind: z.string(),
	/** Which ways in it belongs to. */
	ways: z.array(z.enum(ways)),
	state: z.enum(callStates),
	/** Null: free, and known to be. */
	reason: z.enum(callReasons).nullable(),
	/** As the wall has it, with why it is unknown. */
	laneState: z.enum(laneStates),
	unknownReason: z.string().nullable(),
	since: instantSchema.nullable(),
	/** What stands there. */
	obstruction: z
		.object({
			alertId: madeIdSchema,
			cause: z.enum(occupancyCauses),
			label: z.string(),
			enteredAt: instantSchema,
		})
		.nullable(),
	/** What is left of it: metres where it is calibrated, else a share. */
	clearance: clearanceSchema.nullable(),
	/** Things that stand there for good, by a person's word: the camera tells none of them. */
	accepted: z.number().int(),
	cameraName: z.string(),
	/** When the picture was taken; null: there is none. */
	pictureAt: instantSchema.nullable(),
});

export const wayNow = z.object({ way: z.enum(ways), state: z.enum(callStates), laneIds: z.array(idSchema) });

export const callAnswer = z.object({
	now: instantSchema,
	siteId: idSchema,
	siteName: z.string(),
	address: z.string(),
	ways: z.array(wayNow),
	lanes: z.array(callLane),
	plan: planAnswer.nullable(),
	card: siteCardAnswer,
});

const chance = z.object({
	chance: z.number().nullable(),
	low: z.number(),
	high: z.number(),
	days: z.number().int(),
	effectiveDays: z.number(),
	unknownShare: z.number().nullable(),
});
const time = z.object({ occupiedMs: z.number(), freeMs: z.number(), unknownMs: z.number() });

/** History of one lane, or of a way as a whole. */
const pastOf = z.object({
	/** Weekday by hour, Monday 0:00 first. */
	cells: z.array(time),
	total: time,
	/** At each hour of the day, on all days. */
	byHour: z.array(chance),
	worstHours: z.array(z.number().int()),
});
export const packPeriods = [30, 90] as const;
const past = z.array(pastOf.extend({ days: z.union([z.literal(30), z.literal(90)]) }));

export const drillPackAnswer = z.object({
	call: callAnswer,
	timeZone: z.string(),
	/** The last day that the history has: today. */
	today: z.iso.date(),
	ways: z.array(z.object({ way: z.enum(ways), past })),
	lanes: z.array(z.object({ laneId: idSchema, past, alerts30Days: z.number().int(), isRepeatSpot: z.boolean() })),
});

export const dayKinds = ["all", "workdays", "weekend", "1", "2", "3", "4", "5", "6", "7"] as const;
export const chanceQuery = z.object({
	days: z.enum(["30", "90"]).default("90"),
	hour: z.coerce.number().int().min(0).max(23),
	on: z.enum(dayKinds).default("all"),
});
export const chanceAnswer = z.object({
	ways: z.array(z.object({ way: z.enum(ways), chance })),
	lanes: z.array(z.object({ laneId: idSchema, chance })),
});

export const paperQuery = z.object({
	language: z.enum(languages).default("zh-CN"),
	hour: z.coerce.number().int().min(0).max(23).optional(),
});

export type CallSitesAnswer = z.infer<typeof callSitesAnswer>;
export type CallAnswer = z.infer<typeof callAnswer>;
export type CallLane = z.infer<typeof callLane>;
export type WayNow = z.infer<typeof wayNow>;
export type DrillPackAnswer = z.infer<typeof drillPackAnswer>;
export type PackPast = DrillPackAnswer["lanes"][number]["past"][number];
export type ChanceAnswer = z.infer<typeof chanceAnswer>;
export type ChanceQuery = z.infer<typeof chanceQuery>;
export type DayKind = (typeof dayKinds)[number];
