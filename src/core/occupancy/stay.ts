import { boxArea } from "../geometry/box.ts";
import { standsIn } from "../geometry/membership.ts";
import type { Box, Polygon } from "../geometry/shapes.ts";
import type { KnownPlate } from "../plates/known-plate.ts";
import { isSamePlace } from "../tracking/standing.ts";
import { labelOf, type Stand, type Track } from "../tracking/track.ts";
import type { Occupant } from "./types.ts";

/** Best confidence from which a vehicle must once have been seen to count at all … */
export const minConfidence = 0.4;
/** … and the share of its stay over which the detector must have seen it, before it may raise an alert. */
const minDetectedShare = 0.25;
/** Seen for so long it is surely there, whatever gap or jump of the clock made the stay long. */
const surelyDetectedMs = 30_000;
/** What the model knows no vehicle's name for, but drove in by itself: surely seen, and of some size in the picture. */
const unnamed = { label: "vehicle", minConfidence: 0.5, minArea: 0.01 };

/** One thing that stands in one zone. */
export interface Stay {
	/** Of the track; things that no detector follows count below zero. */
	readonly trackId: number;
	readonly since: number;
	readonly occupant: Occupant;
	/** The last instant at which it was seen to stand there. */
	readonly seenAt: number;
	/** The first look that showed it gone, null while it is there. */
	readonly missingSince: number | null;
	/** Whether what is known of it is enough for an alert. */
	readonly confirmed: boolean;
	/** Absent: not known for sure. */
	readonly plate?: KnownPlate;
}

export function staysIn(polygon: Polygon, tracks: readonly Track[]): Stay[] {
	return tracks.flatMap((track) => {
		const { stand } = track;
		return stand && standsIn(polygon, stand.box) && isObstruction(track, stand) ? [stayOf(track, stand)] : [];
	});
}

/** Where obstructions stand that the detector has a name for, also those that it does not see right now. */
export function standingBoxes(tracks: readonly Track[]): Box[] {
	return tracks.flatMap((track) => {
		const { stand } = track;
		return stand && stand.missingSince === null && isObstruction(track, stand) ? [stand.box] : [];
	});
}

/** Whether something in the zone seems to come to a stand right now: seen at one place in this look and the one before. */
export function isSettlingIn(polygon: Polygon, tracks: readonly Track[], at: number): boolean {
	return tracks.some((track) => {
		const [before, now] = track.sightings.slice(-2);
		return (
			track.stand === null &&
			before !== undefined &&
			now?.at === at &&
			isSamePlace(before.box, now.box) &&
			track.kind === "vehicle" &&
			standsIn(polygon, now.box)
		);
	});
}

function stayOf(track: Track, stand: Stand): Stay {
	const lastedMs = stand.seenAt - stand.since;
	return {
		trackId: track.id,
		since: stand.since,
		occupant: {
			cause: "vehicle",
			label: track.kind === "vehicle" ? labelOf(track) : unnamed.label,
			confidence: track.bestConfidence,
			box: stand.box,
			outline: [],
		},
		seenAt: stand.seenAt,
		missingSince: stand.missingSince,
		confirmed:
			track.bestConfidence >= minConfidence &&
			stand.detectedMs >= Math.min(surelyDetectedMs, minDetectedShare * lastedMs),
		...(stand.plate ? { plate: stand.plate } : {}),
	};
}

/**
 * Vehicles, and what drove in by itself like one: a car seen from straight above is a "cell phone" to a model that
 * learnt from pictures taken at eye level. What lies there and came in nobody knows how is left to the rules for goods.
 */
function isObstruction(track: Track, stand: Stand): boolean {
	if (track.kind === "vehicle") return true;
	return stand.cameByItself && track.bestConfidence >= unnamed.minConfidence && boxArea(stand.box) >= unnamed.minArea;
}
