import { describe, expect, test } from "vitest";
import { reduceZone } from "#core/occupancy/reduce-zone.ts";
import type { Stay } from "#core/occupancy/stay.ts";
import type { OccupancyEvent } from "#core/occupancy/types.ts";
import { acceptOpen, countBlindTime, markUnknown, newZone, type ZoneState } from "#core/occupancy/zone-state.ts";
import { carBox, shortDelays } from "../support/synthetic-camera.ts";

const policy = { ...shortDelays, objectOnDelayMs: 9_000 };

interface Look {
	readonly at: number;
	readonly stays?: readonly Stay[];
	readonly settling?: boolean;
}

/** A stay as one look shows it. */
function stay(since: number, seenAt: number, more: Partial<Stay> = {}): Stay {
	const occupant = { cause: "vehicle" as const, label: "car", confidence: 0.8, box: carBox(0.42), outline: [] };
	return { trackId: 1, since, occupant, seenAt, missingSince: null, confirmed: true, ...more };
}

function life(looks: readonly Look[], from: ZoneState = newZone("lane", 0, "starting")) {
	let zone = from;
	const events: OccupancyEvent[] = [];
	const states: string[] = [];
	for (const { at, stays = [], settling = false } of looks) {
		const step = reduceZone(zone, { at, stays, settling }, policy);
		zone = step.zone;
		events.push(...step.events);
		states.push(`${at} ${zone.state} since ${zone.since}`);
	}
	return { zone, events, states, told: events.map(({ kind, at }) => `${at} ${kind}`) };
}

const raised = life([{ at: 0 }, { at: 5_000, stays: [stay(0, 5_000)] }]).zone;

test("clear, pending, occupied, clearing, clear: each since when it is so", () => {
	const { states, told, zone, events } = life([
		{ at: 1_000 },
		{ at: 4_000, stays: [stay(2_000, 4_000)] },
		{ at: 6_000, stays: [stay(2_000, 6_000)] },
		{ at: 7_000, stays: [stay(2_000, 7_000)] },
		{ at: 10_000, stays: [stay(2_000, 10_000)] },
		{ at: 11_000, stays: [stay(2_000, 10_000, { missingSince: 11_000 })] },
		{ at: 13_000 },
		{ at: 14_000 },
		{ at: 15_000 },
	]);
	expect(states).toEqual([
		"1000 clear since 1000",
		"4000 pending since 2000",
		"6000 pending since 2000",
		"7000 occupied since 7000",
		"10000 occupied since 7000",
		"11000 clearing since 10500",
		"13000 clearing since 10500",
		"14000 clear since 10500",
		"15000 clear since 10500",
	]);
	expect(told).toEqual(["4000 entered", "7000 raised", "14000 cleared"]);
	expect(events.at(-1)).toMatchObject({
		by: "camera",
		period: { occupancyId: `lane.${(2000).toString(36)}`, enteredAt: 2_000, raisedAt: 7_000, clearedAt: 10_500 },
	});
	expect(zone.open).toBeNull();
});

describe("what raises nothing", () => {
	test.each<[string, readonly Look[], string[]]>([
		[
			"a stay shorter than its on-delay",
			[{ at: 3_000, stays: [stay(1_000, 3_000)] }, { at: 5_500, stays: [stay(1_000, 5_500)] }, { at: 7_000 }],
			["3000 entered", "7000 left"],
		],
		[
			"one whose place is hidden when its on-delay is over",
			[
				{ at: 3_000, stays: [stay(1_000, 3_000)] },
				{ at: 7_000, stays: [stay(1_000, 3_000)] },
			],
			["3000 entered"],
		],
		[
			"one that was never surely seen",
			[{ at: 9_000, stays: [stay(1_000, 9_000, { confirmed: false })] }],
			["9000 entered"],
		],
		[
			"goods that lie there for less than goods must",
			[{ at: 8_000, stays: [stay(0, 8_000, { occupant: { ...stay(0, 0).occupant, cause: "object" } })] }],
			["8000 entered"],
		],
		[
			"two stays that are long enough together",
			[
				{ at: 3_000, stays: [stay(0, 3_000)] },
				{ at: 4_000, stays: [stay(2_000, 4_000, { trackId: 2 })] },
				{ at: 6_000, stays: [stay(2_000, 6_000, { trackId: 2 })] },
			],
			["3000 entered", "4000 left", "4000 entered"],
		],
	])("%s", (_what, looks, told) => {
		expect(life(looks).told).toEqual(told);
		expect(life(looks).zone.open).toBeNull();
	});
});

