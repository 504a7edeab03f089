import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClockReading } from "#contract/clock.ts";
import type { EvidenceSetBody } from "#contract/evidence-set.ts";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { missingReasons } from "#core/evidence/missing-reason.ts";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import { applyMessage } from "../../src/server/ingest/apply-message.ts";
import { putAlert } from "../support/server-rows.ts";
import { type Person, startTestServer, type TestServer } from "../support/server.ts";

let server: TestServer;
let admin: Person;
const tokens: Record<string, string> = {};
beforeAll(async () => {
	server = await startTestServer({ name: "阳光花园" });
	admin = await server.admin();
	for (const id of ["edge-1", "edge-2"]) tokens[id] = server.createEdge(id).token;
});
afterAll(() => server.stop());

const set: EvidenceSetBody = {
	...{ v: 1, revision: 3, cameraId: "camera-1", laneId: "lane-1", enteredAt: 1_000, confirmAt: 181_000 },
	items: [
		{
			...{ id: "occ-1.panorama_entry", kind: "panorama_entry", state: "missing", reason: "no_video", wantedAt: 1_000 },
			...{ capturedAt: null, widthPx: null, heightPx: null, sha256: null, clock: null, overlay: null, masks: null },
		},
	],
	...{ stillness: null, clock: { offsetMs: 1_400, source: "chrony", readAt: 5 }, place: null, complete: false },
	plate: null,
};
const tell = (edge: string, alertId: string, body: object) =>
	fetch(`${server.url}/api/edge/alerts/${alertId}/evidence-set`, {
		method: "PUT",
		headers: { authorization: `Bearer ${tokens[edge]}`, "content-type": "application/json" },
		body: JSON.stringify(body),
	});
const shown = async (id: string) => (await admin.json<AlertAnswer>(`/api/alerts/${id}`)).evidenceSet;

describe("what an alert has of evidence", () => {
	it("is shown with it, whichever of the two comes first; an older word changes nothing", async () => {
		expect((await tell("edge-1", "occ-1", set)).status).toBe(204);
		putAlert(server.parts.store, {
			...{ id: "occ-1", edgeId: "edge-1", laneId: "lane-1", cameraId: "camera-1", raisedAt: 2_000 },
		});
		expect(await shown("occ-1")).toEqual(set);
		expect((await tell("edge-1", "occ-1", { ...set, revision: 2, complete: true })).status).toBe(204);
		expect(await shown("occ-1")).toEqual(set);
		await tell("edge-1", "occ-1", { ...set, revision: 4, complete: true });
		expect(await shown("occ-1")).toMatchObject({ revision: 4, complete: true });
	});

	it("told by an older edge, has no plate and no masks: nobody looked", async () => {
		const items = [{ ...set.items[0], masks: undefined }];
		expect((await tell("edge-1", "occ-2", { ...set, plate: undefined, items })).status).toBe(204);
		putAlert(server.parts.store, {
			...{ id: "occ-2", edgeId: "edge-1", laneId: "lane-1", cameraId: "camera-1", raisedAt: 3_000 },
		});
		const { store } = server.parts;
		store
			.prepare(
				"UPDATE evidence_sets SET body = json_remove(body, '$.plate', '$.items[0].masks') WHERE alert_id = 'occ-2'",
			)
			.run();
		expect(await shown("occ-2")).toEqual(set);
	});

	it("is missing for reasons that the API's document names, those of what was taken and lost among them", async () => {
		expect(missingReasons).toEqual(expect.arrayContaining(["given_up", "lost", "refused"]));
		const { paths } = await admin.json<{ paths: Record<string, unknown> }>("/api/openapi.json");
		for (const path of ["/api/edge/alerts/{id}/evidence-set", "/api/alerts/{id}"])
			expect(JSON.stringify(paths[path]), path).toContain(JSON.stringify(missingReasons));
		const items = missingReasons.map((reason, i) => ({ ...set.items[0], id: `occ-3.piece-${i}`, reason }));
		expect((await tell("edge-1", "occ-3", { ...set, items })).status).toBe(204);
	});

	it("is told by the alert's own edge alone, in words that are known", async () => {
		expect((await tell("edge-2", "occ-1", { ...set, revision: 9 })).status).toBe(403);
		expect((await tell("edge-1", "occ-1", { ...set, items: [{ ...set.items[0], reason: "eaten" }] })).status).toBe(400);
		expect((await admin.fetch("/api/edge/alerts/occ-1/evidence-set", { method: "PUT", json: set })).status).toBe(401);
	});
});

it("a camera's number and direction, and a lane's law, reach its edge with the site's name", async () => {
	const body = { name: "gate", edgeId: "edge-1", url: "rtsp://camera/1", gbId: "15020301011320000001" };
	const { id } = await admin.json<CameraAnswer>("/api/cameras", { method: "POST", json: body });
	await admin.json(`/api/cameras/${id}`, { method: "PATCH", json: { direction: "由东向西" } });
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.9, 0.9],
	];
	const zone = { id: "lane-7", name: "东门", kind: "fire_lane", polygon, roadClass: "public_road" };
	await admin.json(`/api/cameras/${id}/zones`, { method: "PUT", json: { zones: [zone] } });
	const answer = await fetch(`${server.url}/api/edge/config`, {
		headers: { authorization: `Bearer ${tokens["edge-1"]}` },
	});
	const config = (await answer.json()) as EdgeConfigAnswer;
	expect(config.siteName).toBe("阳光花园");
	expect(config.cameras.find((camera) => camera.id === id)).toMatchObject({
		...{ gbId: "15020301011320000001", direction: "由东向西", zones: [{ roadClass: "public_road" }] },
	});
	const refused = await admin.fetch(`/api/cameras/${id}`, { method: "PATCH", json: { gbId: "123" } });
	expect(refused.status).toBe(400);
	expect(JSON.stringify(await refused.json())).toContain("20 digits");
});

it("how right an edge's clock is is shown with it, by the latest of its heartbeats", async () => {
	const say = (clock: ClockReading, at = 1_000) =>
		applyMessage(
			server.parts.store,
			server.parts.feed,
			{ siteId: "estate", edgeId: "edge-2" },
			"status",
			{ v: 1, state: "online", at, version: "1", clock },
			Date.now(),
		);
	const clock = async () =>
		(await admin.json<{ edges: { id: string; clock: unknown }[] }>("/api/edges")).edges.find(
			({ id }) => id === "edge-2",
		)?.clock;
	expect(await clock()).toBeNull();
	say({ offsetMs: 3, source: "chrony", readAt: 10 });
	say({ offsetMs: -1_500, source: "chrony", readAt: 20 });
	say({ offsetMs: 4, source: "chrony", readAt: 15 });
	expect(await clock()).toEqual({ offsetMs: -1_500, source: "chrony", readAt: 20 });
});
