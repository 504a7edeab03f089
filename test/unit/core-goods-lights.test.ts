import { describe, expect, test } from "vitest";
import type { Goods } from "#core/goods/watch-goods.ts";
import { absorb, forget, type Layers } from "#core/goods/layers.ts";
import { kept, newLight, type OtherLight } from "#core/goods/light.ts";
import { placeLookOf } from "#core/goods/place-look.ts";
import { noGoods } from "#core/goods/watch-goods.ts";
import { goodsStaysIn, isAccepted } from "#core/occupancy/goods-stay.ts";
import { type LaneScene, lanePlace as place, lanePolygon, watchLane as watch } from "../support/synthetic-lane.ts";

const carton = { box: place, seed: 7 };
const day: LaneScene = {};
const dark: LaneScene = { infrared: true };

const byDay = watch(noGoods, day, 0, 20);
/** Day, infrared, day: both lights are known. */
const inTheDark = watch(byDay, dark, 20_000, 20);
const dayAgain = watch(inTheDark, day, 40_000, 20);

const shareKnown = ({ layers }: Goods) => layers!.known.reduce((sum, one) => sum + one, 0) / layers!.known.length;
const lookOfPlace = (goods: Goods) => placeLookOf(goods.layers!, place, goods.lookedAt);

describe("another light", () => {
	test("is learned beside the one that was known, and nothing is found in it", () => {
		expect(inTheDark.things).toEqual([]);
		expect(inTheDark.layers).toMatchObject({ light: { since: 22_000 }, otherLights: [{ since: -1, seenAt: 19_000 }] });
		expect(shareKnown(inTheDark)).toBe(1);
		expect(lookOfPlace(inTheDark)).toBe("empty");
	});

	test("is known again when it comes back, at once", () => {
		const back = watch(dayAgain, dark, 60_000, 3);
		expect(back.layers).toMatchObject({ light: { since: 62_000 }, otherLights: [{ seenAt: 59_000 }] });
		expect(back.layers!.light.seenMs).toBe(inTheDark.layers!.light.seenMs + 1000);
		expect(shareKnown(back)).toBe(1);
	});

	test.each([1, 2])("is none where it lasts for %i looks: lightning, headlights", (seconds) => {
		const flash = watch(byDay, dark, 20_000, seconds);
		const after = watch(flash, day, 20_000 + seconds * 1000, 5);
		expect(after.layers).toMatchObject({ light: { since: -1 }, otherLights: [], strangeSince: -1 });
		expect(after.things).toEqual([]);
	});

	test("is none where the picture does not come to rest", () => {
		let goods = byDay;
		for (let at = 20_000; at < 60_000; at += 1000) {
			goods = watch(goods, { things: [{ box: { x1: 0, y1: 0, x2: 1, y2: 1 }, seed: at }] }, at, 1);
		}
		expect(goods.layers).toMatchObject({ light: { since: -1 }, otherLights: [] });
		expect(goods.things).toEqual([]);
	});

	test("tells nothing of a place before it is sure", () => {
		expect(lookOfPlace(watch(byDay, dark, 20_000, 1))).toBe("covered");
	});

	test("remembers the hours at which it was seen", () => {
		const at = 5 * 3_600_000;
		const goods = watch(watch(noGoods, day, at, 10), day, at + 3 * 3_600_000, 1);
		expect(goods.layers!.light.hours).toBe((1 << 5) | (1 << 8));
	});
});

describe("what lies there when the light changes", () => {
	const lying = watch(byDay, { things: [carton] }, 20_000, 10);
	const through = watch(lying, { ...dark, things: [carton] }, 30_000, 20);

	test("lies there still, since it was put down", () => {
		expect(through.things).toMatchObject([
			{ id: lying.things[0]!.id, since: 20_000, seenAt: 49_000, missingSince: null },
		]);
	});

	test("is gone when it is taken away, though nobody knows how the lane looks there in this light", () => {
		expect(watch(through, dark, 50_000, 12).things[0]?.missingSince).toBeGreaterThanOrEqual(50_000);
		const gone = watch(through, dark, 50_000, 40);
		expect(gone.things).toEqual([]);
		expect(shareKnown(gone)).toBe(1);
		expect(watch(gone, day, 90_000, 20).things).toEqual([]);
	});

	test("is found again by day, as the same thing, when it lies there still", () => {
		const { things } = watch(through, { things: [carton] }, 50_000, 20);
		expect(things).toMatchObject([{ id: lying.things[0]!.id, since: 20_000, missingSince: null }]);
	});

	test("is gone by day when it was taken away as the light changed back", () => {
		expect(watch(through, day, 50_000, 20).things).toEqual([]);
	});

	test("belongs there in every light, by a person's word", () => {
		const [inDaylight, inInfrared] = [lying, through].map((goods) => goodsStaysIn({ polygon: lanePolygon }, goods));
		const { outline } = inDaylight![0]!.occupant;
		expect(isAccepted(inInfrared![0]!, [{ occupancyId: "lane.1", outline }])).toBe(true);
	});
});

