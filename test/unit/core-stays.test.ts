import { describe, expect, test } from "vitest";
import type { Box, Polygon } from "#core/geometry/shapes.ts";
import { cellsUnder, gridOf } from "#core/goods/cell-grid.ts";
import { newLayers } from "#core/goods/layers.ts";
import type { Thing } from "#core/goods/thing.ts";
import { noGoods } from "#core/goods/watch-goods.ts";
import { isLargeEnough } from "#core/occupancy/goods-size.ts";
import { goodsStaysIn, isAccepted } from "#core/occupancy/goods-stay.ts";
import { isSettlingIn, standingBoxes, type Stay, staysIn } from "#core/occupancy/stay.ts";
import type { Sighting, Stand, Track } from "#core/tracking/track.ts";
import { carBox } from "../support/synthetic-camera.ts";

const lane: Polygon = [
	[0.3, 0.3],
	[0.7, 0.3],
	[0.7, 0.7],
	[0.3, 0.7],
];
const patch = { cells: new Uint8Array(4) };
const here = carBox(0.42);
const elsewhere = carBox(0.05, 0.05);

const stand: Stand = {
	since: 1_000,
	box: here,
	seenAt: 9_000,
	missingSince: null,
	detectedAt: 9_000,
	detectedMs: 8_000,
	patch,
	cameByItself: true,
};
const sighting = (at: number, box = here): Sighting => ({ at, box, confidence: 0.8, alike: 1 });
const track = (more: Partial<Track> = {}): Track => ({
	id: 1,
	kind: "vehicle",
	labels: { car: 3, truck: 1 },
	bestConfidence: 0.8,
	sightings: [sighting(8_000), sighting(9_000)],
	places: [],
	carried: false,
	stand,
	...more,
});

describe("what stands in a zone", () => {
	test("a vehicle whose footprint lies in it, by the name the model gave it most", () => {
		expect(staysIn(lane, [track()])).toMatchObject([
			{ trackId: 1, since: 1_000, confirmed: true, occupant: { cause: "vehicle", label: "car" } },
		]);
	});

	test.each<[string, Partial<Track>]>([
		["a vehicle that moves", { stand: null }],
		["one that stands elsewhere", { stand: { ...stand, box: elsewhere } }],
		[
			"a thing without a vehicle's name that did not come by itself",
			{ kind: "unnamed", stand: { ...stand, cameByItself: false } },
		],
		["one that was never surely seen", { kind: "unnamed", bestConfidence: 0.45 }],
		[
			"one that is tiny in the picture",
			{ kind: "unnamed", stand: { ...stand, box: { x1: 0.5, y1: 0.5, x2: 0.55, y2: 0.6 } } },
		],
	])("not %s", (_what, more) => {
		expect(staysIn(lane, [track(more)])).toEqual([]);
	});

	test("a thing without a name that drove in is a vehicle", () => {
		expect(staysIn(lane, [track({ kind: "unnamed", labels: { "cell phone": 2 } })])).toMatchObject([
			{ occupant: { cause: "vehicle", label: "vehicle" } },
		]);
	});

	test.each<[string, Partial<Track>]>([
		["it was never surely seen", { bestConfidence: 0.39 }],
		["the detector saw it for too little of its stay", { stand: { ...stand, detectedMs: 1_900 } }],
	])("it is not confirmed where %s", (_why, more) => {
		expect(staysIn(lane, [track(more)])).toMatchObject([{ confirmed: false }]);
	});

	test("boxes of whatever stands there, seen or not, are told to the rules for goods", () => {
		const gone = track({ id: 2, stand: { ...stand, missingSince: 9_000 } });
		expect(standingBoxes([track(), track({ id: 3, stand: null }), gone])).toContainEqual(here);
	});
});

describe("something settles in a zone", () => {
	const settling = (more: Partial<Track>) => isSettlingIn(lane, [track({ stand: null, ...more })], 9_000);

	test("when it is seen at one place in this look and the one before", () => {
		expect(settling({})).toBe(true);
	});

	test.each<[string, Partial<Track>]>([
		["it stands already", { stand }],
		["it was seen once", { sightings: [sighting(9_000)] }],
		["this look does not show it", { sightings: [sighting(7_000), sighting(8_000)] }],
		["it moves", { sightings: [sighting(8_000, carBox(0.35)), sighting(9_000)] }],
		["it is no vehicle", { kind: "unnamed" }],
		["it is elsewhere", { sightings: [sighting(8_000, elsewhere), sighting(9_000, elsewhere)] }],
	])("not where %s", (_why, more) => {
		expect(settling(more)).toBe(false);
	});
});

