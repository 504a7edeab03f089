import { describe, expect, test } from "vitest";
import { convexHull } from "#core/geometry/convex-hull.ts";
import { polygonArea } from "#core/geometry/polygon.ts";
import { placeLookOf } from "#core/goods/place-look.ts";
import { noGoods } from "#core/goods/watch-goods.ts";
import { thingBox } from "#core/goods/thing.ts";
import { parseLayers, serializeLayers } from "#core/camera-state.ts";
import { type LaneScene, lanePlace as place, watchLane as watch } from "../support/synthetic-lane.ts";

const carton = { box: place, seed: 7 };
const empty = watch(noGoods, {}, 0, 10);

describe("what was not there, stands still and stays", () => {
	test("is found where it lies, since it was put down", () => {
		const { things, layers } = watch(empty, { things: [carton] }, 10_000, 8);
		expect(things).toHaveLength(1);
		expect(things[0]).toMatchObject({ since: 10_000, missingSince: null, attended: false });
		const box = thingBox(layers!.grid, things[0]!);
		expect(box.x1).toBeGreaterThan(place.x1 - 0.06);
		expect(box.x2).toBeLessThan(place.x2 + 0.06);
	});

	test("is gone when the empty lane shows again, and not before", () => {
		const lying = watch(empty, { things: [carton] }, 10_000, 10);
		expect(watch(lying, { people: [place] }, 20_000, 5).things).toMatchObject([{ missingSince: null }]);
		expect(watch(lying, {}, 20_000, 3).things).toMatchObject([{ missingSince: 20_000 }]);
		expect(watch(lying, {}, 20_000, 20).things).toEqual([]);
	});

	test("lies there still when something wide that touches it becomes part of the lane", () => {
		const lying = watch(empty, { things: [carton] }, 10_000, 10);
		const strip = { box: { x1: 0, y1: place.y2 - 0.04, x2: 1, y2: place.y2 + 0.04 }, seed: 8 };
		const joined = watch(lying, { things: [strip, carton] }, 20_000, 45);
		expect(joined.things).toContainEqual(expect.objectContaining({ id: lying.things[0]!.id, missingSince: null }));
	});

	const inFront = { ...place, x1: place.x1 - 0.05, x2: place.x1 + 0.1 };

	test("is attended while somebody stands in front of it who has not left it", () => {
		const putDown = watch(empty, { things: [carton] }, 10_000, 4);
		const owned = watch(putDown, { things: [carton], people: [inFront] }, 14_000, 30);
		expect(owned.things).toMatchObject([{ attended: true }]);
		expect(watch(owned, { things: [carton] }, 44_000, 4).things).toMatchObject([{ attended: false }]);
	});

	test("once left, is nobody's who walks past it", () => {
		const left = watch(empty, { things: [carton] }, 10_000, 8);
		const passed = watch(left, { things: [carton], people: [inFront] }, 18_000, 30);
		expect(passed.things).toMatchObject([{ attended: false }]);
	});
});

describe("what is no goods", () => {
	test.each([
		["everything becomes brighter", { light: 1.5 }],
		["everything becomes darker", { light: 0.5 }],
		["a shadow falls on the lane", { shade: place }],
		["a shadow falls on half the picture", { shade: { x1: 0, y1: 0, x2: 0.5, y2: 1 } }],
		["somebody stands there", { things: [carton], people: [place] }],
		["something lies outside the zone", { things: [{ box: { x1: 0.02, y1: 0.4, x2: 0.15, y2: 0.65 }, seed: 7 }] }],
		["something is too small to tell", { things: [{ box: { x1: 0.4, y1: 0.4, x2: 0.42, y2: 0.43 }, seed: 7 }] }],
	] satisfies [string, LaneScene][])("%s", (_what, scene) => {
		expect(watch(empty, scene, 10_000, 15).things).toEqual([]);
	});

	test("what lay there from the beginning is taken away", () => {
		const crate = { box: place, seed: 9 };
		const known = watch(noGoods, { things: [crate] }, 0, 10);
		// Its look is coarser than the lane's, so its edges go.
		expect(watch(known, {}, 10_000, 20).things).toEqual([]);
	});
});

describe("a place", () => {
	const looked = (scene: LaneScene, seconds: number) => {
		const goods = watch(empty, scene, 10_000, seconds);
		return placeLookOf(goods.layers!, place, goods.lookedAt);
	};
	test("shows the empty lane", () => expect(looked({}, 2)).toBe("empty"));
	test("is covered at first, then taken", () => {
		expect(looked({ things: [carton] }, 1)).toBe("covered");
		expect(looked({ things: [carton] }, 8)).toBe("taken");
	});
	test("is unknown while somebody hides it", () => expect(looked({ people: [place] }, 2)).toBe("unknown"));
	test("is unknown before anything was learned", () => {
		const goods = watch(noGoods, {}, 0, 1);
		expect(placeLookOf(goods.layers!, place, goods.lookedAt)).toBe("unknown");
	});
});

test("how an empty lane looks survives being written and read", () => {
	const { layers } = empty;
	const read = parseLayers(serializeLayers(layers!));
	expect(read.reference).toEqual(layers!.reference);
	expect(read.known).toEqual(layers!.known);
	expect(watch({ ...empty, layers: read }, { things: [carton] }, 10_000, 8).things).toHaveLength(1);
});

test("a hull goes around all points and has no dent", () => {
	const hull = convexHull([
		[0, 0],
		[1, 0],
		[1, 1],
		[0, 1],
		[0.5, 0.5],
		[0.5, 0],
	]);
	expect(hull).toHaveLength(4);
	expect(polygonArea(hull)).toBeCloseTo(1);
});
