import type { Detection } from "../detection.ts";
import { boxArea, sharedArea } from "../geometry/box.ts";
import type { Box, Polygon } from "../geometry/shapes.ts";
import type { PlaceLook } from "../goods/place-look.ts";
import type { GreyPicture } from "../picture/grey-picture.ts";
import { patchAt, similarity } from "../picture/patch.ts";
import { assign } from "./assign.ts";
import { isLiving, kindOf, trackable } from "./candidates.ts";
import { type Look, standWhenSighted, standWhenUnseen } from "./stand.ts";
import { lastSighting, type SeenPlace, type Track } from "./track.ts";

/** Sightings are remembered for so long: enough to see where something came from and when it stopped. */
const memoryMs = 20_000;
/** A moving thing that is not seen for so long is lost, and so is a standing one that is gone. */
const lostAfterMs = 5_000;
const goneAfterMs = 10_000;
/** … the sooner where its place shows the empty lane: what comes there next, however alike, is another thing. */
const leftAfterMs = 3_000;
/**
 * From look to look a creeping car hardly changes its place; over this time it does, however often it is looked at. Looks
 * come a little early and late: the one that comes nearest to it counts.
 */
const comparedOverMs = 1_000;
/** What stands and was seen this short a time ago hides what is behind it, detected or not. */
const justSeenMs = 5_000;
/** Share of the smaller of two boxes that must be common for a person to be "at" a thing. */
const minAtHand = 0.3;

/** All that is followed at one camera. */
export interface Tracks {
	readonly list: readonly Track[];
	readonly nextId: number;
}

export const noTracks: Tracks = { list: [], nextId: 1 };

/** One look of the camera. */
export interface Observation {
	readonly at: number;
	readonly detections: readonly Detection[];
	readonly grey: GreyPicture;
	/** What lies in them never counts. */
	readonly ignored: readonly Polygon[];
	readonly afterBlindness: boolean;
	/** What a place shows beside what the empty lane looked like there. */
	readonly placeLook: (box: Box) => PlaceLook;
	/** Since when it has shown what it shows now, in front of the empty lane; null where nobody knows. */
	readonly placeTakenSince: (box: Box) => number | null;
	/** When it was last seen to show the empty lane; null where nobody knows. */
	readonly placeLastEmpty: (box: Box) => number | null;
}

/** Goes one look further. Every detection goes to one track at most; their order does not matter. */
export function follow(
	tracks: Tracks,
	{ at, detections, grey, ignored, afterBlindness, placeLook, placeTakenSince, placeLastEmpty }: Observation,
): Tracks {
	const people = detections.filter(isLiving).map(({ box }) => box);
	const things = trackable(detections, ignored);
	const { byTrack, fresh } = assign(tracks.list, things, at);
	const look = (track: Track, own?: Detection): Look => {
		const others = things.filter((thing) => thing !== own).map(({ box }) => box);
		const standing = tracks.list.filter((other) => other !== track && wasSeenStanding(other, at));
		const stands = standing.flatMap(({ stand }) => stand?.box ?? []);
		return {
			at,
			grey,
			afterBlindness,
			placeLook,
			placeTakenSince,
			placeLastEmpty,
			others: [...people, ...others, ...stands],
		};
	};
	const known = tracks.list.map((track) => {
		const detection = byTrack.get(track.id);
		return detection ? sighted(track, detection, people, look(track, detection)) : unseen(track, look(track));
	});
	const begun = fresh.map((detection, index) => newTrack(tracks.nextId + index, detection, people, { at, grey }));
	return {
		list: [...known, ...begun].filter((track) => !isLost(track, at, placeLook)),
		nextId: tracks.nextId + begun.length,
	};
}

/** What is left to go on with after blind time: things that stand may be found again, those that moved may not. */
export function afterBlindTime(tracks: Tracks): Tracks {
	return { ...tracks, list: tracks.list.filter(({ stand }) => stand !== null) };
}

function sighted(track: Track, detection: Detection, people: readonly Box[], look: Look): Track {
	const { label, confidence, box } = detection;
	const earlier = placeBefore(track.places, look.at);
	const alike = earlier ? similarity(patchAt(look.grey, earlier.box), earlier.patch) : null;
	const seen: Track = {
		...track,
		labels: { ...track.labels, [label]: (track.labels[label] ?? 0) + confidence },
		bestConfidence: Math.max(track.bestConfidence, confidence),
		sightings: [
			...track.sightings.filter((sighting) => sighting.at >= look.at - memoryMs),
			{ at: look.at, box, confidence, alike, ...(earlier ? { comparedAt: earlier.at } : {}) },
		],
		places: [...track.places.filter((place) => !earlier || place.at >= earlier.at), seenPlace(look, box)],
		carried: track.carried || isAtHand(box, people),
	};
	return { ...seen, stand: standWhenSighted(seen, look) };
}

function placeBefore(places: readonly SeenPlace[], at: number): SeenPlace | undefined {
	const offBy = (place: SeenPlace) => Math.abs(at - place.at - comparedOverMs);
	return places.toSorted((a, b) => offBy(a) - offBy(b))[0];
}

function unseen(track: Track, look: Look): Track {
	return track.stand ? { ...track, stand: standWhenUnseen(track.stand, look) } : track;
}

function newTrack(
	id: number,
	detection: Detection,
	people: readonly Box[],
	{ at, grey }: Pick<Look, "at" | "grey">,
): Track {
	const { label, confidence, box } = detection;
	return {
		id,
		kind: kindOf(detection),
		labels: { [label]: confidence },
		bestConfidence: confidence,
		sightings: [{ at, box, confidence, alike: null }],
		places: [seenPlace({ at, grey }, box)],
		carried: isAtHand(box, people),
		stand: null,
	};
}

function seenPlace({ at, grey }: Pick<Look, "at" | "grey">, box: Box): SeenPlace {
	return { at, box, patch: patchAt(grey, box) };
}

function isLost(track: Track, at: number, placeLook: (box: Box) => PlaceLook): boolean {
	const { stand } = track;
	if (!stand) return at - lastSighting(track).at > lostAfterMs;
	if (stand.missingSince === null) return false;
	const missingMs = at - stand.missingSince;
	return missingMs > goneAfterMs || (missingMs >= leftAfterMs && placeLook(stand.box) === "empty");
}

function wasSeenStanding({ stand }: Track, at: number): boolean {
	return stand !== null && stand.missingSince === null && at - stand.seenAt <= justSeenMs;
}

function isAtHand(box: Box, people: readonly Box[]): boolean {
	return people.some((person) => sharedArea(person, box) >= minAtHand * Math.min(boxArea(person), boxArea(box)));
}