describe("what lies in a zone and has no name", () => {
	const grid = gridOf({ width: 160, height: 90 });
	const cellsOf = (box: Box) => [...cellsUnder(grid, [box])].flatMap((one, cell) => (one === 1 ? [cell] : []));
	const thing = (box: Box, more: Partial<Thing> = {}): Thing => ({
		id: 7,
		since: 2_000,
		seenAt: 9_000,
		missingSince: null,
		cells: cellsOf(box),
		attended: false,
		confidence: 0.7,
		...more,
	});
	const stays = (zone: Polygon, things: readonly Thing[]) =>
		goodsStaysIn({ polygon: zone }, { ...noGoods, layers: newLayers(grid), things });

	test("is goods, with an outline and an id that no track has", () => {
		const [stay, ...more] = stays(lane, [thing({ x1: 0.45, y1: 0.45, x2: 0.55, y2: 0.55 })]);
		expect(more).toEqual([]);
		expect(stay).toMatchObject({ trackId: -7, since: 2_000, confirmed: true, occupant: { cause: "object" } });
		expect(stay!.occupant.outline[0]!.length).toBeGreaterThanOrEqual(4);
	});

	test("is not confirmed while somebody stands by it", () => {
		expect(stays(lane, [thing(carBox(0.42), { attended: true })])).toMatchObject([{ confirmed: false }]);
	});

	test("lies in it with a third of itself, or when it covers half of a small zone", () => {
		expect(stays(lane, [thing({ x1: 0.2, y1: 0.4, x2: 0.36, y2: 0.5 })])).toHaveLength(1);
		expect(stays(lane, [thing({ x1: 0.02, y1: 0.4, x2: 0.32, y2: 0.5 })])).toEqual([]);
		const hydrant: Polygon = [
			[0.5, 0.5],
			[0.54, 0.5],
			[0.54, 0.56],
			[0.5, 0.56],
		];
		expect(stays(hydrant, [thing({ x1: 0.2, y1: 0.2, x2: 0.8, y2: 0.8 })])).toHaveLength(1);
	});

	test("is too small to count by metres where the lane is calibrated, else by its share of the lane's width", () => {
		const wide: Polygon = [
			[0, 0],
			[1, 0],
			[1, 1],
			[0, 1],
		];
		const small = thing({ x1: 0.45, y1: 0.45, x2: 0.52, y2: 0.54 });
		const lies = (place: Parameters<typeof goodsStaysIn>[0]) =>
			goodsStaysIn(place, { ...noGoods, layers: newLayers(grid), things: [small] }).length;
		expect(lies({ polygon: wide, calibration: { widthM: 3, lengthM: 3 } })).toBe(0);
		expect(lies({ polygon: wide, calibration: { widthM: 12, lengthM: 12 } })).toBe(1);
		// A calibration that nothing can be told by says nothing of the size.
		expect(lies({ polygon: lane, calibration: { widthM: 0, lengthM: 0 } })).toBe(1);
		expect(lies({ polygon: wide })).toBe(1);
		const speck = thing({ x1: 0.45, y1: 0.45, x2: 0.47, y2: 0.49 });
		const speckLies = (polygon: Polygon) =>
			goodsStaysIn({ polygon }, { ...noGoods, layers: newLayers(grid), things: [speck] }).length;
		expect(speckLies(wide)).toBe(0);
		const across: Polygon = [
			[0, 0.1],
			[1, 0.1],
			[1, 0.9],
			[0, 0.9],
		];
		expect(speckLies(across)).toBe(1);
		const alongIt: Polygon = [
			[0.05, 0],
			[0.6, 0],
			[0.6, 1],
			[0.05, 1],
		];
		expect(speckLies(alongIt)).toBe(0);
		expect(speckLies(alongIt.map(([x, y]) => [0.2 + x / 2, y]))).toBe(1);
	});

	test("what lies beyond the horizon of a calibration, or beside the lane, is not dropped for its size", () => {
		const away: Polygon = [
			[0.2, 0.9],
			[0.8, 0.9],
			[0.55, 0.5],
			[0.45, 0.5],
		];
		const at = (y: number): Polygon => [
			[0.5, y],
			[0.52, y],
			[0.52, y + 0.03],
			[0.5, y + 0.03],
		];
		const calibration = { widthM: 4, lengthM: 30 };
		expect(isLargeEnough({ polygon: away, calibration }, at(0.85), 16 / 9)).toBe(false);
		expect(isLargeEnough({ polygon: away, calibration }, at(0.1), 16 / 9)).toBe(true);
		expect(isLargeEnough({ polygon: alley }, at(0.9), 16 / 9)).toBe(true);
		expect(isLargeEnough({ polygon: alley }, at(0.2), 16 / 9)).toBe(false);
	});
	const alley: Polygon = [
		[0.2, 0],
		[0.7, 0],
		[0.7, 0.8],
		[0.2, 0.8],
	];

	test("is nothing where there is no thing, no empty lane to compare with, or a thing without cells", () => {
		expect(stays(lane, [])).toEqual([]);
		expect(goodsStaysIn({ polygon: lane }, { ...noGoods, things: [thing(carBox(0.42))] })).toEqual([]);
		expect(stays(carCorner, [thing(carBox(0.42))])).toEqual([]);
	});
	const carCorner: Polygon = [
		[0, 0],
		[0.05, 0],
		[0.05, 0.05],
		[0, 0.05],
	];
});

describe("what a person said belongs there", () => {
	const outline = ({ x1, y1, x2, y2 }: Box): Polygon => [
		[x1, y1],
		[x2, y1],
		[x2, y2],
		[x1, y2],
	];
	const lying = (box: Box): Stay => ({
		trackId: -1,
		since: 0,
		seenAt: 9_000,
		missingSince: null,
		confirmed: true,
		occupant: { cause: "object", label: "object", confidence: 0.7, box, outline: [outline(box)] },
	});
	const bin: Box = { x1: 0.4, y1: 0.4, x2: 0.5, y2: 0.5 };
	const accepted = [{ occupancyId: "lane.1", outline: [outline(bin)] }];

	test("is known again at its place, also when its outline is a little other", () => {
		expect(isAccepted(lying({ ...bin, x2: 0.52 }), accepted)).toBe(true);
	});

	test("is not what lies elsewhere, nor what is much larger, nor anything before that word", () => {
		expect(isAccepted(lying({ x1: 0.6, y1: 0.4, x2: 0.7, y2: 0.5 }), accepted)).toBe(false);
		expect(isAccepted(lying({ x1: 0.3, y1: 0.3, x2: 0.6, y2: 0.6 }), accepted)).toBe(false);
		expect(isAccepted(lying(bin), [])).toBe(false);
	});
});
