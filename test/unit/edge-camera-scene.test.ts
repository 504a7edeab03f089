import { describe, expect, test } from "vitest";
import { edgeConfigAnswer } from "#contract/edge-api.ts";
import { zoneSchema } from "#contract/zones.ts";
import { rulesAt } from "#core/policy/rules-at.ts";
import { defaultPolicy } from "#core/scene.ts";
import { sceneOf } from "../../edge/camera-scene.ts";

const zone = {
	id: "lane-1",
	name: "南门",
	kind: "fire_lane",
	polygon: [
		[0.2, 0.4],
		[0.6, 0.4],
		[0.9, 0.8],
	],
};
const camera = { id: "c1", name: "南门", url: "rtsp://camera/1", transport: "tcp", sampleEveryMs: 1000 };
const delays = { vehicleOnDelayMs: 10_000, objectOnDelayMs: 20_000, offDelayMs: 3_000 };
const answer = { revision: 1, siteId: "s", edgeId: "e", policy: delays, cameras: [{ ...camera, zones: [zone] }] };
const onlyZone = (given: object) => {
	const config = edgeConfigAnswer.parse({ ...answer, ...given });
	return sceneOf(config.cameras[0]!, config).zones[0]!;
};

describe("the edge's configuration", () => {
	test("from a server of an earlier version: its delays hold, always, and nobody has a permit", () => {
		const { policy, times } = onlyZone({});
		expect(policy).toEqual({ ...defaultPolicy, ...delays });
		expect(times).toEqual({ timeZone: "Asia/Shanghai", hours: [], armed: null, permits: [] });
	});

	test("what the site sets holds, and the kind's defaults where it sets nothing", () => {
		const hydrant = [{ ...camera, zones: [{ ...zone, kind: "hydrant_front" }] }];
		const site = { policy: { offDelayMs: 5_000 }, hours: [] };
		expect(onlyZone({ site, cameras: hydrant }).policy).toEqual({
			...defaultPolicy,
			vehicleOnDelayMs: 60_000,
			offDelayMs: 5_000,
		});
	});

	test("permits reach the zone of their lane alone", () => {
		const permit = { id: "p1", laneId: "lane-1", plate: null, from: 1_000, until: 2_000 };
		const other = { ...permit, id: "p2", laneId: "lane-2" };
		const watched = onlyZone({ permits: [permit, other] });
		expect(watched.times?.permits.map(({ id }) => id)).toEqual(["p1"]);
		expect(rulesAt(watched, 1_500).vehicle.exempt).toMatchObject({ permitId: "p1" });
	});

	test("a time zone that this machine does not know is refused", () =>
		expect(edgeConfigAnswer.safeParse({ ...answer, timeZone: "Mars/Olympus" }).success).toBe(false));
});

describe("hours of the day", () => {
	const problemsOf = (hours: object) => {
		const parsed = zoneSchema.safeParse({ ...zone, armed: [hours] });
		return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
	};

	test.each([
		{ from: "22:00", to: "07:00" },
		{ from: "00:00", to: "24:00" },
		{ days: [6, 7], from: "00:00", to: "23:59" },
	])("%o are taken", (hours) => expect(problemsOf(hours)).toEqual([]));

	test.each([
		[{ from: "08:00", to: "08:00" }, "armed.0.to: may not be the same as from: the whole day is 00:00 to 24:00"],
		[{ from: "8:00", to: "09:00" }, "armed.0.from: must be a time of day from 00:00 to 23:59"],
		[{ from: "24:00", to: "09:00" }, "armed.0.from: must be a time of day from 00:00 to 23:59"],
		[{ days: [], from: "08:00", to: "09:00" }, "armed.0.days: needs at least one day"],
		[{ days: [1, 1], from: "08:00", to: "09:00" }, "armed.0.days: names a day twice"],
	])("%o are refused", (hours, problem) => expect(problemsOf(hours)).toEqual([problem]));

	test("a zone that would never be watched is refused: it is drawn as one to ignore", () =>
		expect(zoneSchema.safeParse({ ...zone, armed: [] }).success).toBe(false));
});

describe("people's words go into the scene", () => {
	const outline = [zone.polygon];

	test("what belongs there", () => {
		const accepted = [{ alertId: "heap-1", outline }];
		const zones = [{ ...zone, accepted }];
		expect(onlyZone({ cameras: [{ ...camera, zones }] }).accepted).toEqual([{ occupancyId: "heap-1", outline }]);
		expect(onlyZone({})).not.toHaveProperty("accepted");
	});

	test("which view was looked at", () => {
		const sceneWith = (more: object) => {
			const config = edgeConfigAnswer.parse({ ...answer, cameras: [{ ...camera, zones: [zone], ...more }] });
			return sceneOf(config.cameras[0]!, config);
		};
		expect(sceneWith({ viewConfirmedAt: 5 }).viewConfirmedAt).toBe(5);
		expect(sceneWith({})).not.toHaveProperty("viewConfirmedAt");
	});
});
