import { isKept, type MapShift, matchCells, shareOf } from "./agreement.ts";
import type { EdgeMap } from "./edge-map.ts";
import type { PictureMeasures } from "./picture-measures.ts";
import type { Sharpness } from "./sharpness.ts";
import type { RecentView, ViewReference } from "./types.ts";

/** Day, dusk, infrared; more would make the saved state large. */
const mostReferences = 3;
const recentMs = 3_000;
const recentEveryMs = 400;
/** A look that has less in common with the last seconds begins a new recent view. */
const recentKept = 0.5;
const updatedPart = 1 / 8;
const firstUpdateMs = 2_000;
const slowestUpdateMs = 16_000;

/** Whether the picture has the structure of the last seconds; noise never has. Null where there were none. */
export function steadiness(recent: RecentView | null, { edges, free }: PictureMeasures): boolean | null {
	return recent && shareOf(matchCells(recent.edges, edges, free, { x: 0, y: 0 }), isKept) >= recentKept;
}

/** The mean of the last seconds; begins anew where the picture is another one. */
export function followRecent(
	recent: RecentView | null,
	picture: PictureMeasures,
	isSteady: boolean | null,
	at: number,
): RecentView {
	const { edges, sharpness, free } = picture;
	if (!recent || !isSteady) return { edges, sharpness, since: at, updatedAt: at, looks: 1 };
	const sinceMs = at - recent.updatedAt;
	if (sinceMs < recentEveryMs) return recent;
	const part = Math.max(1 / (recent.looks + 1), 1 - Math.exp(-sinceMs / recentMs));
	return {
		edges: blendEdges(recent.edges, edges, part, { x: 0, y: 0 }, free),
		sharpness: blendSharpness(recent.sharpness, sharpness, part),
		since: recent.since,
		updatedAt: at,
		looks: recent.looks + 1,
	};
}

/** The reference that matched goes first; so the last one is the one to give up for a new one. */
export function matched(
	references: readonly ViewReference[],
	found: ViewReference,
	refreshed: ViewReference,
): ViewReference[] {
	return [refreshed, ...references.filter((reference) => reference !== found)];
}

/** `shift`: where the recent view lies against what was learned first, so that the zones' place is never lost. */
export function learn(
	references: readonly ViewReference[],
	recent: RecentView,
	shift: MapShift,
	at: number,
): ViewReference[] {
	const everywhere = new Uint8Array(recent.edges.along.length).fill(1);
	const edges = blendEdges(nothing(recent.edges), recent.edges, 1, shift, everywhere);
	const reference = { edges, sharpness: recent.sharpness, updatedAt: at, updates: 0 };
	return [reference, ...references.slice(0, mostReferences - 1)];
}

/** Shadows wander and cars change places: the reference follows, the slower the longer it has been right. */
export function refresh(
	reference: ViewReference,
	recent: RecentView,
	shift: MapShift,
	free: Uint8Array,
	at: number,
): ViewReference {
	const everyMs = Math.min(slowestUpdateMs, firstUpdateMs * (1 + reference.updates));
	if (at - reference.updatedAt < everyMs) return reference;
	return {
		...reference,
		edges: blendEdges(reference.edges, recent.edges, updatedPart, shift, free),
		sharpness: blendSharpness(reference.sharpness, recent.sharpness, updatedPart),
		updatedAt: at,
		updates: reference.updates + 1,
	};
}

/** `part` of `now` (0..1) in the place of `before`, taken from `shift` away; what is not free stays. */
function blendEdges(before: EdgeMap, now: EdgeMap, part: number, shift: MapShift, free: Uint8Array): EdgeMap {
	const along = before.along.slice();
	const across = before.across.slice();
	for (let y = 0; y < before.rows; y++) {
		const fromY = y + shift.y;
		if (fromY < 0 || fromY >= now.rows) continue;
		for (let x = 0; x < before.columns; x++) {
			const fromX = x + shift.x;
			if (fromX < 0 || fromX >= now.columns) continue;
			const [to, from] = [y * before.columns + x, fromY * now.columns + fromX];
			if (free[from] === 0) continue;
			along[to] = Math.round(along[to]! + part * (now.along[from]! - along[to]!));
			across[to] = Math.round(across[to]! + part * (now.across[from]! - across[to]!));
		}
	}
	return { ...before, along, across };
}

function blendSharpness(before: Sharpness, now: Sharpness, part: number): Sharpness {
	const blend = (a: Uint8Array, b: Uint8Array) => a.map((value, i) => Math.round(value + part * (b[i]! - value)));
	return { fine: blend(before.fine, now.fine), coarse: blend(before.coarse, now.coarse) };
}

function nothing({ columns, rows, along }: EdgeMap): EdgeMap {
	const none = new Uint8Array(along.length).fill(128);
	return { columns, rows, along: none, across: none };
}
