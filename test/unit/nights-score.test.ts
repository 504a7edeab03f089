import { describe, expect, test } from "vitest";
import type { OccupancyEvent } from "#core/occupancy/types.ts";
import { laneStory } from "../../fixtures/nights/evaluate/lane-story.ts";
import { scoreNight } from "../../fixtures/nights/evaluate/score-night.ts";
import { showNights } from "../../fixtures/nights/evaluate/show-nights.ts";
import { type Night, night } from "../../fixtures/nights/night.ts";
import { evaluationPolicy } from "../../src/cli/evaluate/clip-scene.ts";
import type { ReplayReport, ReportedOccupancy } from "../../src/cli/replay/report.ts";

const policy = evaluationPolicy(1000);
const stay = { kind: "stop", class: "car", fromS: 10, toS: 50, note: "" } as const;
const blindNight = night({
	name: "fog-bank",
	condition: "blindness",
	description: "",
	durationS: 60,
	seed: 1,
	actors: [{ kind: "vehicle", spriteAt: () => null, events: [stay] }],
	blind: [{ fromS: 20, toS: 40, reason: "lens_covered" }],
});

describe("the story of a lane", () => {
	test("is what its changes of state say, each until the next", () => {
		const story = laneStory(
			[changed(0, "clear"), changed(20_000, "unknown", "lens_covered"), changed(41_000, "occupied")],
			60,
		);
		expect(story.map(({ state, fromS, toS }) => [state, fromS, toS])).toEqual([
			["clear", 0, 20],
			["unknown", 20, 41],
			["occupied", 41, 60],
		]);
	});
});

describe("a blind night", () => {
	test("is as it should be where the occupancy holds and the blindness is told", () => {
		const score = scored(
			blindNight,
			[occupancy(10, 50)],
			[changed(0, "clear"), changed(23_000, "unknown", "lens_covered"), changed(41_000, "occupied")],
		);
		expect(score.failures).toEqual([]);
		expect(score.remarks).toEqual([]);
		expect(score.blind).toEqual({ expectedS: 20, toldS: 17, withoutCauseS: 0 });
	});

	test("fails where the lane is clear ten seconds after the lens was covered", () => {
		const score = scored(blindNight, [occupancy(10, 50)], [changed(0, "occupied"), changed(25_000, "clear")]);
		expect(score.failures).toEqual(["lens_covered from 20 s to 40 s was taken for clear"]);
		expect(score.remarks).toEqual(["lens_covered from 20 s to 40 s was not told"]);
	});

	test("fails where one stay raises two alerts", () => {
		const score = scored(blindNight, [occupancy(10, 35), occupancy(41, 50)], [changed(0, "unknown", "starting")]);
		expect(score.failures).toEqual(["vehicle from 10 s to 50 s raised 2 alerts"]);
	});

	test("tells a wrong reason, and blindness without cause", () => {
		const score = scored(
			blindNight,
			[occupancy(10, 50)],
			[changed(0, "clear"), changed(10_000, "unknown", "too_dark"), changed(42_000, "occupied")],
		);
		expect(score.remarks).toEqual([
			"unknown since 10.0 s for the wrong reason: too_dark, not lens_covered",
			"unknown for 9.0 s though the camera saw",
		]);
	});
});

test("the table has a row for each condition and names what failed", () => {
	const lost = scored(blindNight, [], [changed(0, "clear")]);
	const lines = showNights([lost]).split("\n");
	expect(lines[1]).toMatch(/^blindness +1 +0 of 1 +0 of 0 +0 +- +- +- +0 of 20 +0$/);
	expect(lines).toContain("FAILED  fog-bank: vehicle from 10 s to 50 s was not found");
	expect(lines.at(-1)).toBe("0 of 1 nights as they should be");
});

function scored(of: Night, occupancies: readonly ReportedOccupancy[], events: readonly OccupancyEvent[]) {
	const stats = { framesDecoded: 0, framesInferred: 0, cpuMs: 0, wallMs: 0 };
	const report: ReplayReport = {
		video: "",
		durationMs: of.durationS * 1000,
		zones: [{ id: "lane-1", occupancies }],
		stats,
	};
	return scoreNight(of, report, laneStory(events, of.durationS), policy);
}

function occupancy(fromS: number, toS: number): ReportedOccupancy {
	const [enteredAtMs, clearedAtMs] = [fromS * 1000, toS * 1000];
	return {
		enteredAtMs,
		raisedAtMs: enteredAtMs,
		clearedAtMs,
		cause: "vehicle",
		label: "car",
		confidence: 1,
		plate: null,
	};
}

function changed(
	at: number,
	state: "clear" | "occupied" | "unknown",
	reason: "lens_covered" | "too_dark" | "starting" | null = null,
): OccupancyEvent {
	return { kind: "stateChanged", zoneId: "lane-1", at, since: at, state, reason };
}
