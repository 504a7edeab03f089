import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { OrganisationAnswer } from "#contract/organisation-api.ts";
import type { WallAnswer } from "#contract/wall-api.ts";
import { putAlert } from "../support/server-rows.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

let server: TestApp;
let admin: Inject;
let anna: Inject;
let cameraId: string;
const polygon = [
	[0.1, 0.1],
	[0.9, 0.1],
	[0.9, 0.9],
];

beforeEach(async () => {
	server = await buildTestApp();
	admin = await server.person("boss", "admin");
	anna = await server.person("anna", "duty_officer");
	server.edge("edge-1");
	const json = { name: "南门", edgeId: "edge-1", url: "rtsp://10.0.0.9/" };
	cameraId = (await admin("POST", "/api/cameras", { json })).json<CameraAnswer>().id;
	const zones = [{ id: "lane-1", name: "南门通道", kind: "fire_lane", polygon }];
	await admin("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones } });
});
afterEach(() => server.close());

const put = (id: string, raisedAt: number, more: object = {}) =>
	putAlert(server.parts.store, { id, edgeId: "edge-1", laneId: "lane-1", cameraId, raisedAt, ...more });
const read = async (id: string) => (await anna("GET", `/api/alerts/${id}`)).json<AlertAnswer>();
const wall = async () => (await anna("GET", "/api/wall")).json<WallAnswer>();

describe("alerts", () => {
	it("shows the open ones on the wall, each with its lane", async () => {
		put("occ-1", 1000, { clearedAt: 2000 });
		put("occ-2", 3000);
		const { lanes, openAlerts } = await wall();
		expect(openAlerts.map(({ id }) => id)).toEqual(["occ-2"]);
		expect(openAlerts[0]).toMatchObject({ laneName: "南门通道", cameraName: "南门", siteId: "estate", state: "open" });
		expect(lanes[0]?.openAlertId).toBe("occ-2");
	});

	it("lists newest first, by pages, by lane and by state", async () => {
		for (let i = 1; i <= 5; i++) put(`occ-${i}`, i * 1000, i < 4 ? { clearedAt: i * 1000 + 10 } : {});
		const list = async (query: string) =>
			(await anna("GET", `/api/alerts?${query}`)).json<{ alerts: AlertAnswer[]; more: boolean }>();
		const first = await list("limit=2");
		expect([first.alerts.map(({ id }) => id), first.more]).toEqual([["occ-5", "occ-4"], true]);
		const last = await list("limit=3&before=4000");
		expect([last.alerts.map(({ id }) => id), last.more]).toEqual([["occ-3", "occ-2", "occ-1"], false]);
		expect((await list("state=cleared")).alerts).toHaveLength(3);
		expect((await list("laneId=elsewhere")).alerts).toEqual([]);
		expect((await anna("GET", "/api/alerts?limit=0&state=odd")).json()).toMatchObject({
			problems: [{ path: "state" }, { path: "limit" }],
		});
	});

	it("lists by district, street, site, responsible party and class, as far as the reader's sites go", async () => {
		const add = async (kind: string, json: object) =>
			(await admin("POST", `/api/organisation/${kind}`, { json })).json<{ id: string }>().id;
		const districtId = await add("districts", { name: "东区" });
		const streetId = await add("streets", { name: "榆树街道", districtId });
		const siteId = await add("sites", { name: "商场", streetId });
		server.edge("edge-2", siteId);
		const camera = await admin("POST", "/api/cameras", {
			json: { name: "坡道", edgeId: "edge-2", url: "rtsp://10.0.0.8/" },
		});
		const { id: rampId } = camera.json<CameraAnswer>();
		const zones = [{ id: "lane-2", name: "坡道通道", kind: "fire_lane", polygon }];
		await admin("PUT", `/api/cameras/${rampId}/zones`, { json: { zones } });
		const { store } = server.parts;
		put("occ-estate", 1000, { outline: [polygon] });
		putAlert(store, { id: "occ-mall", edgeId: "edge-2", laneId: "lane-2", cameraId: rampId, raisedAt: 2000 });
		const { streets } = (await admin("GET", "/api/organisation")).json<OrganisationAnswer>();
		const partyId = streets.find(({ id }) => id === streetId)?.partyId;
		const list = async (query: string, by = anna) =>
			(await by("GET", `/api/alerts?${query}`)).json<{ alerts: AlertAnswer[] }>().alerts.map(({ id }) => id);

		for (const query of [
			`districtId=${districtId}`,
			`streetId=${streetId}`,
			`siteId=${siteId}`,
			`partyId=${partyId}`,
		]) {
			expect([query, await list(query)]).toEqual([query, ["occ-mall"]]);
		}
		expect(await list("cause=object")).toEqual(["occ-estate"]);
		expect(await list(`cause=object&siteId=${siteId}`)).toEqual([]);
		expect(await list("siteId=nowhere")).toEqual([]);
		expect((await anna("GET", "/api/alerts?cause=tree")).statusCode).toBe(400);

		const scopes = [{ kind: "site" as const, id: "estate" }];
		const nearby = await server.person("nearby", "duty_officer", { scopes });
		expect(await list(`siteId=${siteId}`, nearby)).toEqual([]);
		expect(await list(`partyId=${partyId}`, nearby)).toEqual([]);
		// What her page offers to choose from names nothing beyond her sites.
		expect((await nearby("GET", "/api/organisation")).body).not.toMatch(/东区|榆树|商场|坡道/);
	});

	it("tells in the alert what people said of it, and none of it clears the alert", async () => {
		put("occ-1", 1000);
		const say = (json: object) => anna("POST", "/api/alerts/occ-1/handling", { json });
		await say({ kind: "reported_cleared" });
		await say({ kind: "false_alarm", reason: "passing" });
		expect(await read("occ-1")).toMatchObject({
			state: "open",
			clearedAt: null,
			acknowledged: null,
			falseAlarm: { by: "anna", at: server.clock.now },
			reportedCleared: { by: "anna" },
			handling: { state: "false_alarm", position: 2 },
		});
	});

	it("says that a lane is unknown while its edge was never seen, or is away", async () => {
		const { store } = server.parts;
		expect((await wall()).lanes[0]).toMatchObject({ state: "unknown", reason: "never_seen", since: null });
		store.prepare("UPDATE edges SET state = 'online', state_since = 100").run();
		expect((await wall()).lanes[0]).toMatchObject({ state: "unknown", reason: "starting" });
		store.prepare("UPDATE lanes SET state = 'occupied', since = 150, state_at = 150").run();
		expect((await wall()).lanes[0]).toMatchObject({ state: "occupied", reason: null, since: 150 });
		store.prepare("UPDATE edges SET state = 'offline', state_since = 200").run();
		expect((await wall()).lanes[0]).toMatchObject({ state: "unknown", reason: "edge_offline", since: 200 });
	});

	it("keeps the history of a camera and lane that are gone", async () => {
		put("occ-1", 1000, { clearedAt: 2000 });
		await admin("DELETE", `/api/cameras/${cameraId}`);
		expect(await read("occ-1")).toMatchObject({ laneName: "南门通道", cameraName: "南门" });
	});

	it("leaves open alerts of a removed lane to its edge, and clears them itself where the edge was revoked", async () => {
		put("occ-1", 1000);
		await admin("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones: [] } });
		expect(await read("occ-1")).toMatchObject({ state: "open" });
		const zones = [{ id: "lane-1", name: "x", kind: "fire_lane", polygon }];
		await admin("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones } });
		await admin("DELETE", "/api/edges/edge-1");
		await admin("DELETE", `/api/cameras/${cameraId}`);
		expect(await read("occ-1")).toMatchObject({ state: "cleared", clearedBy: "zone_removed" });
	});

	it("does not show an alert of which only the end has arrived", async () => {
		put("occ-1", 1000, { raisedAt: null, clearedAt: 2000 });
		expect((await anna("GET", "/api/alerts")).json()).toMatchObject({ alerts: [] });
		expect((await anna("GET", "/api/alerts/occ-1")).statusCode).toBe(404);
	});
});