test("what was put down while the light changed is found, where the light is known", () => {
	const { things } = watch(dayAgain, { ...dark, things: [carton] }, 60_000, 12);
	expect(things).toMatchObject([{ missingSince: null }]);
	expect(things[0]!.since).toBeGreaterThanOrEqual(60_000);
});

describe("a place where a vehicle stands when the light changes", () => {
	const van = { things: [carton], standing: [place] };
	const standing = watch(byDay, { ...van, people: [place] }, 20_000, 10);
	const through = watch(standing, { ...dark, ...van }, 30_000, 10);

	test("is taken, also while nobody sees the vehicle", () => {
		expect(["taken", "covered"]).toContain(lookOfPlace(through));
		expect(through.things).toEqual([]);
	});

	test("is unknown when it has left, and then the empty lane", () => {
		const left = watch(through, { ...dark, standing: [place] }, 40_000, 2);
		expect(lookOfPlace(left)).toBe("unknown");
		const later = watch(left, dark, 42_000, 6);
		expect(lookOfPlace(later)).toBe("empty");
		expect(later.things).toEqual([]);
	});

	test("is never learned while it stands there", () => {
		expect(lookOfPlace(watch(through, { ...dark, ...van }, 40_000, 60))).not.toBe("empty");
	});
});

describe("in all lights", () => {
	const cells = [100, 101];
	const others = ({ otherLights }: Layers) => otherLights.map(({ known }) => cells.map((cell) => known[cell]));

	test("what is forgotten is", () => {
		expect(others(forget(dayAgain.layers!, cells))).toEqual([[0, 0]]);
		expect(others(dayAgain.layers!)).toEqual([[1, 1]]);
	});

	test("what is absorbed is learned anew, but for light and shadow", () => {
		expect(others(absorb(dayAgain.layers!, cells))).toEqual([[1, 1]]);
		expect(others(absorb(dayAgain.layers!, [], cells))).toEqual([[0, 0]]);
	});

	test("what is taken away by day leaves no new thing behind in the dark", () => {
		const crate = { things: [{ box: place, seed: 9 }] };
		const both = watch(watch(watch(noGoods, crate, 0, 20), { ...dark, ...crate }, 20_000, 20), crate, 40_000, 20);
		const taken = watch(both, day, 60_000, 20);
		expect(taken.things).toEqual([]);
		expect(watch(taken, dark, 80_000, 20).things).toEqual([]);
	});
});

describe("of the lights that are kept", () => {
	const picture = new Uint16Array(16).fill(65_535);
	const seen = (seenAt: number, seenMs: number): OtherLight => ({
		...newLight(0),
		seenAt,
		seenMs,
		picture: new Uint8Array(16),
		known: new Uint8Array(1),
	});
	const hourMs = 3_600_000;

	test("there are three beside the present one; the one that was not seen for longest goes", () => {
		const lights = [seen(3, hourMs), seen(2, hourMs), seen(1, hourMs)];
		const after = kept(lights, { ...newLight(0), seenAt: 4, seenMs: hourMs }, picture, new Uint8Array(1));
		expect(after.map(({ seenAt }) => seenAt)).toEqual([4, 3, 2]);
		expect(after[0]!.picture[0]).toBe(255);
	});

	test("one that was seen for a few minutes goes before those that were seen for long", () => {
		const lights = [seen(3, hourMs), seen(2, hourMs), seen(1, hourMs)];
		const after = kept(lights, { ...newLight(0), seenAt: 4, seenMs: 60_000 }, picture, new Uint8Array(1));
		expect(after.map(({ seenAt }) => seenAt)).toEqual([3, 2, 1]);
	});
});