test("goods that lie long enough raise under their own cause", () => {
	const goods = stay(0, 9_000, { occupant: { ...stay(0, 0).occupant, cause: "object", label: "object" } });
	expect(life([{ at: 9_000, stays: [goods] }]).zone.open).toMatchObject({ cause: "object", enteredAt: 0 });
});

test("a stay that goes missing is waited for during the off-delay, then it has left and begins anew", () => {
	const gone = { missingSince: 3_000 };
	const { states, told } = life([
		{ at: 2_000, stays: [stay(0, 2_000)] },
		{ at: 3_000, stays: [stay(0, 2_000, gone)] },
		{ at: 5_000, stays: [stay(0, 2_000, gone)] },
		{ at: 6_000, stays: [stay(0, 2_000, gone)] },
		{ at: 7_000, stays: [stay(0, 7_000)] },
		{ at: 10_000, stays: [stay(0, 10_000)] },
		{ at: 11_000, stays: [stay(0, 11_000)] },
	]);
	expect(states.map((state) => state.split(" ")[1])).toEqual([
		"pending",
		"pending",
		"pending",
		"clear",
		"pending",
		"pending",
		"occupied",
	]);
	expect(told).toEqual(["2000 entered", "6000 left", "7000 entered", "11000 raised"]);
});

test("what fulfils the on-delay first is the occupancy, though another came before", () => {
	const { told, zone } = life([
		{ at: 3_000, stays: [stay(0, 3_000)] },
		{ at: 8_000, stays: [stay(0, 3_000), stay(2_000, 8_000, { trackId: 2 })] },
	]);
	expect(told).toEqual(["3000 entered", "8000 left", "8000 entered", "8000 raised"]);
	expect(zone.open?.enteredAt).toBe(2_000);
});

test("of two that came at the same instant the one that was followed first leads, in whatever order they are told", () => {
	const both = [stay(0, 5_000, { trackId: 4 }), stay(0, 5_000, { trackId: 2 })];
	for (const stays of [both, both.toReversed()]) {
		expect(life([{ at: 3_000, stays }]).zone.leading).toEqual({ trackId: 2, since: 0 });
	}
});

