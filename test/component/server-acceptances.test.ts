import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AcceptanceAnswer } from "#contract/acceptances.ts";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import { putAlert } from "../support/server-rows.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

let server: TestApp;
let admin: Inject;
let anna: Inject;
let edge: Inject;
let cameraId: string;
const polygon: [number, number][] = [
	[0.1, 0.1],
	[0.9, 0.1],
	[0.9, 0.9],
];
const heap: [number, number][][] = [
	[
		[0.3, 0.3],
		[0.4, 0.3],
		[0.4, 0.4],
	],
];

beforeEach(async () => {
	server = await buildTestApp();
	admin = await server.person("boss", "admin");
	anna = await server.person("anna", "duty_officer");
	edge = server.edge("edge-1");
	const json = { name: "南门", edgeId: "edge-1", url: "rtsp://10.0.0.9/" };
	cameraId = (await admin("POST", "/api/cameras", { json })).json<CameraAnswer>().id;
	await saveZones({});
	server.told.length = 0;
});
afterEach(() => server.close());

const saveZones = (more: object, outline = polygon) =>
	admin("PUT", `/api/cameras/${cameraId}/zones`, {
		json: { zones: [{ id: "lane-1", name: "南门通道", kind: "fire_lane", polygon: outline }], ...more },
	});
const put = (id: string, more: object = { outline: heap }) =>
	putAlert(server.parts.store, { id, edgeId: "edge-1", laneId: "lane-1", cameraId, raisedAt: 1000, ...more });
const accept = (id: string, reason: unknown = "物业的花坛", by: Inject = anna) =>
	by("POST", `/api/alerts/${id}/acceptance`, { json: { reason } });
const undo = (id: string, by: Inject = anna) =>
	by("POST", `/api/acceptances/${id}/undo`, { json: { reason: "已搬走" } });
const accepted = async () =>
	(await edge("GET", "/api/edge/config")).json<EdgeConfigAnswer>().cameras[0]?.zones[0]?.accepted;
const listed = async () =>
	(await anna("GET", `/api/acceptances?cameraId=${cameraId}`)).json<{ acceptances: AcceptanceAnswer[] }>().acceptances;

describe("this belongs here", () => {
	it("is kept with name, time and reason, and told to the edge at once", async () => {
		put("heap-1");
		server.clock.now += 5000;
		const answer = await accept("heap-1", "  物业的花坛 ");
		expect(answer.json<AlertAnswer>()).toMatchObject({
			state: "open", // the edge clears it
			outline: heap,
			acceptance: { by: "anna", at: server.clock.now, reason: "物业的花坛", undone: null },
		});
		expect(server.told).toMatchObject([{ edge: { edgeId: "edge-1" }, revision: 4 }]);
		expect(await accepted()).toEqual([{ alertId: "heap-1", outline: heap }]);
		expect(await listed()).toMatchObject([{ alertId: "heap-1", laneName: "南门通道", outline: heap }]);
	});

	it("is taken back with name and reason by anybody, stays on record, and may be said again", async () => {
		put("heap-1");
		const { acceptance } = (await accept("heap-1")).json<AlertAnswer>();
		const undone = { by: "boss", at: server.clock.now, reason: "已搬走" };
		expect((await undo(acceptance!.id, admin)).json()).toMatchObject({ by: "anna", reason: "物业的花坛", undone });
		expect((await undo(acceptance!.id, anna)).json()).toMatchObject({ undone });
		expect(await accepted()).toBeUndefined();
		expect(server.told).toHaveLength(2);
		expect((await anna("GET", "/api/alerts/heap-1")).json()).toMatchObject({ acceptance: { undone } });
		expect((await accept("heap-1", "又放回来了")).json()).toMatchObject({
			acceptance: { reason: "又放回来了", undone: null },
		});
		expect((await listed()).map(({ reason }) => reason)).toEqual(["又放回来了", "物业的花坛"]);
	});

	it("needs a reason", async () => {
		put("heap-1");
		for (const reason of ["", "   ", "x".repeat(201), undefined]) {
			expect((await accept("heap-1", reason ?? 5)).json()).toMatchObject({ problems: [{ path: "reason" }] });
		}
		expect(await listed()).toEqual([]);
	});

	it("is said of piled goods that still lie there, by one person", async () => {
		put("car", {});
		put("gone", { outline: heap, clearedAt: 2000 });
		put("heap-1");
		expect((await accept("car")).json()).toMatchObject({ error: "not_an_object" });
		expect((await accept("gone")).json()).toMatchObject({ error: "not_open" });
		expect((await accept("nothing")).statusCode).toBe(404);
		expect((await undo("nothing")).statusCode).toBe(404);
		await accept("heap-1");
		expect((await accept("heap-1", "again")).json()).toMatchObject({ acceptance: { reason: "物业的花坛" } });
		const second = await accept("heap-1", "mine", admin);
		expect([second.statusCode, second.json()]).toMatchObject([409, { error: "already_said", first: { by: "anna" } }]);
	});

	it("means the box where the edge drew no outline", async () => {
		put("heap-1", { outline: [] });
		await accept("heap-1");
		expect((await accepted())?.[0]?.outline).toEqual([
			[
				[0.1, 0.1],
				[0.5, 0.1],
				[0.5, 0.5],
				[0.1, 0.5],
			],
		]);
	});

	it("ends where the zone is drawn anew after the camera has moved, and not where it is kept", async () => {
		put("heap-1");
		await accept("heap-1");
		await saveZones({ confirmsView: true });
		await saveZones({}, polygon.toReversed());
		expect(await accepted()).toHaveLength(1);
		await saveZones({ confirmsView: true });
		expect(await accepted()).toBeUndefined();
		expect((await listed())[0]).toMatchObject({ by: "anna", undone: { by: "boss", reason: null } });
	});
});
