import { describe, expect, test } from "vitest";
import { parseOrRefuse } from "#platform/input-error.ts";
import { defaultPolicy } from "#core/scene.ts";
import { expectedStretches, scoreClip } from "../../src/cli/evaluate/score.ts";
import { summarise } from "../../src/cli/evaluate/summary.ts";
import { type TruthEvent, truthSchema } from "../../src/cli/evaluate/truth-file.ts";
import type { ReplayReport, ReportedOccupancy } from "../../src/cli/replay/report.ts";

const policy = { ...defaultPolicy, vehicleOnDelayMs: 5_000, objectOnDelayMs: 8_000, offDelayMs: 3_000 };
const square = [
	[0, 0],
	[1, 0],
	[1, 1],
] as const;

function clipOf(events: readonly TruthEvent[], more: object = {}) {
	const clip = { file: "a.mp4", duration_s: 60, polygons: { lane: square, kerb: square }, events, ...more };
	return parseOrRefuse(truthSchema, { clips: [clip] }, "truth.json").clips[0]!;
}

const stop = (start_s: number, end_s: number, kind: TruthEvent["kind"] = "stop"): TruthEvent => ({
	polygon: "lane",
	kind,
	start_s,
	end_s,
});

function reportOf(
	occupancies: readonly (readonly [enteredS: number, clearedS: number | null, cause?: "object"])[],
): ReplayReport {
	const list = occupancies.map(([enteredS, clearedS, cause]): ReportedOccupancy => ({
		enteredAtMs: enteredS * 1000,
		raisedAtMs: enteredS * 1000 + 5_000,
		clearedAtMs: clearedS === null ? null : clearedS * 1000,
		cause: cause ?? "vehicle",
		label: "car",
		confidence: 0.9,
		plate: null,
	}));
	return {
		video: "a.mp4",
		durationMs: 60_000,
		zones: [{ id: "lane", occupancies: list }],
		stats: { framesDecoded: 60, framesInferred: 60, cpuMs: 1, wallMs: 1 },
	};
}

const scoreOf = (events: readonly TruthEvent[], reported: Parameters<typeof reportOf>[0], more: object = {}) =>
	scoreClip(clipOf(events, more), reportOf(reported), policy);

describe("what is expected", () => {
	const spans = (events: readonly TruthEvent[]) =>
		expectedStretches(clipOf(events), policy).map(({ cause, startS, endS }) => `${cause} ${startS}..${endS}`);

	test("stays that overlap or lie less than 3 s apart are one; 3 s apart they are two", () => {
		expect(spans([stop(20, 30), stop(10, 18), stop(25, 27, "preexisting")])).toEqual(["vehicle 10..30"]);
		expect(spans([stop(10, 17), stop(20, 30)])).toEqual(["vehicle 10..17", "vehicle 20..30"]);
	});

	test("what lasts less than its on-delay and half a second is left out, vehicles and goods apart", () => {
		expect(spans([stop(10, 15.4), stop(30, 35.5)])).toEqual(["vehicle 30..35.5"]);
		expect(spans([stop(10, 18.4, "left_object"), stop(30, 38.5, "left_object")])).toEqual(["object 30..38.5"]);
		expect(spans([stop(10, 30), stop(12, 40, "left_object")])).toEqual(["vehicle 10..30", "object 12..40"]);
	});

	test("bicycles that wait and people who linger are for information", () => {
		expect(spans([stop(0, 50, "bicycle_wait"), stop(0, 50, "person_loiter")])).toEqual([]);
	});
});

describe("found", () => {
	test("by one occupancy over half of it, not by less, not by two halves", () => {
		expect(scoreOf([stop(10, 30)], [[20, 40]]).stretches[0]).toMatchObject({
			alerts: 1,
			startErrorS: 10,
			endErrorS: 10,
		});
		expect(scoreOf([stop(10, 30)], [[20.1, 40]]).stretches[0]).toMatchObject({ found: null, startErrorS: null });
		const halves = scoreOf(
			[stop(10, 30)],
			[
				[10, 19],
				[21, 30],
			],
		);
		expect(halves.stretches[0]).toMatchObject({ found: null, alerts: 2 });
		expect(halves.falseAlerts).toEqual([]);
	});

	test("under the other cause too, and told", () => {
		expect(scoreOf([stop(10, 30)], [[10, 30, "object"]]).stretches[0]).toMatchObject({ causeWrong: true });
	});

	test("an end at the clip's end is left out; one still open elsewhere counts to the end", () => {
		expect(scoreOf([stop(10, 58)], [[10, null]]).stretches[0]!.endErrorS).toBeNull();
		expect(scoreOf([stop(10, 50)], [[10, null]]).stretches[0]!.endErrorS).toBe(10);
	});
});

test("false is what overlaps nothing that happened there, be it for information alone", () => {
	const events = [stop(10, 12), stop(40, 50, "person_loiter"), { ...stop(20, 30), polygon: "kerb" }];
	const { falseAlerts } = scoreOf(events, [
		[9, 11],
		[22, 28],
		[45, 46],
	]);
	expect(falseAlerts).toMatchObject([{ polygon: "lane", enteredAtMs: 22_000 }]);
});

test("the summary counts what is scored", () => {
	const scores = [
		scoreOf(
			[stop(10, 30)],
			[
				[11, 21],
				[22, 32],
			],
		),
		scoreOf([stop(10, 30), stop(10, 30, "left_object")], [[9, 30]]),
		scoreOf([], [[9, 30]]),
		scoreOf([stop(10, 30)], [[50, 55]], { scored: false }),
	];
	expect(summarise(scores)).toMatchObject({
		vehicle: { expected: 2, found: 2, false: 1, precision: 0.667, recall: 1, f1: 0.8 },
		object: { expected: 1, found: 1, false: 0 },
		causeWrong: 1,
		alertsPerStay: 1.333,
		hours: 0.05,
	});
	expect(summarise(scores).startErrorMeanS).toBe(1);
	expect(summarise([])).toMatchObject({ alertsPerStay: null, startErrorMeanS: null, endErrorMeanS: null });
});

test("a wrong truth.json is refused with every problem and its place", () => {
	const clip = {
		file: "../a.mp4",
		duration_s: -1,
		polygons: {
			lane: [
				[0, 0],
				[2, 0],
			],
		},
		events: [
			{ polygon: "lame", kind: "parks", start_s: 5, end_s: 4 },
			{ polygon: "lane", kind: "stop", start_s: 5, end_s: 4 },
		],
	};
	expect(() => parseOrRefuse(truthSchema, { clips: [clip] }, "truth.json")).toThrow(
		/file: must lie below[^]*duration_s[^]*polygons\.lane[^]*events\[0\]\.kind[^]*events\[1\]\.end_s: must not lie before start_s/,
	);
	const lame = {
		...clip,
		file: "a.mp4",
		duration_s: 9,
		polygons: { lane: square },
		events: [{ ...stop(1, 2), polygon: "lame" }],
	};
	expect(() => parseOrRefuse(truthSchema, { clips: [lame] }, "truth.json")).toThrow(
		`truth.json: clips[0].events[0].polygon: "lame" is none of this clip's polygons (lane)`,
	);
});
