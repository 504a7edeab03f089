import { medianBox, relativeShift, sizeRatio } from "../geometry/box.ts";
import type { Box } from "../geometry/shapes.ts";
import type { Sighting } from "./track.ts";

/** Boxes of a thing at rest wander by a few per cent of its size; a car that creeps does more in a second or two. */
const maxShift = 0.1;
const maxSizeRatio = 1.25;
/** Where it stands now is judged from the sightings of this last time. */
const recentMs = 3_000;
/** Longest pause between two sightings of one stand: somebody walked past, the detector missed it once or twice. */
const maxPauseMs = 6_000;
/**
 * A place at which nothing moves looks more alike than `still` from look to look, one at which one car follows another
 * hardly ever more alike than `ratherStill`. Between the two: light, rain, a door that opens.
 */
const minAlike = { still: 0.8, ratherStill: 0.5 };
/** Seen at one place for so long, a thing stands. */
export const minStandingMs = 1_500;

/** Where a thing stands, and since when, going back from its last sighting; null when it moves or is too new to tell. */
export function standingPlace(sightings: readonly Sighting[]): { box: Box; since: number } | null {
	const last = sightings.at(-1);
	if (!last) return null;
	const recent = sightings.filter(({ at }) => at >= last.at - recentMs).map(({ box }) => box);
	const box = medianBox([last.box, ...recent.slice(0, -1)]);
	if (!isSamePlace(box, last.box)) return null;
	const since = standingSince(sightings, box, last.at);
	return last.at - since >= minStandingMs ? { box, since } : null;
}

/** Whether two boxes of one thing show it at the same place. */
export function isSamePlace(a: Box, b: Box): boolean {
	return relativeShift(a, b) <= maxShift && sizeRatio(a, b) <= maxSizeRatio;
}

/**
 * Goes back from step to step between sightings, as long as they show the same place and it did not change in between:
 * in dense traffic one car after another is seen at the same place. A step or two that do not fit end no stand (somebody
 * walked past); a pause does.
 */
function standingSince(sightings: readonly Sighting[], place: Box, lastAt: number): number {
	let since = lastAt;
	for (let index = sightings.length - 1; index > 0; index--) {
		const [before, after] = [sightings[index - 1], sightings[index]];
		if (!before || !after || since - before.at > maxPauseMs) break;
		const from = sightings.findLast(({ at }) => at === after.comparedAt) ?? before;
		if (isStill(after) && isSamePlace(place, from.box)) since = Math.min(since, from.at);
	}
	return since;
}

/** Whether nothing moved at its place since the sighting before. */
export function isStill({ alike }: Sighting): boolean {
	return alike === null || alike >= minAlike.still;
}

/** Enough for what is known to stand to go on standing. */
export function isRatherStill({ alike }: Sighting): boolean {
	return alike === null || alike >= minAlike.ratherStill;
}
