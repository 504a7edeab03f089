import type { DrillAnswer, DrilledLane, DrillRecord } from "#contract/drills-api.ts";
import { mostPhotosOfLane } from "#contract/drills-api.ts";

/** A record as it is typed. */
export interface DrillDraft {
	/** Made here: sent twice it is one. */
	readonly id: string;
	readonly siteId: string;
	readonly userId: string;
	readonly corrects: string | null;
	readonly station: string;
	/** As the browser's field has them: `2026-11-26T14:30`, by this device's clock. */
	readonly startedAt: string;
	readonly endedAt: string;
	readonly place: string;
	readonly content: string;
	/** One a line. */
	readonly departments: string;
	readonly people: string;
	readonly note: string;
	readonly lanes: readonly DraftLane[];
}

export interface DraftLane {
	readonly laneId: string;
	readonly result: DrilledLane["result"];
	readonly why: string;
	readonly minutesToReach: string;
	readonly carsMoved: string;
	/** Ids; photos that the server does not have yet lie beside the draft. */
	readonly photos: readonly string[];
}

export type Mistake =
	| `missing_${"station" | "place" | "content" | "departments" | "people" | "lanes" | "why"}`
	| "wrong_times"
	| "wrong_future"
	| "wrong_number";
export type DraftMistakes = ReadonlyMap<string, Mistake>;

interface Start {
	readonly id: string;
	readonly siteId: string;
	readonly userId: string;
	readonly station: string;
	readonly place: string;
	readonly laneIds: readonly string[];
	/** By this device's clock. */
	readonly now: number;
	readonly localTime: (at: number) => string;
}

/** Of an hour that ends now, with every lane to be tried. */
export function beginDraft({ id, siteId, userId, station, place, laneIds, now, localTime }: Start): DrillDraft {
	return {
		...{ id, siteId, userId, corrects: null, station, place, content: "", departments: station, people: "", note: "" },
		startedAt: localTime(now - 3_600_000),
		endedAt: localTime(now),
		lanes: laneIds.map((laneId) => ({
			...{ laneId, result: "not_tried" as const, why: "", minutesToReach: "", carsMoved: "", photos: [] },
		})),
	};
}

/** What a record says, to be put right. */
export function draftOf({ id: corrects, record }: DrillAnswer, start: Start): DrillDraft {
	const empty = beginDraft(start);
	return {
		...empty,
		...{ corrects, station: record.station, place: record.place, content: record.content, note: record.note },
		...{ startedAt: start.localTime(record.startedAt), endedAt: start.localTime(record.endedAt) },
		...{ departments: record.departments.join("\n"), people: record.people.join("\n") },
		lanes: empty.lanes.map((lane) => {
			const known = record.lanes.find(({ laneId }) => laneId === lane.laneId);
			if (!known) return lane;
			const { result, why, minutesToReach, carsMoved, photos } = known;
			return {
				...{ laneId: lane.laneId, result, why, photos },
				...{ minutesToReach: text(minutesToReach), carsMoved: text(carsMoved) },
			};
		}),
	};
}

/** What is sent, and where it cannot be. `now` by this device's clock. */
export function recordOf(
	draft: DrillDraft,
	now: number,
): { readonly record: DrillRecord; readonly mistakes: DraftMistakes } {
	const mistakes = new Map<string, Mistake>();
	const said = (name: "station" | "place" | "content") => {
		if (draft[name].trim() === "") mistakes.set(name, `missing_${name}`);
		return draft[name].trim();
	};
	const listed = (name: "departments" | "people") => {
		const lines = draft[name]
			.split(/[\n、,，;；]/u)
			.map((line) => line.trim())
			.filter((line) => line !== "");
		if (lines.length === 0) mistakes.set(name, `missing_${name}`);
		return lines;
	};
	const number = (typed: string, place: string, whole: boolean) => {
		const value = Number(typed.trim().replace(",", "."));
		if (typed.trim() === "") return null;
		if (Number.isFinite(value) && value >= 0 && value <= 600 && (!whole || Number.isInteger(value))) return value;
		mistakes.set(place, "wrong_number");
		return null;
	};
	const [startedAt, endedAt] = [Date.parse(draft.startedAt), Date.parse(draft.endedAt)];
	if (!(startedAt <= endedAt)) mistakes.set("endedAt", "wrong_times");
	else if (endedAt > now + 5 * 60_000) mistakes.set("endedAt", "wrong_future");
	if (draft.lanes.every(({ result }) => result === "not_tried")) mistakes.set("lanes", "missing_lanes");
	const lanes = draft.lanes.map((lane, index): DrilledLane => {
		if (lane.result === "failed" && lane.why.trim() === "") mistakes.set(`lanes.${index}.why`, "missing_why");
		return {
			...{ laneId: lane.laneId, result: lane.result, why: lane.result === "passed" ? "" : lane.why.trim() },
			minutesToReach: number(lane.minutesToReach, `lanes.${index}.minutesToReach`, false),
			carsMoved: number(lane.carsMoved, `lanes.${index}.carsMoved`, true),
			photos: [...lane.photos],
		};
	});
	const record = {
		...{ station: said("station"), startedAt, endedAt, place: said("place"), content: said("content") },
		...{ departments: listed("departments"), people: listed("people"), lanes, note: draft.note.trim() },
	};
	return { record, mistakes };
}

export function withPhoto(draft: DrillDraft, index: number, photoId: string): DrillDraft {
	const lane = draft.lanes[index];
	if (!lane || lane.photos.length >= mostPhotosOfLane) return draft;
	return { ...draft, lanes: draft.lanes.with(index, { ...lane, photos: [...lane.photos, photoId] }) };
}

/** As a browser's `datetime-local` has it, in the time of this device. */
export function localTime(at: number): string {
	const shifted = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
	return shifted.toISOString().slice(0, 16);
}

const text = (value: number | null) => (value === null ? "" : String(value));
