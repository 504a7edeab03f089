import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ZoneBody } from "#contract/zones.ts";
import { crossesItself } from "#core/geometry/crossing.ts";
import type { KnownPlaces } from "../../src/web/pages/zones/known-places.ts";
import { placeMetresOf, sideMetresOf } from "../../src/web/pages/zones/typed-metres.ts";
import { problemsOfZone } from "../../src/web/pages/zones/zone-problems.ts";

const zone = (polygon: ZoneBody["polygon"], more: Partial<ZoneBody> = {}): ZoneBody => ({
	id: "zone-a",
	name: "东侧",
	kind: "fire_lane",
	polygon,
	...more,
});
const square: ZoneBody["polygon"] = [
	[0.1, 0.1],
	[0.5, 0.1],
	[0.5, 0.5],
	[0.1, 0.5],
];
const words = (one: ZoneBody, all: readonly ZoneBody[] = [one]) =>
	problemsOfZone(one, all, null).map(({ word }) => word);

describe("what is wrong with a zone", () => {
	test.each([
		["nothing", zone(square), []],
		["no name", zone(square, { name: "  " }), ["nameMissing"]],
		["a bow tie", zone([square[0], square[2], square[1], square[3]] as ZoneBody["polygon"]), ["selfCrossing"]],
		[
			"three points on a line",
			zone([
				[0.1, 0.1],
				[0.2, 0.2],
				[0.3, 0.3],
			]),
			["noArea"],
		],
		[
			"a speck",
			zone([
				[0.1, 0.1],
				[0.14, 0.1],
				[0.14, 0.14],
				[0.1, 0.14],
			]),
			["tooSmall"],
		],
		[
			"a speck that is masked",
			zone(
				[
					[0.1, 0.1],
					[0.14, 0.1],
					[0.14, 0.14],
					[0.1, 0.14],
				],
				{ kind: "ignore" },
			),
			[],
		],
	] as const)("%s", (_, one, expected) => {
		expect(words(one)).toEqual(expected);
	});

	test("a name that another zone has is a warning, not a refusal", () => {
		const other = zone(square, { id: "zone-b", name: "东侧 " });
		expect(problemsOfZone(zone(square), [zone(square), other], null)).toEqual([{ word: "sameName", refused: false }]);
	});
});

describe("the size of a zone", () => {
	const size = { widthM: 4, lengthM: 20 };

	test.each([
		["fits four corners", zone(square, { calibration: size }), []],
		["does not fit three", zone(square.slice(1), { calibration: size }), ["sizeNotFour"]],
		[
			"does not fit a dented shape",
			zone([...square.slice(0, 3), [0.4, 0.2]], { calibration: size }),
			["sizeNotConvex"],
		],
	] as const)("%s", (_, one, expected) => {
		expect(words(one)).toEqual(expected);
	});

	test("that is being measured by points lacks numbers, or says what is wrong with them", () => {
		const places = (metres: readonly (readonly [number | null, number | null])[]) =>
			square.map((at, index) => ({ at, m: metres[index] ?? [null, null] })) as unknown as KnownPlaces;
		const problems = (known: KnownPlaces) => problemsOfZone(zone(square), [], null, known);
		expect(problems(places([[0, 0], [4, null]]))).toEqual([{ word: "sizeUnfinished", refused: false, count: 5 }]); // prettier-ignore
		expect(problems(places([[0, 0], [4, 20], [4, 0], [0, 20]]))).toEqual([{ word: "sizeMisfit", refused: true }]); // prettier-ignore
		expect(problems(places([[0, 0], [4, 0], [8, 0], [0, 20]]))).toEqual([{ word: "sizeInLine", refused: true }]); // prettier-ignore
		expect(problems(places([[0, 0], [4, 0], [4, 20], [0, 20]]))).toEqual([]); // prettier-ignore
	});

	test("says how small a car would be in the camera's video, as a warning", () => {
		const strip = zone([[0.4, 1], [0.44, 1], [0.43, 0.2], [0.41, 0.2]]); // prettier-ignore
		expect(problemsOfZone(strip, [strip], { width: 640, height: 360 })).toEqual([
			{ word: "smallCar", refused: false, count: 6 },
		]);
		expect(problemsOfZone(strip, [strip], { width: 3840, height: 2160 })).toEqual([]);
	});
});

test.each([
	["4.5", 4.5, 4.5],
	["4,5", 4.5, 4.5],
	["４．５", 4.5, 4.5],
	["3。", 3, 3],
	["-2", null, -2],
	["−2.25", null, -2.25],
	["-0", null, 0],
	["0", null, 0],
	["1200", null, 1200],
	["12000", null, null],
	["4.555", null, null],
	["4 m", null, null],
	["-", null, null],
	["", null, null],
])("metres are read from %j as a side %j, as a place %j", (text, side, place) => {
	expect(sideMetresOf(text)).toBe(side);
	expect(placeMetresOf(text)).toBe(place);
});

test("whether a polygon crosses itself depends neither on where it begins nor on its direction", () => {
	// Whole numbers: rounding would decide whether a corner lies on an edge or beside it.
	const point = fc.tuple(fc.nat(30), fc.nat(30));
	fc.assert(
		fc.property(fc.array(point, { minLength: 3, maxLength: 9 }), fc.nat(8), (polygon, turn) => {
			const turned = [...polygon.slice(turn % polygon.length), ...polygon.slice(0, turn % polygon.length)];
			expect(crossesItself(turned)).toBe(crossesItself(polygon));
			expect(crossesItself(polygon.toReversed())).toBe(crossesItself(polygon));
		}),
	);
});
