import { describe, expect, test } from "vitest";
import type { Box } from "#core/geometry/shapes.ts";
import { gridOf } from "#core/goods/cell-grid.ts";
import { newLayers } from "#core/goods/layers.ts";
import { look as lookAtLayers } from "#core/goods/look-at-layers.ts";
import { type PlaceLook, placeLookOf } from "#core/goods/place-look.ts";
import { patchAt, similarity } from "#core/picture/patch.ts";
import { assign } from "#core/tracking/assign.ts";
import { type Look, standWhenSighted, standWhenUnseen } from "#core/tracking/stand.ts";
import type { Stand, Track } from "#core/tracking/track.ts";
import {
	carBox,
	greyPictureOf,
	looks,
	oneLane,
	periodsOf,
	run,
	standsFrom,
	type SyntheticThing,
} from "../support/synthetic-camera.ts";

const here = carBox(0.42);
const van: SyntheticThing = { label: "truck", seed: 9, boxAt: () => ({ x1: 0.3, y1: 0.3, x2: 0.7, y2: 0.95 }) };

/** Comes from the left, stops before the car from 80 s to 125 s, and goes to the right. */
function drivesBy(at: number): Box | null {
	const aside = Math.min(0, at - 80_000) + Math.max(0, at - 125_000);
	const x1 = 0.3 + aside * 0.0001;
	return x1 < 0 || x1 > 0.6 ? null : { x1, y1: 0.3, x2: x1 + 0.4, y2: 0.95 };
}

const patch = patchAt(greyPictureOf([{ label: "car", seed: 1, boxAt: () => here }], 0), here);
const standing = (detectedMs: number): Stand => ({
	since: 0,
	box: here,
	seenAt: detectedMs,
	missingSince: null,
	detectedAt: detectedMs,
	detectedMs,
	patch,
	cameByItself: true,
});
const track = (seenAt: number): Track => ({
	id: 1,
	kind: "vehicle",
	labels: { car: 1 },
	bestConfidence: 0.8,
	sightings: [{ at: seenAt, box: here, confidence: 0.8, alike: 1 }],
	places: [{ at: seenAt, box: here, patch }],
	carried: false,
	stand: standing(seenAt),
});

/** What a look shows where nothing is known of the place. */
const plain: Omit<Look, "at" | "grey"> = {
	others: [],
	afterBlindness: false,
	placeLook: () => "unknown",
	placeTakenSince: () => null,
	placeLastEmpty: () => null,
};

describe("what stood somewhere and is hidden", () => {
	const hidden = (stand: Stand, forMs: number, { shown = "unknown", by = [van.boxAt(0)!] } = {}) =>
		standWhenUnseen(stand, {
			...plain,
			at: stand.seenAt + forMs,
			grey: greyPictureOf([van], 0),
			others: by,
			placeLook: () => shown as PlaceLook,
		}).missingSince === null;

	test.each([
		["a moment", 5_000, 30_000],
		["four minutes", 240_000, 240_000],
		["a day", 86_400_000, 600_000],
	])("is there still after it was seen to stand for %s", (_howLong, stoodMs, mostMs) => {
		expect(hidden(standing(stoodMs), mostMs)).toBe(true);
		expect(hidden(standing(stoodMs), mostMs + 1)).toBe(false);
	});

	test("but not where the place is seen to be empty, or nothing hides it", () => {
		expect(hidden(standing(240_000), 1_000, { shown: "empty" })).toBe(false);
		expect(hidden(standing(240_000), 1_000, { by: [] })).toBe(false);
	});
});

test.each([
	["is seen all the time", () => true],
	["is missed every few looks", (at: number) => at % 7_000 !== 0],
])("a van that stops for 45 seconds before a parked car, and %s, clears nothing", (_what, seenAt) => {
	const parked: SyntheticThing = { label: "car", seed: 1, boxAt: standsFrom(10_000, 140_000) };
	const stops: SyntheticThing = { ...van, seenAt, boxAt: drivesBy };
	// Nobody sees behind it.
	const behind: SyntheticThing = { ...parked, seenAt: (at) => at < 80_000 || at > 125_000 };
	const periods = periodsOf(run(looks([behind, stops], { toMs: 155_000 }), oneLane()).events);
	expect(periods).toHaveLength(1);
	expect(Math.abs(periods[0]!.clearedAt! - 140_000)).toBeLessThanOrEqual(1_000);
});

describe("a box that overlaps where something stands", () => {
	const parked = track(0);
	const belongs = (box: Box, at: number) =>
		assign([parked], [{ label: "car", confidence: 0.8, box }], at).byTrack.size > 0;
	const aside = carBox(0.52);

	test("is that thing, which sets off", () => {
		expect(belongs(aside, 1_000)).toBe(true);
	});

	test("is another where that thing was hidden for a while, or of one twice the size", () => {
		expect(belongs(aside, 4_000)).toBe(false);
		expect(belongs({ x1: 0.25, y1: 0.3, x2: 0.6, y2: 0.75 }, 1_000)).toBe(false);
	});
});

test.each<[string, PlaceLook, number, number | null]>([
	["holds", "unknown", 1_000, null],
	["does not hold for long", "unknown", 6_000, 6_000],
	["does not hold where the place is empty", "empty", 1_000, 1_000],
])("a thing that is seen at its place while the place changes %s", (_what, shown, at, missingSince) => {
	const before = track(0);
	const seen = { ...before, sightings: [...before.sightings, { at, box: here, confidence: 0.4, alike: 0.2 }] };
	const grey = greyPictureOf([van], at);
	const look = { ...plain, at, grey, placeLook: () => shown };
	expect(standWhenSighted(seen, look)).toMatchObject({ missingSince });
});

