import { describe, expect, test } from "vitest";
import { estateNight, type LaneHeard, mustSpeak } from "#core/dissuasion/speak.ts";

const zone = "Asia/Shanghai";
const noon = Date.parse("2026-11-26T12:00:00+08:00");
const night = Date.parse("2026-11-26T23:30:00+08:00");
const entrance = { dwellMs: 60_000, quiet: [] };
const inside = { dwellMs: 60_000, quiet: [estateNight] };
const taken = (at: number, more: Partial<LaneHeard> = {}): LaneHeard => ({
	state: "pending",
	takenSince: at - 60_000,
	spokenAt: null,
	isWatched: true,
	...more,
});

describe("a loudspeaker that speaks by itself", () => {
	test("speaks once the dwell is over, before there is an alert and while there is one", () => {
		expect(mustSpeak(taken(noon), entrance, noon, zone)).toBe(true);
		expect(mustSpeak(taken(noon), entrance, noon - 1, zone)).toBe(false);
		expect(mustSpeak(taken(noon, { state: "occupied" }), entrance, noon, zone)).toBe(true);
	});

	test("speaks once a stay", () => {
		expect(mustSpeak(taken(noon, { spokenAt: noon - 1_000 }), entrance, noon, zone)).toBe(false);
		expect(mustSpeak(taken(noon, { spokenAt: noon - 3_600_000 }), entrance, noon, zone)).toBe(true);
	});

	test.each([
		["clear", { state: "clear", takenSince: null }],
		["about to be clear", { state: "clearing" }],
		["unknown", { state: "unknown" }],
		["taken, nobody knows since when", { takenSince: null }],
		["watched no more", { isWatched: false }],
	] satisfies [string, Partial<LaneHeard>][])("does not speak to a lane that is %s", (_what, more) => {
		expect(mustSpeak(taken(noon, more), entrance, noon, zone)).toBe(false);
	});

	test("is never heard at night inside an estate, and is at an entrance", () => {
		expect(mustSpeak(taken(night), inside, night, zone)).toBe(false);
		expect(mustSpeak(taken(noon), inside, noon, zone)).toBe(true);
		expect(mustSpeak(taken(night), entrance, night, zone)).toBe(true);
	});
});
