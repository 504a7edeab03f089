import { boxArea, intersectionOverUnion, sharedArea } from "../geometry/box.ts";
import type { Box } from "../geometry/shapes.ts";
import type { PlaceLook } from "../goods/place-look.ts";
import type { GreyPicture } from "../picture/grey-picture.ts";
import { patchAt, similarity } from "../picture/patch.ts";
import { isRatherStill, isSamePlace, isStill, standingPlace } from "./standing.ts";
import { lastSighting, type Sighting, type Stand, type Track } from "./track.ts";

/**
 * From this similarity on, the place looks as it did: what stood there stands there still. Where noise makes a place less
 * alike from look to look while the detector sees the thing (dusk, a small box), that much less is asked of it.
 */
const sameLook = { usual: 0.85, ofUsual: 0.9, least: 0.6 };
const usualOverMs = 10_000;
/** After blind time, what looks less alike than this may be another thing at the same place. */
const sameThingAfterBlindness = 0.7;
/** A box that overlaps the place so much (IoU) shows the thing at its place still, cut by what hides a part of it. */
const stillThere = 0.5;
/**
 * From this confidence on, the detector's word renews what the place looks like; below it, the word counts for nothing
 * where the place shows the empty lane: at night a model sees a car in the marking on which one had stood.
 */
const sure = 0.4;
/** Share of the place that another box must cover before "not seen" stops to mean "gone". */
const minHidden = 0.3;
/**
 * Hidden for longer than this, or than it was seen to stand, it counts as gone: in a queue one car hides where another
 * stood for a moment, but what was parked for minutes is still there behind a van that unloads.
 */
const hiddenMs = { always: 30_000, most: 600_000 };
/**
 * Appearance alone may hold a thing for this long, and ten times as long as the detector had seen it: a flash of a box on
 * road paint, which looks the same for ever, must not hold a lane for ever.
 */
const heldMs = 30_000;
const heldPerDetected = 10;
/** A thing came by itself when it was seen before at another place: one that overlaps less (IoU) with where it stands. */
const maxOverlapElsewhere = 0.5;
/** So much of the picture must be covered by what comes between two looks, no further apart than this. */
const minAreaAtOnce = 0.05;
const maxAtOnceMs = 2_500;
/** Two sightings no further apart than this count as watched in between. */
const maxWatchedGapMs = 5_000;

/** What one look showed at a standing thing's place. */
export interface Look {
	readonly at: number;
	readonly grey: GreyPicture;
	/** Boxes of everything else in the picture: people, cars that pass, and those that stand, also while the detector misses them. */
	readonly others: readonly Box[];
	/** The first look after the camera was blind. */
	readonly afterBlindness: boolean;
	/** What a place shows beside what the empty lane looked like there. */
	readonly placeLook: (box: Box) => PlaceLook;
	/** Since when it has shown what it shows now, in front of the empty lane; null where nobody knows. */
	readonly placeTakenSince: (box: Box) => number | null;
	/** When it was last seen to show the empty lane; null where nobody knows. */
	readonly placeLastEmpty: (box: Box) => number | null;
}

/** The stand of a track whose newest sighting is of this look; null when it moves. */
export function standWhenSighted(track: Track, look: Look): Stand | null {
	const { stand } = track;
	const place = standingPlace(track.sightings);
	const sighting = lastSighting(track);
	const isBelied = ({ box }: { readonly box: Box }) => sighting.confidence < sure && look.placeLook(box) === "empty";
	if (!stand) return place && !isBelied(place) ? begin(track, place, look) : null;
	const alike = similarity(patchAt(look.grey, stand.box), stand.patch);
	if (looksAsItDid(stand, alike)) return confirm(stand, sighting, alike, look);
	if (isBelied(stand)) return standWhenUnseen(stand, look);
	if (alike !== null && alike < sameThingAfterBlindness && look.afterBlindness) {
		return begin(track, { box: sighting.box, since: look.at }, look);
	}
	const here = place?.box ?? sighting.box;
	const atPlace = isSamePlace(stand.box, here) || isPartOf(here, stand.box) || isPartOf(stand.box, here);
	if (atPlace && isRatherStill(sighting)) return confirm(stand, sighting, alike, look);
	if (atPlace && isSamePlace(stand.box, here) && isBeingCovered(stand, look)) return stand;
	if (atPlace) return standWhenUnseen(stand, look);
	if (place) return begin(track, place, look);
	return intersectionOverUnion(stand.box, here) >= stillThere ? standWhenUnseen(stand, look) : null;
}

