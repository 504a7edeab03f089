import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import type { WallAnswer } from "#contract/wall-api.ts";
import { rememberTimeZone } from "../../src/server/lanes/site-time-zone.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

let server: TestApp;
let admin: Inject;
let anna: Inject;
let edge: Inject;
let cameraId: string;
const zones = [
	{
		id: "lane-1",
		name: "南门通道",
		kind: "fire_lane",
		polygon: [
			[0.1, 0.1],
			[0.9, 0.1],
			[0.9, 0.9],
		],
	},
];

beforeEach(async () => {
	server = await buildTestApp();
	admin = await server.person("boss", "admin");
	anna = await server.person("anna", "duty_officer");
	edge = server.edge("edge-1");
	const json = { name: "南门", edgeId: "edge-1", url: "rtsp://10.0.0.9/" };
	cameraId = (await admin("POST", "/api/cameras", { json })).json<CameraAnswer>().id;
	await admin("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones } });
	server.parts.store.prepare("UPDATE edges SET state = 'online', state_since = 100").run();
	server.told.length = 0;
});
afterEach(() => server.close());

const config = async () => (await edge("GET", "/api/edge/config")).json<EdgeConfigAnswer>().cameras[0];
const camera = async () => (await anna("GET", `/api/cameras/${cameraId}`)).json<CameraAnswer>();
const lane = async () => (await anna("GET", "/api/wall")).json<WallAnswer>().lanes[0];
const confirm = () => anna("POST", `/api/cameras/${cameraId}/view-confirmation`);
const moved = (since: number) =>
	server.parts.store
		.prepare("UPDATE lanes SET state = 'unknown', reason = 'camera_moved', since = ?, state_at = ?")
		.run(since, since);

describe("a camera that has moved", () => {
	it("is told who looked at its zones, and its edge when", async () => {
		expect([(await camera()).viewConfirmed, (await config())?.viewConfirmedAt]).toEqual([null, undefined]);
		moved(server.clock.now - 60_000);
		const at = server.clock.now;
		expect((await confirm()).json()).toMatchObject({ id: cameraId, viewConfirmed: { by: "anna", at, viewAt: at } });
		expect((await config())?.viewConfirmedAt).toBe(at);
		expect(server.told).toMatchObject([{ edge: { edgeId: "edge-1" }, revision: 4 }]);
	});

	it("whose edge's clock is ahead is confirmed all the same", async () => {
		const since = server.clock.now + 300_000;
		moved(since);
		expect((await confirm()).json()).toMatchObject({ viewConfirmed: { at: server.clock.now } });
		expect((await config())?.viewConfirmedAt).toBe(since + 1);
	});

	it("is confirmed by zones that were drawn on the picture of now, and not by others", async () => {
		const save = (more: object) => admin("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones, ...more } });
		await save({});
		expect((await camera()).viewConfirmed).toBeNull();
		await save({ confirmsView: true });
		expect((await camera()).viewConfirmed).toMatchObject({ by: "boss" });
		expect((await save({ confirmsView: "yes" })).statusCode).toBe(400);
		const kept = server.parts.store.prepare("SELECT redrawn FROM view_confirmations").all();
		expect(kept).toEqual([{ redrawn: 1 }]);
	});

	it("and nobody knows of is not found", async () => {
		expect((await anna("POST", "/api/cameras/nowhere/view-confirmation")).statusCode).toBe(404);
	});
});

describe("blind time of a lane", () => {
	it("is that of today, at the site; null while the edge does not count", async () => {
		const { store } = server.parts;
		rememberTimeZone(store, { timeZone: "Asia/Shanghai" });
		server.clock.now = Date.UTC(2026, 10, 24, 16, 30); // half past midnight of the 25th
		expect(await lane()).toMatchObject({ blindTodayMs: null, blindUntil: null });
		store
			.prepare("UPDATE lanes SET blind_ms = 900000, watched_since = 1, state_at = 5, state = 'clear', since = 5")
			.run();
		expect(await lane()).toMatchObject({ blindTodayMs: 0, blindUntil: 5 });
		const put = store.prepare("INSERT INTO lane_blind_days (lane_id, day, blind_ms) VALUES ('lane-1', ?, ?)");
		put.run("2026-11-24", 900_000);
		put.run("2026-11-25", 720_000);
		expect(await lane()).toMatchObject({ blindTodayMs: 720_000, blindUntil: 5 });
		store.prepare("UPDATE lanes SET state = 'unknown', reason = 'defocused', since = 3").run();
		expect(await lane()).toMatchObject({ blindTodayMs: 720_000, blindUntil: 3 });
	});
});
