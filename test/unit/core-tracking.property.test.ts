import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Detection } from "#core/detection.ts";
import { assign } from "#core/tracking/assign.ts";
import { trackable } from "#core/tracking/candidates.ts";
import { follow, noTracks, type Tracks } from "#core/tracking/follow.ts";
import { carBox, greyPictureOf } from "../support/synthetic-camera.ts";

const grey = greyPictureOf([], 0);
const detection: fc.Arbitrary<Detection> = fc
	.tuple(
		fc.constantFrom("car", "truck", "person", "cell phone"),
		fc.integer({ min: 25, max: 99 }),
		fc.integer({ min: 0, max: 800 }),
		fc.integer({ min: 0, max: 700 }),
		fc.integer({ min: 30, max: 200 }),
		fc.integer({ min: 30, max: 300 }),
	)
	.map(([label, confidence, x, y, width, height]) => ({
		label,
		confidence: confidence / 100,
		box: { x1: x / 1000, y1: y / 1000, x2: (x + width) / 1000, y2: (y + height) / 1000 },
	}));
const recording = fc.array(fc.array(detection, { maxLength: 6 }), { minLength: 1, maxLength: 8 });

function followAll(looks: readonly (readonly Detection[])[]): Tracks[] {
	let tracks = noTracks;
	return looks.map((detections, index) => {
		tracks = follow(tracks, {
			at: index * 1000,
			detections,
			grey,
			ignored: [],
			afterBlindness: false,
			placeLook: () => "unknown",
			placeTakenSince: () => null,
			placeLastEmpty: () => null,
		});
		return tracks;
	});
}

/** Patches follow from the boxes, and comparing them takes long. */
function withoutPatches(tracks: readonly Tracks[]) {
	return tracks.map(({ list, nextId }) => ({
		nextId,
		list: list.map((track) => ({ ...track, places: null, stand: track.stand && { ...track.stand, patch: null } })),
	}));
}

test("the order of detections does not matter", () => {
	const shuffled = recording.chain((looks) =>
		fc.tuple(
			fc.constant(looks),
			fc.tuple(...looks.map((look) => fc.shuffledSubarray(look, { minLength: look.length }))),
		),
	);
	fc.assert(
		fc.property(shuffled, ([looks, mixed]) => {
			expect(withoutPatches(followAll(mixed))).toEqual(withoutPatches(followAll(looks)));
		}),
	);
});

test("a detection belongs to one track at most, a track has one detection at most in a look", () => {
	fc.assert(
		fc.property(recording, (looks) => {
			followAll(looks).forEach(({ list }, index) => {
				const now = list.filter(({ sightings }) => sightings.at(-1)?.at === index * 1000);
				expect(now.length).toBe(trackable(looks[index] ?? [], []).length);
				expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
				for (const { sightings } of list) {
					expect(new Set(sightings.map(({ at }) => at)).size).toBe(sightings.length);
				}
			});
		}),
	);
});

describe("which detection is whose", () => {
	const car = (x: number): Detection => ({ label: "car", confidence: 0.8, box: carBox(x) });
	const [first] = followAll([[car(0.2), car(0.6)]]);
	const tracks = first!.list;

	test("the nearer one, whatever the order", () => {
		const near = [car(0.22), car(0.61)];
		for (const detections of [near, near.toReversed()]) {
			const { byTrack, fresh } = assign(tracks, detections, 1000);
			expect(tracks.map(({ id, sightings }) => byTrack.get(id)!.box.x1 - sightings[0]!.box.x1)).toEqual([
				expect.closeTo(0.02),
				expect.closeTo(0.01),
			]);
			expect(fresh).toEqual([]);
		}
	});

	test("one that leapt a length within a second, not one that leapt it within ten, nor across the picture", () => {
		expect(assign(tracks, [car(0.38)], 1000).byTrack.size).toBe(1);
		expect(assign(tracks, [car(0.38)], 10_000).byTrack.size).toBe(0);
		expect(assign(tracks, [{ ...car(0.2), box: carBox(0.2, 0.79) }], 1000).fresh).toHaveLength(1);
	});

	test("what the model calls no vehicle goes on with no vehicle", () => {
		expect(assign(tracks, [{ ...car(0.2), label: "train" }], 1000).byTrack.size).toBe(0);
	});
});

test("people, masked things and second names for the same thing are not followed", () => {
	const box = carBox(0.42);
	const named = (label: string, confidence: number): Detection => ({ label, confidence, box });
	expect(trackable([named("person", 0.9)], [])).toEqual([]);
	expect(trackable([named("cell phone", 0.9), named("truck", 0.3), named("car", 0.5)], [])).toEqual([
		named("car", 0.5),
	]);
	const mask = [
		[0.3, 0.3],
		[0.7, 0.3],
		[0.7, 0.7],
		[0.3, 0.7],
	] as const;
	expect(trackable([named("car", 0.9)], [mask])).toEqual([]);
	expect(trackable([{ ...named("car", 0.9), box: { ...box, x2: box.x1 } }], [])).toEqual([]);
});
