import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import type { ZoneBody } from "#contract/zones.ts";
import type { PolicyAnswer, PolicyChangeAnswer } from "#contract/policy-api.ts";
import { findFixedObstacles } from "../../src/server/policy/fixed-obstacles.ts";
import { adoptConfiguredPolicy } from "../../src/server/policy/site-rules.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";

let server: TestApp;
let admin: Inject;
let anna: Inject;
let edge: ReturnType<TestApp["edge"]>;
let cameraId: string;
beforeEach(async () => {
	server = await buildTestApp({ policy: { offDelayMs: 5_000 } });
	admin = await server.person("boss", "admin");
	anna = await server.person("anna", "duty_officer");
	edge = server.edge("edge-1");
	const camera = { name: "南门", edgeId: "edge-1", url: "rtsp://10.0.0.9/1" };
	cameraId = (await admin("POST", "/api/cameras", { json: camera })).json<CameraAnswer>().id;
});
afterEach(() => server.close());

const zone = (more: Partial<ZoneBody> = {}): ZoneBody => ({
	id: "lane-1",
	name: "南门通道",
	kind: "fire_lane",
	polygon: [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.9, 0.9],
	],
	...more,
});
const night = { from: "22:00", to: "07:00" };
const saveZones = (...zones: ZoneBody[]) => admin("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones } });
const read = async () => (await anna("GET", "/api/policy")).json<PolicyAnswer>();
const change = (body: object, by = admin) => by("PUT", "/api/policy", { json: { basedOn: null, hours: [], ...body } });
const changes = async (query = "") =>
	(await anna("GET", `/api/policy/changes${query}`)).json<{ changes: PolicyChangeAnswer[]; more: boolean }>();
const config = async () => (await edge("GET", "/api/edge/config")).json<EdgeConfigAnswer>();

describe("the site's policy", () => {
	it("is the configuration file's until it is first changed here, and this one from then on", async () => {
		expect(await read()).toMatchObject({ policy: { offDelayMs: 5_000 }, hours: [], from: "config", changedAt: null });
		const answer = await change({ policy: { vehicleOnDelayMs: 90_000 } });
		expect(answer.statusCode, answer.body).toBe(200);
		expect(await read()).toMatchObject({ policy: { vehicleOnDelayMs: 90_000 }, from: "page" });
		expect((await read()).policy).not.toHaveProperty("offDelayMs");
		expect((await config()).site).toEqual({ policy: { vehicleOnDelayMs: 90_000 }, hours: [], emergencyPlates: [] });
	});

	it("tells every edge at once, and says which of them works by it", async () => {
		server.edge("edge-2");
		server.told.length = 0;
		const { revision } = await config();
		const answer = await change({ policy: {}, hours: [{ ...night, policy: { vehicleOnDelayMs: 30_000 } }] });
		expect(server.told.map((told) => told.edge.edgeId)).toEqual(["edge-1", "edge-2"]);
		expect((await config()).revision).toBe(revision + 1);
		expect(answer.json<PolicyAnswer>().edges.map(({ id, applied }) => [id, applied])).toEqual([
			["edge-1", false],
			["edge-2", false],
		]);
		await edge("POST", "/api/edge/config/applied", { json: { revision: revision + 1 } });
		expect((await read()).edges[0]).toEqual({ id: "edge-1", name: "edge-1", state: "never_seen", applied: true });
	});

	it("is sent in full to edges that know the three delays alone", async () => {
		await change({ policy: { objectOnDelayMs: 60_000, clearWidthM: 5 } });
		expect((await config()).policy).toEqual({
			vehicleOnDelayMs: 120_000,
			objectOnDelayMs: 60_000,
			offDelayMs: 10_000,
		});
		expect((await config()).timeZone).toBe("Asia/Shanghai");
	});

	it("keeps who changed it, when, from what and to what", async () => {
		server.clock.now += 1_000;
		await change({ policy: { vehicleOnDelayMs: 90_000 } });
		expect((await changes()).changes).toEqual([
			{
				id: 1,
				at: server.clock.now,
				by: "boss",
				scope: "site",
				zoneId: null,
				zoneName: null,
				before: { policy: { offDelayMs: 5_000 }, hours: [], emergencyPlates: [] },
				after: { policy: { vehicleOnDelayMs: 90_000 }, hours: [], emergencyPlates: [] },
			},
		]);
	});

	it("does nothing where nothing is changed", async () => {
		server.told.length = 0;
		await change({ policy: { offDelayMs: 5_000 } });
		expect([server.told, (await changes()).changes]).toEqual([[], []]);
	});

	it("is not written over what somebody else has changed meanwhile", async () => {
		const first = (await change({ policy: { vehicleOnDelayMs: 1_000 } })).json<PolicyAnswer>();
		const late = await change({ policy: { vehicleOnDelayMs: 2_000 } });
		expect([late.statusCode, late.json()]).toMatchObject([409, { error: "changed_meanwhile" }]);
		const next = await change({ policy: { vehicleOnDelayMs: 2_000 }, basedOn: first.changedAt });
		expect(next.statusCode).toBe(200);
		expect(next.json<PolicyAnswer>().changedAt).not.toBe(first.changedAt);
	});

	it("is changed by administrators alone, and read by everybody", async () =>
		expect((await change({ policy: {} }, anna)).statusCode).toBe(403));

	it.each([
		[{ policy: { offDelayMs: 700_000 } }, "policy.offDelayMs"],
		[{ policy: { blockedWidthM: 5 } }, "policy.blockedWidthM"],
		[{ policy: {}, hours: [{ ...night, policy: { clearWidthM: 2 } }] }, "hours[0].policy.blockedWidthM"],
		[{ policy: {}, hours: [{ ...night, policy: {} }] }, "hours[0].policy"],
		[{ policy: {}, hours: [{ from: "25:00", to: "07:00", policy: { offDelayMs: 1 } }] }, "hours[0].from"],
		[{ policy: { dwell: 5 } }, "policy.dwell"],
	])("%o is refused with its place", async (body, path) => {
		const answer = await change(body);
		expect(answer.statusCode).toBe(400);
		expect(answer.json<{ problems: { path: string }[] }>().problems.map((problem) => problem.path)).toEqual([path]);
		expect((await read()).from).toBe("config");
	});

	it("is refused where a zone's own would make no sense under it", async () => {
		await saveZones(zone({ policy: { blockedWidthM: 3.5 } }));
		expect((await change({ policy: { clearWidthM: 3.2 } })).json()).toMatchObject({
			problems: [{ path: 'zone "南门通道".policy.blockedWidthM' }],
		});
	});

	it("is fetched anew when the configuration file has changed", async () => {
		adoptConfiguredPolicy(server.parts);
		const { revision } = await config();
		adoptConfiguredPolicy(server.parts);
		expect((await config()).revision).toBe(revision);
		adoptConfiguredPolicy({ ...server.parts, config: { ...server.parts.config, policy: {} } });
		expect((await config()).revision).toBe(revision + 1);
	});
});

describe("a zone's policy", () => {
	it("reaches the edge with its hours and armed hours, and comes back as it was", async () => {
		const rules = {
			policy: { vehicleOnDelayMs: 30_000 },
			hours: [{ days: [6, 7], from: "08:00", to: "20:00", policy: { vehicleOnDelayMs: 60_000 } }],
			armed: [night],
		};
		const saved = (await saveZones(zone(rules))).json<CameraAnswer>();
		expect(saved.zones).toEqual([zone(rules)]);
		expect((await config()).cameras[0]?.zones).toEqual([zone(rules)]);
	});

	it("is recorded where it changes, and only there", async () => {
		await saveZones(zone());
		await saveZones(zone({ name: "南门" }));
		expect((await changes()).changes).toEqual([]);
		await saveZones(zone({ armed: [night] }));
		await saveZones(zone({ armed: [night], policy: {}, hours: [] }));
		await saveZones();
		expect((await changes("?zoneId=lane-1")).changes).toMatchObject([
			{ scope: "zone", zoneId: "lane-1", before: { armed: [night] }, after: {} },
			{ scope: "zone", zoneName: "南门通道", by: "boss", before: {}, after: { armed: [night] } },
		]);
		expect((await changes("?limit=1")).more).toBe(true);
	});

	it("that makes no sense over the site's is refused with its place", async () => {
		await change({ policy: {}, hours: [{ ...night, policy: { offDelayMs: 1_000 } }] });
		const answer = await saveZones(
			zone({
				policy: { blockedWidthM: 4.5 },
				hours: [{ from: "07:00", to: "22:00", policy: { offDelayMs: 660_000 } }],
			}),
		);
		expect(answer.json<{ problems: { path: string }[] }>().problems.map(({ path }) => path)).toEqual([
			"zones[0].policy.blockedWidthM",
			"zones[0].hours[0].policy.offDelayMs",
		]);
	});
});

describe("fixed obstacles", () => {
	const day = 86_400_000;
	const fixed = async (id: string) => (await anna("GET", `/api/alerts/${id}`)).json<AlertAnswer>().fixed;
	const put = (id: string, cause: "object" | "vehicle", laneId = "lane-1") => {
		const raisedAt = server.clock.now - day + 1;
		putAlert(server.parts.store, { id, edgeId: "edge-1", laneId, cameraId, raisedAt });
		server.parts.store.prepare("UPDATE alerts SET cause = ? WHERE id = ?").run(cause, id);
	};

	it("are goods that lie for a day, and no vehicle", async () => {
		await saveZones(zone());
		put("pile", "object");
		put("car", "vehicle", "lane-2");
		findFixedObstacles(server.parts);
		expect(await fixed("pile")).toBe(false);
		server.clock.now += 1;
		const before = server.parts.feed.position();
		findFixedObstacles(server.parts);
		findFixedObstacles(server.parts);
		expect([await fixed("pile"), await fixed("car")]).toEqual([true, false]);
		expect(server.parts.feed.since(before)).toMatchObject([{ kind: "alert", subject: "pile" }]);
	});

	it("by the zone's own time, and they stay so", async () => {
		await saveZones(zone({ policy: { fixedAfterMs: 3_600_000 } }));
		put("pile", "object");
		findFixedObstacles(server.parts);
		await saveZones(zone());
		findFixedObstacles(server.parts);
		expect(await fixed("pile")).toBe(true);
	});
});
