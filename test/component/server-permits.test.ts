import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import type { WallAnswer } from "#contract/wall-api.ts";
import type { PermitAnswer } from "#contract/policy-api.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

const hour = 3_600_000;
let server: TestApp;
let admin: Inject;
let anna: Inject;
let edge: ReturnType<TestApp["edge"]>;
let cameraId: string;
beforeEach(async () => {
	server = await buildTestApp();
	admin = await server.person("boss", "admin");
	anna = await server.person("anna", "duty_officer");
	edge = server.edge("edge-1");
	const camera = { name: "南门", edgeId: "edge-1", url: "rtsp://10.0.0.9/1" };
	cameraId = (await admin("POST", "/api/cameras", { json: camera })).json<CameraAnswer>().id;
	await saveZones(["lane-1", "lane-2"]);
});
afterEach(() => server.close());

const saveZones = (ids: readonly string[]) =>
	admin("PUT", `/api/cameras/${cameraId}/zones`, {
		json: {
			zones: ids.map((id, index) => ({
				id,
				name: `通道 ${index + 1}`,
				kind: "fire_lane",
				polygon: [
					[0.1, 0.1],
					[0.9, 0.1],
					[0.9, 0.9],
				],
			})),
		},
	});
const give = (more: object = {}, by = anna) =>
	by("POST", "/api/permits", {
		json: {
			laneId: "lane-1",
			plate: null,
			from: server.clock.now,
			until: server.clock.now + 2 * hour,
			reason: "搬家",
			...more,
		},
	});
const given = async (more: object = {}) => (await give(more)).json<PermitAnswer>();
const list = async (query = "") =>
	(await anna("GET", `/api/permits${query}`)).json<{ permits: PermitAnswer[] }>().permits;
const ids = (permits: readonly PermitAnswer[]) => permits.map(({ id }) => id);
const config = async () => (await edge("GET", "/api/edge/config")).json<EdgeConfigAnswer>();

describe("permits", () => {
	it("say whom, where, from when until when, why, and by whom", async () => {
		const answer = await give({ plate: "蒙b·123 45" });
		expect(answer.statusCode, answer.body).toBe(201);
		expect(answer.json()).toEqual({
			id: expect.stringMatching(/^permit-/) as string,
			laneId: "lane-1",
			laneName: "通道 1",
			plate: "蒙B12345",
			from: server.clock.now,
			until: server.clock.now + 2 * hour,
			reason: "搬家",
			by: "anna",
			at: server.clock.now,
			ended: null,
			applied: false,
		});
		expect(await list()).toEqual([answer.json()]);
	});

	it("reach the edge of their lane at once, without reason and person", async () => {
		server.told.length = 0;
		const { revision } = await config();
		const { id } = await given();
		expect(server.told).toEqual([{ edge: { siteId: "estate", edgeId: "edge-1" }, revision: revision + 1 }]);
		const { now } = server.clock;
		expect((await config()).permits).toEqual([{ id, laneId: "lane-1", plate: null, from: now, until: now + 2 * hour }]);
		const other = server.edge("edge-2");
		expect((await other("GET", "/api/edge/config")).json<EdgeConfigAnswer>().permits).toEqual([]);
		await edge("POST", "/api/edge/config/applied", { json: { revision: revision + 1 } });
		expect(await list()).toMatchObject([{ id, applied: true }]);
	});

	it("end when they are ended, and the edge knows until when they held", async () => {
		const { id } = await given();
		server.clock.now += hour;
		const ended = { by: "anna", at: server.clock.now };
		expect((await anna("POST", `/api/permits/${id}/end`)).json()).toMatchObject({ until: ended.at, ended });
		expect((await config()).permits).toMatchObject([{ id, until: ended.at }]);
		expect([await list(), ids(await list("?state=all"))]).toEqual([[], [id]]);
		server.clock.now += hour;
		expect((await admin("POST", `/api/permits/${id}/end`)).json()).toMatchObject({ ended });
		server.clock.now += 48 * hour;
		expect((await config()).permits).toEqual([]);
	});

	it("are ended by who gave them or an administrator", async () => {
		const berta = await server.person("berta", "duty_officer");
		const { id } = await given();
		expect((await berta("POST", `/api/permits/${id}/end`)).statusCode).toBe(403);
		expect((await admin("POST", `/api/permits/${id}/end`)).statusCode).toBe(200);
		expect((await anna("POST", "/api/permits/no-such/end")).statusCode).toBe(404);
	});

	it("that are ended before they begin never held", async () => {
		const { id } = await given({ from: server.clock.now + hour });
		await anna("POST", `/api/permits/${id}/end`);
		expect((await config()).permits).toEqual([]);
	});

	it("stand beside their lane on the wall while they hold or will", async () => {
		const { id } = await given();
		const lane = async () => (await anna("GET", "/api/wall")).json<WallAnswer>().lanes[0];
		expect((await lane())?.permits).toMatchObject([{ id, plate: null, until: server.clock.now + 2 * hour }]);
		await anna("POST", `/api/permits/${id}/end`);
		expect(await lane()).toMatchObject({ permits: [] });
	});

	it("are listed by lane, and leave with it", async () => {
		const first = await given();
		server.clock.now += 1;
		const second = await given({ laneId: "lane-2" });
		expect(ids(await list())).toEqual([second.id, first.id]);
		expect(ids(await list("?laneId=lane-2"))).toEqual([second.id]);
		await saveZones(["lane-1"]);
		expect(ids(await list("?state=all"))).toEqual([first.id]);
		expect((await config()).permits.map(({ id }) => id)).toEqual([first.id]);
	});

	it.each([
		["no reason", { reason: "  " }, "reason"],
		["an end before its beginning", { until: 5 }, "until"],
		["an end in the past", { from: 1, until: 2 }, "until"],
		["a year", { until: Date.now() + 365 * 24 * hour }, "until"],
		["a lane that is not there", { laneId: "lane-9" }, "laneId"],
		["a plate that is none", { plate: "a'; --" }, "plate"],
	])("with %s is refused with its place", async (_what, more, path) => {
		const answer = await give(more);
		expect(answer.statusCode).toBe(400);
		expect(answer.json<{ problems: { path: string }[] }>().problems.map((problem) => problem.path)).toEqual([path]);
		expect(await list("?state=all")).toEqual([]);
	});
});
