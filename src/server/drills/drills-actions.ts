import type { z } from "zod";
import type { DrillAnswer, drillBody, DrillRecord, DrillsAnswer, DrillsQuery } from "#contract/drills-api.ts";
import { drillWeeks, mondayOf } from "#core/drill/weekly-goal.ts";
import { addDays, dayAt, dayStart } from "#core/calendar/days.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { ApiError, badInput, notFound } from "../http/api-error.ts";
import { siteTimeZone } from "../lanes/site-time-zone.ts";
import type { ServerParts } from "../server-parts.ts";
import type { VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";
import { findDrillPhoto } from "./drill-photos-store.ts";
import { findDrill, insertDrill, listDrills, stationDrills } from "./drills-store.ts";

/** A tablet's clock may be ahead by so much. */
const aheadMs = 10 * 60_000;
const shownWeeks = 8;

interface DrillPlace {
	readonly siteId: string;
	readonly drillId: string;
}

/**
 * Adds a record, or one that takes the place of another. Sent again under its id it is there once.
 *
 * @throws ApiError 400 for what is not of this site, or lies in the future; 404; 409 id_taken, changed_meanwhile
 */
export function writeDrill(
	{ store, now }: ServerParts,
	{ siteId, drillId }: DrillPlace,
	{ seen, record, corrects }: z.output<typeof drillBody>,
	{ user }: SignedIn,
): { readonly added: boolean; readonly answer: DrillAnswer } {
	return store
		.transaction(() => {
			const known = findDrill(store, drillId);
			if (known) return { added: false, answer: sameAsBefore(store, known, siteId, user.id) };
			refuseWrong(store, siteId, record, now());
			if (corrects !== null) refuseCorrected(store, siteId, corrects);
			else refuseUnseen(store, siteId, seen);
			insertDrill(store, { id: drillId, siteId, record, userId: user.id, at: now(), corrects });
			return { added: true, answer: requireDrill(store, drillId) };
		})
		.immediate();
}

export function readDrills(store: Store, query: DrillsQuery, { user, sites }: SignedIn, now: number): DrillsAnswer {
	const found = listDrills(store, { ...query, limit: query.limit + 1, sites });
	return {
		now,
		drills: found.slice(0, query.limit),
		more: found.length > query.limit,
		stations: stationWeeks(store, user.role === "fire_station" ? user.name : null, sites, now),
	};
}

/** Those that recorded something in the last weeks, and the asker's own, which may have recorded nothing yet. */
function stationWeeks(store: Store, own: string | null, sites: VisibleSites, now: number): DrillsAnswer["stations"] {
	const timeZone = siteTimeZone(store);
	const today = dayAt(timeZone, now);
	const since = dayStart(timeZone, addDays(mondayOf(today), -7 * (shownWeeks - 1)));
	const days = new Map<string, string[]>(own === null ? [] : [[own, []]]);
	for (const { station, startedAt } of stationDrills(store, since, sites)) {
		const known = days.get(station);
		if (known) known.push(dayAt(timeZone, startedAt));
		else days.set(station, [dayAt(timeZone, startedAt)]);
	}
	return [...days].map(([station, drilled]) => ({ station, weeks: [...drillWeeks(drilled, today, shownWeeks)] }));
}

function requireDrill(store: Store, id: string): DrillAnswer {
	const drill = findDrill(store, id);
	if (!drill) throw notFound("drill");
	return drill;
}

function sameAsBefore(store: Store, known: DrillAnswer, siteId: string, userId: string): DrillAnswer {
	const writer = store.prepare<[string], string>("SELECT written_by FROM drills WHERE id = ?").pluck().get(known.id);
	if (known.siteId === siteId && writer === userId) return known;
	throw new ApiError(409, "id_taken", "Another record has this id.");
}

/** Two people may come from one drill: the second is told of the first, and decides. */
function refuseUnseen(store: Store, siteId: string, seen: number): void {
	const others = listDrills(store, { siteId, limit: 20, sites: null }).filter(({ position }) => position > seen);
	if (others.length === 0) return;
	const by = [...new Set(others.map((each) => each.by))].join(", ");
	throw new ApiError(409, "changed_meanwhile", `${by} recorded a drill of this site meanwhile.`, {
		meanwhile: others.reverse().map((each) => ({ kind: "drill", by: each.by, at: each.at })),
	});
}

function refuseCorrected(store: Store, siteId: string, corrects: string): void {
	const drill = findDrill(store, corrects);
	if (!drill || drill.siteId !== siteId)
		throw badInput({ path: "corrects", message: `there is no drill ${corrects} of this site` });
	if (!drill.correctedBy) return;
	const { by, at } = drill.correctedBy;
	throw new ApiError(409, "changed_meanwhile", `${by} has corrected this record meanwhile.`, {
		meanwhile: [{ kind: "correction", by, at }],
	});
}

function refuseWrong(store: Store, siteId: string, { endedAt, lanes }: DrillRecord, now: number): void {
	const isOurs = store.prepare("SELECT 1 FROM lanes WHERE id = ? AND site_id = ?");
	const problems = [
		...(endedAt > now + aheadMs ? [{ path: "record.endedAt", message: "must not lie in the future" }] : []),
		...lanes.flatMap(({ laneId, photos }, index) => [
			...(isOurs.get(laneId, siteId) === undefined
				? [{ path: `record.lanes[${index}].laneId`, message: `there is no lane ${laneId} here` }]
				: []),
			...photos
				.filter((photoId) => findDrillPhoto(store, photoId)?.siteId !== siteId)
				.map((photoId) => ({ path: `record.lanes[${index}].photos`, message: `photo ${photoId} has not come yet` })),
		]),
	];
	if (problems.length > 0) throw badInput(...problems);
}
