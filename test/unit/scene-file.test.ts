import { expect, test } from "vitest";
import { sceneFileSchema } from "#contract/scene-file.ts";
import { blindAfterMs, defaultPolicy, mergePolicies } from "#core/scene.ts";
import { InputError, parseOrRefuse } from "#platform/input-error.ts";

const zone = {
	id: "lane-1",
	kind: "fire_lane",
	polygon: [
		[0.2, 0.4],
		[0.6, 0.4],
		[0.9, 0.8],
	],
};

test("every key of the policy may be left out; what is left out is as at the edge", () => {
	const scene = parseOrRefuse(sceneFileSchema, { zones: [zone], policy: { offDelayMs: 3000 } }, "scene.json");
	expect(scene.policy).toEqual({ ...defaultPolicy, offDelayMs: 3000 });
	expect(parseOrRefuse(sceneFileSchema, { zones: [zone] }, "scene.json").policy).toEqual(defaultPolicy);
});

test("a zone may have its own policy, hours and armed hours; its kind's defaults are the edge's", () => {
	const hours = [{ from: "22:00", to: "07:00", policy: { offDelayMs: 1 } }];
	const armed = [{ from: "22:00", to: "07:00" }];
	const own = { ...zone, id: "hydrant", kind: "hydrant_front", policy: { offDelayMs: 2 }, hours, armed };
	const { zones } = parseOrRefuse(sceneFileSchema, { zones: [zone, own] }, "scene.json");
	expect(zones).toEqual([
		{ ...zone, policy: defaultPolicy },
		{
			...{ id: "hydrant", kind: "hydrant_front", polygon: zone.polygon },
			policy: { ...defaultPolicy, vehicleOnDelayMs: 60_000, offDelayMs: 2 },
			times: { timeZone: "UTC", hours, armed, permits: [] },
		},
	]);
});

test("every problem at once, each with its place and what is allowed", () => {
	const bad = {
		zones: [
			{
				...zone,
				kind: "lane",
				polygon: [
					[0, 0],
					[1, 1.5],
				],
			},
			{ ...zone, id: "a b" },
		],
		policy: { offDelayMs: -1, onDelay: 5 },
		zone: 1,
	};
	const problems = problemsOf(bad);
	for (const place of [
		"zones[0].kind",
		"zones[0].polygon",
		"zones[1].id",
		"policy.offDelayMs",
		"policy.onDelay",
		"zone:",
	]) {
		expect(
			problems.filter((problem) => problem.startsWith(`scene.json: ${place}`)),
			place,
		).not.toEqual([]);
	}
	expect(problemsOf({ zones: [] })).toEqual(["scene.json: zones: needs at least one zone"]);
	expect(problemsOf({ zones: [zone], policy: { offDelayMs: 3_600_000 } })).toEqual([
		"scene.json: policy.offDelayMs: a lane that is free may not count as occupied for more than 10 minutes",
	]);
	expect(problemsOf({ zones: [zone, zone] })).toEqual([`scene.json: zones[1].id: "lane-1" is used twice`]);
});

test("a zone may name its real size, if it can have it", () => {
	const polygon = [[0.1, 0.9], [0.9, 0.9], [0.6, 0.3], [0.4, 0.3]]; // prettier-ignore
	const sized = (calibration: unknown, outline = polygon) => ({ zones: [{ ...zone, polygon: outline, calibration }] });
	const size = { widthM: 4, lengthM: 20 };
	expect(sceneFileSchema.parse(sized(size)).zones[0]?.calibration).toEqual(size);
	expect(problemsOf(sized(size, polygon.slice(1)))).toEqual([
		"scene.json: zones[0].calibration: a width and a length need a polygon of exactly 4 points",
	]);
	expect(problemsOf(sized({ widthM: 4 }))[0]).toMatch(
		/^scene.json: zones\[0\].calibration: needs widthM and lengthM of/,
	);
});

test("of policies the last that sets a key decides", () => {
	expect(mergePolicies(defaultPolicy, { offDelayMs: 1 }, { offDelayMs: undefined, vehicleOnDelayMs: 2 })).toEqual({
		...defaultPolicy,
		offDelayMs: 1,
		vehicleOnDelayMs: 2,
	});
});

test("a camera that is looked at seldom is not blind between two looks", () => {
	expect(blindAfterMs(500)).toBe(defaultPolicy.blindAfterMs);
	expect(blindAfterMs(10_000)).toBe(30_000);
});

function problemsOf(scene: unknown): readonly string[] {
	try {
		parseOrRefuse(sceneFileSchema, scene, "scene.json");
	} catch (error) {
		if (error instanceof InputError) return error.problems;
		throw error;
	}
	return [];
}
