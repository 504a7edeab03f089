import { z } from "zod";
import { judgements } from "#core/history/judgement.ts";
import { idSchema, instantSchema, madeIdSchema } from "./ids.ts";
import { occupancyCauses } from "./messages/edge-to-server.ts";
import { languages } from "./language.ts";

/**
 * What is known of lanes over time: occupied, free, unknown; alerts, and how soon they were answered.
 *
 *     GET    /api/history                    historyQuery -> historyAnswer
 *     GET    /api/history/lines              historyLinesQuery -> historyLinesAnswer: the same by lane, site, hour ...
 *     GET    /api/history/compare            historyQuery -> compareAnswer: the time before, and a year ago
 *     GET    /api/history/alerts             historyAlertsQuery -> historyAlertsAnswer: what a figure is made of
 *     GET    /api/history/table              historyTableQuery -> CSV or xlsx
 *     GET    /api/history/places             historyPlacesAnswer: what can be chosen as place
 *
 * Days and hours are those of the site. What an alert is counted by is when it entered; occupied time lies in the hours in
 * which it was. Alerts that were judged false or exempt are counted apart and are no occupied time.
 */

export const daySchema = z.iso.date("must be a day such as 2026-11-25");
const list = (least: number, most: number) =>
	z
		.string()
		.refine(
			(text) =>
				/^\d{1,2}(,\d{1,2})*$/.test(text) &&
				text.split(",").every((each) => Number(each) >= least && Number(each) <= most),
			{ error: `must be numbers from ${least} to ${most} with commas between` },
		);

export const historyQuery = z.object({
	from: daySchema,
	/** The last day, which counts too. */
	to: daySchema,
	/** At most one of these. */
	laneId: idSchema.optional(),
	siteId: idSchema.optional(),
	streetId: idSchema.optional(),
	/** `6,7`: Saturday and Sunday. */
	weekday: list(1, 7).optional(),
	/** `7,8`: from 7:00 to 9:00. */
	hour: list(0, 23).optional(),
	label: z.string().min(1).max(40).optional(),
	cause: z.enum(occupancyCauses).optional(),
});

export const responseFigures = z.object({
	count: z.number().int(),
	meanMs: z.number().nullable(),
	medianMs: z.number().nullable(),
	p90Ms: z.number().nullable(),
});

export const historyFigures = z.object({
	occupiedMs: z.number(),
	/** With a class or cause in the filter: known time in which none of that stood there. */
	freeMs: z.number(),
	unknownMs: z.number(),
	/** free / (free + occupied); null where nothing is known, or only one class or cause is asked for. */
	availability: z.number().nullable(),
	alerts: z.number().int(),
	falseAlarms: z.number().int(),
	exempt: z.number().int(),
	falseAlarmRate: z.number().nullable(),
	/** From raised to acknowledged, to seen clear; of alerts that count. */
	acknowledge: responseFigures,
	clear: responseFigures,
	/** From entered to clear, or to the end of what is known. */
	longest: z.object({ alertId: madeIdSchema, ms: z.number() }).nullable(),
});

export const historyGroupings = ["lane", "site", "street", "day", "weekday", "hour", "label", "cause"] as const;

/** One line: `key` is a lane's, site's or street's id, a day, 1 to 7, 0 to 23, a label or a cause. */
export const historyLine = historyFigures.extend({ key: z.string(), name: z.string() });

export const historyCell = z.object({
	weekday: z.number().int(),
	hour: z.number().int(),
	occupiedMs: z.number(),
	freeMs: z.number(),
	unknownMs: z.number(),
	alerts: z.number().int(),
});

export const historyAnswer = z.object({
	from: daySchema,
	to: daySchema,
	timeZone: z.string(),
	now: instantSchema,
	lanes: z.number().int(),
	total: historyFigures,
	/** Weekday by hour, Monday 0:00 first. */
	cells: z.array(historyCell),
});

export const historyLinesQuery = historyQuery.extend({
	by: z.enum(historyGroupings),
	/** So many at most. */
	most: z.coerce.number().int().min(1).max(10_000).optional(),
});

/** Days: the newest first. Hours and weekdays: in their order. All else: what was occupied longest first. */
export const historyLinesAnswer = z.object({
	lines: z.array(historyLine),
	/** How many there are, shown or not. */
	linesInAll: z.number().int(),
});

const comparedPeriod = z.object({ from: daySchema, to: daySchema, total: historyFigures });
export const compareAnswer = z.object({ before: comparedPeriod, lastYear: comparedPeriod });

/** `entered`: alerts that came in the hours asked for. `standing`: those that stood there in them. */
export const historyAlertsQuery = historyQuery.extend({
	which: z.enum(["entered", "standing"]).default("entered"),
	judgement: z.enum(judgements).optional(),
	/** `<enteredAt>.<id>` of the last one of the page before. */
	after: z
		.string()
		.regex(/^\d{1,13}\.[A-Za-z0-9][A-Za-z0-9_.-]{0,126}$/)
		.optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const historyAlert = z.object({
	id: madeIdSchema,
	laneId: idSchema,
	laneName: z.string(),
	siteId: idSchema,
	enteredAt: instantSchema,
	raisedAt: instantSchema,
	clearedAt: instantSchema.nullable(),
	cause: z.string(),
	label: z.string(),
	judgement: z.enum(judgements),
	acknowledgeMs: z.number().nullable(),
	clearMs: z.number().nullable(),
});
export const historyAlertsAnswer = z.object({ alerts: z.array(historyAlert), more: z.boolean() });

export const historyTableQuery = historyQuery.extend({
	of: z.enum([...historyGroupings, "alert"]),
	format: z.enum(["csv", "xlsx"]),
	language: z.enum(languages).default("zh-CN"),
});

const place = z.object({ id: idSchema, name: z.string() });
export const historyPlacesAnswer = z.object({
	streets: z.array(place),
	sites: z.array(place.extend({ streetId: idSchema.nullable() })),
	lanes: z.array(place.extend({ siteId: idSchema })),
	labels: z.array(z.string()),
	/** The first day of which anything is known; null: nothing yet. */
	firstDay: daySchema.nullable(),
	today: daySchema,
});

export type HistoryQuery = z.infer<typeof historyQuery>;
export type HistoryFigures = z.infer<typeof historyFigures>;
export type HistoryGrouping = (typeof historyGroupings)[number];
export type HistoryLine = z.infer<typeof historyLine>;
export type HistoryCell = z.infer<typeof historyCell>;
export type HistoryLinesQuery = z.infer<typeof historyLinesQuery>;
export type HistoryLinesAnswer = z.infer<typeof historyLinesAnswer>;
export type HistoryAnswer = z.infer<typeof historyAnswer>;
export type CompareAnswer = z.infer<typeof compareAnswer>;
export type HistoryAlertsQuery = z.infer<typeof historyAlertsQuery>;
export type HistoryAlert = z.infer<typeof historyAlert>;
export type HistoryAlertsAnswer = z.infer<typeof historyAlertsAnswer>;
export type HistoryTableQuery = z.infer<typeof historyTableQuery>;
export type HistoryPlacesAnswer = z.infer<typeof historyPlacesAnswer>;
