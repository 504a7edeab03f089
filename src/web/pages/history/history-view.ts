import type { HistoryPlacesAnswer, HistoryQuery } from "#contract/history-api.ts";
import { addDays } from "#core/calendar/days.ts";

/** The filter stands in the page's address, so that a figure can be sent to somebody else. */
const keys = ["from", "to", "laneId", "siteId", "streetId", "weekday", "hour", "label", "cause"] as const;

export function queryOf(params: URLSearchParams, today: string): HistoryQuery {
	const given: Record<string, string> = {};
	for (const key of keys) {
		const value = params.get(key);
		if (value) given[key] = value;
	}
	const to = given["to"] ?? today;
	return { ...given, to, from: given["from"] ?? addDays(to, -29) };
}

export const presets = ["last30", "last90", "thisMonth", "lastMonth", "thisYear"] as const;
export type Preset = (typeof presets)[number];

export function presetPeriod(preset: Preset, today: string): { from: string; to: string } {
	const monthBegan = `${today.slice(0, 8)}01`;
	switch (preset) {
		case "last30":
			return { from: addDays(today, -29), to: today };
		case "last90":
			return { from: addDays(today, -89), to: today };
		case "thisMonth":
			return { from: monthBegan, to: today };
		case "lastMonth": {
			const to = addDays(monthBegan, -1);
			return { from: `${to.slice(0, 8)}01`, to };
		}
		case "thisYear":
			return { from: `${today.slice(0, 4)}-01-01`, to: today };
	}
}

export const weekdayChoices = { anyDay: undefined, workdays: "1,2,3,4,5", weekend: "6,7" } as const;
export const hourChoices = {
	...{ anyHour: undefined, night: "22,23,0,1,2,3,4,5", morning: "7,8", evening: "17,18,19" },
} as const;

/** `lane:<id>`, for one control of three kinds of places. */
export const placeValue = ({ laneId, siteId, streetId }: HistoryQuery): string =>
	laneId ? `lane:${laneId}` : siteId ? `site:${siteId}` : streetId ? `street:${streetId}` : "";

export function withPlace(query: HistoryQuery, value: string): HistoryQuery {
	const { laneId, siteId, streetId, ...rest } = query;
	void [laneId, siteId, streetId];
	const [kind, id] = value.split(":", 2);
	if (!id) return rest;
	return { ...rest, ...(kind === "lane" ? { laneId: id } : kind === "site" ? { siteId: id } : { streetId: id }) };
}

/** Lanes of the site that is chosen, or all of them. */
export const lanesToChoose = ({ lanes }: HistoryPlacesAnswer, { siteId }: HistoryQuery) =>
	siteId ? lanes.filter((lane) => lane.siteId === siteId) : lanes;
