import type { Detection } from "../detection.ts";
import { intersectionOverUnion, relativeShift, sizeRatio } from "../geometry/box.ts";
import type { Box } from "../geometry/shapes.ts";
import { kindOf } from "./candidates.ts";
import { lastSighting, type Track } from "./track.ts";

/** Overlap (IoU) from which a detection is a standing thing's, and a moving one's. */
const minOverlapStanding = 0.3;
const minOverlapMoving = 0.1;
/** What stood hidden is not what shows beside it later, and what sets off is not twice the size a moment later. */
const maxSizeRatioStanding = 2;
/** A moving thing that no longer overlaps where it was: at most this far (in its own sizes) within this time. */
const maxLeap = 1.5;
const maxLeapMs = 3_000;
const maxLeapSizeRatio = 1.6;

export interface Assignment {
	/** Which detection is which track's; each of both at most once. */
	readonly byTrack: ReadonlyMap<number, Detection>;
	/** What belongs to no track yet. */
	readonly fresh: readonly Detection[];
}

/** The best pair first, until no pair is left. Only where and when count, so that it works at any sampling rate. */
export function assign(tracks: readonly Track[], detections: readonly Detection[], at: number): Assignment {
	const pairs = tracks.flatMap((track) =>
		detections.flatMap((detection, index) => {
			const fit = kindOf(detection) === track.kind ? fitOf(track, detection.box, at) : null;
			return fit === null ? [] : [{ track, detection, index, fit }];
		}),
	);
	pairs.sort((a, b) => b.fit - a.fit || a.track.id - b.track.id || a.index - b.index);
	const byTrack = new Map<number, Detection>();
	const taken = new Set<Detection>();
	for (const { track, detection } of pairs) {
		if (byTrack.has(track.id) || taken.has(detection)) continue;
		byTrack.set(track.id, detection);
		taken.add(detection);
	}
	return { byTrack, fresh: detections.filter((detection) => !taken.has(detection)) };
}

/** How well a box goes on with a track: overlap where there is some, else a negative distance; null for not at all. */
function fitOf(track: Track, box: Box, at: number): number | null {
	if (track.stand) {
		const overlap = intersectionOverUnion(track.stand.box, box);
		if (overlap >= minOverlapStanding) return overlap;
	}
	const last = lastSighting(track);
	if (track.stand && (at - last.at > maxLeapMs || sizeRatio(track.stand.box, box) > maxSizeRatioStanding)) return null;
	const overlap = intersectionOverUnion(last.box, box);
	if (overlap >= minOverlapMoving) return overlap;
	const leap = relativeShift(last.box, box);
	const reachable = at - last.at <= maxLeapMs && leap <= maxLeap && sizeRatio(last.box, box) <= maxLeapSizeRatio;
	return reachable ? -leap : null;
}