test.each<[string, number, PlaceLook, number | null]>([
	["a faint box at a place that shows the empty lane is not believed", 0.3, "empty", 1_000],
	["a faint box elsewhere is", 0.3, "unknown", null],
	["a box of which the model is sure is, whatever the place shows", 0.5, "empty", null],
])("%s", (_what, confidence, shown, missingSince) => {
	const before = track(0);
	const seen = { ...before, sightings: [...before.sightings, { at: 1_000, box: here, confidence, alike: 0.9 }] };
	const look = { ...plain, at: 1_000, grey: greyPictureOf([van], 0), placeLook: () => shown };
	expect(standWhenSighted(seen, look)).toMatchObject({ missingSince });
});

describe("a thing that the detector overlooked at first", () => {
	const sighting = { box: here, confidence: 0.8, alike: 1 };
	const seen = (...at: number[]): Track => ({
		...track(0),
		sightings: at.map((each) => ({ ...sighting, at: each })),
		stand: null,
	});
	const since = (overlooked: Track, takenSince: number | null, emptyAt: number | null = null) =>
		standWhenSighted(overlooked, {
			...plain,
			at: 20_000,
			grey: greyPictureOf([van], 0),
			placeTakenSince: () => takenSince,
			placeLastEmpty: () => emptyAt,
		})?.since;

	test("stands since its place came to look as it does", () => {
		expect(since(seen(18_000, 20_000), 12_000)).toBe(12_000);
	});

	test("stands since it was seen where nobody knows better, or the place looked otherwise later", () => {
		expect(since(seen(18_000, 20_000), null)).toBe(18_000);
		expect(since(seen(18_000, 20_000), 19_000)).toBe(18_000);
	});

	test("stands no longer than since its place was last empty: what stood there before, and looked the same, was another", () => {
		expect(since(seen(18_000, 20_000), 8_000, 14_000)).toBe(14_000);
		expect(since(seen(18_000, 20_000), 12_000, 9_000)).toBe(12_000);
		expect(since(seen(18_000, 20_000), 8_000, 19_000)).toBe(18_000);
	});

	test("is another than what stood there, where it was seen to come", () => {
		const elsewhere = { ...sighting, box: carBox(0.1), at: 17_000, alike: null };
		const came = seen(18_000, 20_000);
		expect(since({ ...came, sightings: [elsewhere, ...came.sightings] }, 12_000)).toBe(18_000);
	});
});

describe("a thing that is there from one look to the next", () => {
	const large = { x1: 0.2, y1: 0.3, x2: 0.6, y2: 0.8 };
	const came = (box: Box, emptyAt: number | null, more: Partial<Track> = {}) =>
		standWhenSighted(
			{
				...track(0),
				sightings: [18_000, 20_000].map((at) => ({ at, box, confidence: 0.8, alike: 1 })),
				stand: null,
				...more,
			},
			{ ...plain, at: 20_000, grey: greyPictureOf([van], 0), placeLastEmpty: () => emptyAt },
		)?.cameByItself;

	test("came by itself where the place was empty at the look before", () => {
		expect(came(large, 16_000)).toBe(true);
	});

	test.each([
		["is small enough to be carried", here, 16_000, {}],
		["was carried", large, 16_000, { carried: true }],
		["may have been there for long", large, 10_000, {}],
		["stands where nobody knows the empty lane", large, null, {}],
	])("is not known to have come by itself where it %s", (_what, box, emptyAt, more) => {
		expect(came(box, emptyAt, more)).toBe(false);
	});
});

test("at dusk noise makes a place less alike than by day: what is as alike as usual is there still", () => {
	const parked: SyntheticThing = { label: "car", seed: 1, boxAt: () => here };
	const clean = greyPictureOf([parked], 0);
	const luma = clean.luma.map((value, i) => Math.min(255, Math.max(0, value + 60 * Math.sin(i * 12.9898 + i * i))));
	const grey = { ...clean, luma };
	const alike = similarity(patchAt(grey, here), patch)!;
	expect(alike).toBeGreaterThan(0.65);
	expect(alike).toBeLessThan(0.85);
	const look = { ...plain, at: 61_000, grey };
	const stand = standing(60_000);
	expect(standWhenUnseen(stand, look)).toMatchObject({ missingSince: 61_000 });
	expect(standWhenUnseen({ ...stand, usuallyAlike: alike }, look)).toMatchObject({ missingSince: null });
	// However little it usually takes: another picture is another picture.
	const gone = { ...look, grey: greyPictureOf([], 0) };
	expect(standWhenUnseen({ ...stand, usuallyAlike: 0.1 }, gone)).toMatchObject({ missingSince: 61_000 });
});

test("a place that differs nobody knows why is not shown to be empty", () => {
	const grid = gridOf(greyPictureOf([], 0));
	const none = new Uint8Array(grid.columns * grid.rows);
	const rough: SyntheticThing = { label: "car", seed: 4, boxAt: (at) => (at > 10_000 ? here : null) };
	let layers = newLayers(grid);
	for (let at = 1_000; at <= 20_000; at += 1_000) {
		layers = lookAtLayers(layers, {
			at,
			elapsedMs: 1_000,
			luma: greyPictureOf([rough], at).luma,
			hidden: none,
			taken: none,
		});
	}
	expect(placeLookOf(layers, here, 20_000)).toBe("unknown");
	expect(placeLookOf(layers, carBox(0.1), 20_000)).toBe("empty");
});
