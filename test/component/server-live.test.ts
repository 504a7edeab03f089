import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { JobAnswer } from "#contract/edge-jobs.ts";
import type { LiveAnswer, WhatIfAnswer } from "#contract/live-api.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

let server: TestApp;
let admin: Inject;
let operator: Inject;
let edge: Inject;
let other: Inject;
let cameraId: string;
beforeEach(async () => {
	server = await buildTestApp();
	[admin, operator] = [await server.person("boss", "admin"), await server.person("watch", "duty_officer")];
	[edge, other] = [server.edge("edge-1"), server.edge("edge-2")];
	const camera = { name: "gate", edgeId: "edge-1", url: "rtsp://10.0.0.9/live" };
	cameraId = (await admin("POST", "/api/cameras", { json: camera })).json<CameraAnswer>().id;
	await admin("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones: [zone] } });
	server.told.length = 0;
});
afterEach(() => server.close());

const polygon = [
	[0.1, 0.1],
	[0.9, 0.1],
	[0.5, 0.9],
];
const zone = { id: "lane-1", name: "lane", kind: "fire_lane", polygon };
const pictureBase64 = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(400, 7)]).toString("base64");
const overlayAt = (at: number) => ({
	at,
	zones: [{ zoneId: "lane-1", kind: "fire_lane", polygon, state: "clear", since: 0, reason: null, open: null }],
	detections: [{ label: "car", confidence: 0.8, box: { x1: 0.1, y1: 0.1, x2: 0.2, y2: 0.2 } }],
	tracks: [],
	stays: [],
});
const jobIds = () => server.told.flatMap((told) => ("jobId" in told ? [told.jobId] : []));
const job = (id: string, by = edge) => by("GET", `/api/edge/jobs/${id}`);

describe("what the worker sees now", () => {
	const read = async (after = "", by = operator) =>
		(await by("GET", `/api/cameras/${cameraId}/live${after}`)).json<LiveAnswer>();
	const send = (at: number, by = edge, more: object = {}) =>
		by("PUT", `/api/edge/cameras/${cameraId}/live`, { json: { overlay: overlayAt(at), pictureBase64, ...more } });

	it("comes while somebody looks, and not otherwise", async () => {
		expect((await send(1)).statusCode).toBe(409);
		expect(await read()).toEqual({ overlay: null, picture: null });
		const [id] = jobIds();
		expect((await job(id!)).json<JobAnswer>()).toEqual({ id, kind: "watch", cameraId, forMs: 20_000 });
		expect((await send(5)).statusCode).toBe(204);
		expect(await read()).toMatchObject({ overlay: { at: 5 }, picture: `data:image/jpeg;base64,${pictureBase64}` });
		expect(await read("?after=5")).toEqual({ overlay: null, picture: null });
		server.clock.now += 8_001;
		expect((await send(6)).json()).toMatchObject({ error: "not_watched" });
	});

	it("is asked of the edge once in ten seconds, however many look", async () => {
		for (let second = 0; second <= 20; second++) {
			await read();
			await read("", admin);
			server.clock.now += 1000;
		}
		expect(jobIds()).toHaveLength(3);
	});

	it("is taken from the camera's own edge alone, and only where it is a look and a picture", async () => {
		await read();
		expect((await send(1, other)).statusCode).toBe(404);
		expect((await job(jobIds()[0]!, other)).statusCode).toBe(404);
		expect((await send(1, edge, { pictureBase64: "PHNjcmlwdD4=" })).statusCode).toBe(400);
		expect((await send(1, edge, { overlay: { at: 1 } })).statusCode).toBe(400);
		expect((await server.nobody("GET", `/api/cameras/${cameraId}/live`)).statusCode).toBe(401);
		expect((await operator("GET", "/api/cameras/cam-none/live")).statusCode).toBe(404);
	});
});

describe("what the last hour would have raised", () => {
	const ask = (more: object = {}, by = admin) =>
		by("POST", "/api/what-ifs", { json: { cameraId, zoneId: "lane-1", policy: { vehicleOnDelayMs: 5_000 }, ...more } });
	const result = {
		...{ from: 1_000, until: 9_000, now: [] },
		stays: [{ since: 2_000, until: 9_000, cause: "vehicle", label: "car" }],
		supposed: [{ cause: "vehicle", label: "car", enteredAt: 2_000, raisedAt: 7_000, clearedAt: null }],
	};
	const finish = (id: string, by = edge) => by("PUT", `/api/edge/jobs/${id}/what-if`, { json: result });

	it("is asked of the edge with the site's own delays where the zone has none", async () => {
		const { id, state } = (await ask()).json<WhatIfAnswer>();
		expect(state).toBe("waiting");
		expect((await job(id)).json()).toMatchObject({
			...{ kind: "what_if", cameraId, zoneId: "lane-1" },
			policy: { vehicleOnDelayMs: 5_000, offDelayMs: 10_000 },
		});
		expect((await finish(id)).statusCode).toBe(204);
		expect((await admin("GET", `/api/what-ifs/${id}`)).json()).toEqual({ id, state: "done", result });
		expect((await job(id)).statusCode).toBe(404);
	});

	it("says that the edge is silent after 15 s", async () => {
		const { id } = (await ask()).json<WhatIfAnswer>();
		server.clock.now += 15_000;
		expect((await admin("GET", `/api/what-ifs/${id}`)).json()).toMatchObject({ state: "edge_silent", result: null });
	});

	it("is an administrator's question about a saved zone, and this edge's answer", async () => {
		expect((await ask({}, operator)).statusCode).toBe(403);
		expect((await ask({ zoneId: "lane-9" })).statusCode).toBe(400);
		expect((await ask({ policy: { offDelayMs: -1 } })).statusCode).toBe(400);
		const { id } = (await ask()).json<WhatIfAnswer>();
		expect((await job(id, other)).statusCode).toBe(404);
		expect((await finish(id, other)).statusCode).toBe(404);
	});
});