/** The stand of a thing that the detector did not see in this look. */
export function standWhenUnseen(stand: Stand, look: Look): Stand {
	const alike = similarity(patchAt(look.grey, stand.box), stand.patch);
	const mayHold = look.at - stand.detectedAt <= heldMs + heldPerDetected * stand.detectedMs;
	if (looksAsItDid(stand, alike) && mayHold) return { ...stand, seenAt: look.at, missingSince: null };
	const place = look.placeLook(stand.box);
	if (place === "taken") return { ...stand, missingSince: null };
	const isCovered = isHidden(stand, look) || (place === "covered" && isRecent(stand, look));
	if (stand.missingSince === null && place !== "empty" && isCovered) return stand;
	return { ...stand, missingSince: stand.missingSince ?? look.at };
}

function begin(track: Track, place: { box: Box; since: number }, look: Look): Stand {
	return {
		since: Math.round(cameBefore(track, place, look) ?? place.since),
		box: place.box,
		seenAt: look.at,
		missingSince: null,
		detectedAt: look.at,
		detectedMs: look.at - place.since,
		patch: patchAt(look.grey, place.box),
		cameByItself:
			!track.carried && (wasSeenComing(track.sightings, place) || cameAtOnce(track.sightings, place.box, look)),
	};
}

/**
 * The detector overlooked it at first: it was never seen elsewhere, and its place has looked like this for longer, though
 * not from before it was last seen empty: what stood there then, however alike, was another thing.
 */
function cameBefore({ sightings }: Track, place: { box: Box; since: number }, look: Look): number | null {
	if (sightings.some(({ at }) => at < place.since)) return null;
	const takenSince = look.placeTakenSince(place.box);
	if (takenSince === null) return null;
	return Math.min(place.since, Math.max(takenSince, look.placeLastEmpty(place.box) ?? takenSince));
}

/**
 * A thing that comes leaves the place where it was seen before, and that place changes. A box that the model sees in
 * scenery jumps about without anything changing.
 */
function wasSeenComing(sightings: readonly Sighting[], place: { box: Box; since: number }): boolean {
	return sightings.some((before, index) => {
		const after = sightings[index + 1];
		if (!after || before.at >= place.since) return false;
		return intersectionOverUnion(place.box, before.box) < maxOverlapElsewhere && !isStill(after);
	});
}

/**
 * Whoever looks once in two seconds sees no car come: the lane is empty, and then it stands there. Nobody carries what is
 * so large from one look to the next.
 */
function cameAtOnce([first]: readonly Sighting[], box: Box, look: Look): boolean {
	if (!first || boxArea(box) < minAreaAtOnce) return false;
	const emptyAt = look.placeLastEmpty(box);
	return emptyAt !== null && emptyAt < first.at && first.at - emptyAt <= maxAtOnceMs;
}

function looksAsItDid({ usuallyAlike = 1 }: Stand, alike: number | null): boolean {
	const needed = Math.max(sameLook.least, Math.min(sameLook.usual, sameLook.ofUsual * usuallyAlike));
	return alike !== null && alike >= needed;
}

function confirm(stand: Stand, sighting: Sighting, alike: number | null, look: Look): Stand {
	const gapMs = look.at - stand.detectedAt;
	const renewed = sighting.confidence >= sure && isSamePlace(stand.box, sighting.box);
	return {
		...stand,
		seenAt: look.at,
		missingSince: null,
		detectedAt: look.at,
		detectedMs: stand.detectedMs + (gapMs <= maxWatchedGapMs ? gapMs : 0),
		...(renewed ? { patch: patchAt(look.grey, stand.box), ...withUsual(stand, alike, gapMs) } : {}),
	};
}

function withUsual({ usuallyAlike: before }: Stand, alike: number | null, gapMs: number): Partial<Stand> {
	if (alike === null || gapMs > maxWatchedGapMs) return {};
	const share = before === undefined ? 1 : 1 - Math.exp(-gapMs / usualOverMs);
	return { usuallyAlike: (before ?? 0) + share * (alike - (before ?? 0)) };
}

/** A smaller box inside a larger one: the same thing at the same place, now partly hidden. */
function isPartOf(part: Box, whole: Box): boolean {
	return boxArea(part) < 0.85 * boxArea(whole) && sharedArea(part, whole) >= 0.9 * boxArea(part);
}

/** It is seen where it stood, and the place changes at once: something drives in front of it that is not seen yet. */
function isBeingCovered({ seenAt, missingSince, box }: Stand, look: Look): boolean {
	return missingSince === null && look.at - seenAt <= maxWatchedGapMs && look.placeLook(box) !== "empty";
}

function isHidden(stand: Stand, look: Look): boolean {
	const covered = look.others.some((other) => sharedArea(other, stand.box) >= minHidden * boxArea(stand.box));
	return covered && isRecent(stand, look);
}

function isRecent({ seenAt, detectedMs }: Stand, { at }: Look): boolean {
	return at - seenAt <= Math.min(hiddenMs.most, Math.max(hiddenMs.always, detectedMs));
}