describe("while it is open", () => {
	const goods = (since: number, at: number) =>
		stay(since, at, { trackId: -1, occupant: { ...stay(0, 0).occupant, cause: "object", label: "object" } });

	test("goods go on with it only when they have lain there for as long as goods must", () => {
		const young = life(
			[
				{ at: 6_000, stays: [goods(4_000, 6_000)] },
				{ at: 9_000, stays: [goods(4_000, 9_000)] },
			],
			raised,
		);
		expect(young.told[0]).toBe("9000 cleared");
		const old = life([{ at: 20_000, stays: [goods(4_000, 20_000)] }], raised);
		expect(old.zone).toMatchObject({ state: "occupied", open: { enteredAt: 0 } });
	});

	test("another that stands there when the first leaves goes on with the same occupancy", () => {
		const { zone, told } = life(
			[
				{ at: 8_000, stays: [stay(0, 8_000), stay(7_000, 8_000, { trackId: 2 })] },
				{
					at: 9_000,
					stays: [stay(7_000, 9_000, { trackId: 2, occupant: { ...stay(0, 0).occupant, confidence: 0.9 } })],
				},
			],
			raised,
		);
		expect(told).toEqual([]);
		expect(zone).toMatchObject({ state: "occupied", open: { enteredAt: 0, confidence: 0.9 } });
	});

	test("a faint box of which the model never was sure holds no occupancy", () => {
		const faint = { ...stay(0, 0).occupant, confidence: 0.36 };
		const { told } = life(
			[
				{ at: 6_000, stays: [stay(5_000, 6_000, { trackId: 2, occupant: faint })] },
				{ at: 9_000, stays: [stay(5_000, 9_000, { trackId: 2, occupant: faint })] },
			],
			raised,
		);
		expect(told[0]).toBe("9000 cleared");
	});

	test("one that comes within the off-delay goes on with it too, one that settles delays the clearing", () => {
		const { states, told } = life(
			[
				{ at: 6_000 },
				{ at: 9_000, settling: true },
				{ at: 10_000, stays: [stay(8_500, 10_000, { trackId: 2 })] },
				{ at: 11_000 },
				{ at: 14_000 },
			],
			raised,
		);
		expect(told).toEqual(["14000 cleared"]);
		expect(states.map((state) => state.split(" ")[1])).toEqual([
			"clearing",
			"clearing",
			"occupied",
			"clearing",
			"clear",
		]);
	});

	test("nothing that stood there before the clearing counts from before it", () => {
		const cleared = life([{ at: 6_000 }, { at: 9_000 }], raised).zone;
		const { zone } = life([{ at: 12_000, stays: [stay(0, 12_000)] }], cleared);
		expect(zone.open?.enteredAt).toBe(6_000);
		expect(zone.open?.occupancyId).not.toBe(raised.open?.occupancyId);
	});

	test("unknown keeps it, whatever for and however long; the first look goes on with it", () => {
		const blind = markUnknown(markUnknown(raised, 6_000, "stream_lost"), 7_000, "detector_failed");
		expect(blind).toMatchObject({ state: "unknown", since: 6_000, reason: "detector_failed", open: raised.open });
		const back = life([{ at: 90_000, stays: [stay(0, 90_000)] }], blind);
		expect(back.told).toEqual([]);
		expect(back.zone).toMatchObject({ state: "occupied", since: 90_000, reason: null, open: { enteredAt: 0 } });
	});

	test("gone when the picture returns: free since it was shown free, not since before", () => {
		const blind = markUnknown(raised, 6_000, "stream_lost");
		const { told, events } = life([{ at: 90_000 }, { at: 93_000 }], blind);
		expect(told).toEqual(["93000 cleared"]);
		expect(events[0]).toMatchObject({ period: { clearedAt: 90_000 } });
	});
});

describe("blind time", () => {
	const blind = newZone("lane", 2_000, "starting");

	test("is what passed since the look before, however late it was noticed", () => {
		expect(countBlindTime(blind, 3_000, 9_000).blindMs).toBe(6_000);
		expect(countBlindTime({ ...blind, blindMs: 500 }, 3_000, 9_000).blindMs).toBe(6_500);
	});

	test("does not reach back to before the zone was watched", () => {
		expect(countBlindTime(blind, null, 9_000).blindMs).toBe(7_000);
		expect(countBlindTime(blind, 1_000, 9_000).blindMs).toBe(7_000);
	});

	test("is none while the lane is known", () => {
		expect(countBlindTime(raised, 3_000, 9_000)).toBe(raised);
	});
});

describe("a person says that it belongs there", () => {
	test("what is open is cleared by that word, and counts no more from before it", () => {
		const { zone, events } = acceptOpen(raised, 8_000.4);
		expect(events).toMatchObject([{ kind: "cleared", by: "accepted", period: { enteredAt: 0, clearedAt: 8_000 } }]);
		expect(zone).toMatchObject({ state: "clear", open: null, countsFrom: 8_000 });
	});

	test("where nothing is open, nothing happens", () => {
		const free = newZone("lane", 0, "starting");
		expect(acceptOpen(free, 8_000)).toEqual({ zone: free, events: [] });
	});
});
