import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ExemptStayBody } from "#contract/exempt-stays-api.ts";
import type { EvidenceSetBody } from "#contract/evidence-set.ts";
import { applyMessage } from "../../src/server/ingest/apply-message.ts";
import { metadataOf } from "../support/evidence.ts";
import { evidenceOf, makeKey, manifestText, sendKey, sendManifest } from "../support/sealed.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { clearedMessage, edgeOne, raisedMessage } from "../support/wire-store.ts";
import { tried } from "./support/tried.ts";

const kind = "another role's or site's objects";
const stays = ["harbour-lane.mfz1k2", "harbour-2.mfz1k2"];

let server: TestApp;
let edge: Inject;
let own: { laneId: string; cameraId: string };
beforeAll(async () => {
	server = await buildTestApp();
	edge = server.edge(edgeOne.edgeId, edgeOne.siteId);
	server.edge("harbour-edge", "harbour");
	const boss = await server.person("boss", "admin");
	const lanes = async (edgeId: string, ids: readonly string[]) => {
		const json = { name: edgeId, edgeId, url: `rtsp://10.0.0.9/${edgeId}` };
		const { id } = (await boss("POST", "/api/cameras", { json })).json<{ id: string }>();
		const polygon = [
			[0.1, 0.1],
			[0.9, 0.1],
			[0.9, 0.9],
		];
		const zones = ids.map((zone) => ({ id: zone, name: zone, kind: "fire_lane", polygon }));
		expect((await boss("PUT", `/api/cameras/${id}/zones`, { json: { zones } })).statusCode).toBe(200);
		return id;
	};
	own = { laneId: "gate", cameraId: await lanes(edgeOne.edgeId, ["gate", "harbour"]) };
	await lanes("harbour-edge", ["harbour-lane", "harbour-2"]);
});
afterAll(() => server.close());

/** Whoever has an id first has it: an edge that guesses when a car came would shut the lane's own edge out. */
describe("an edge that takes the ids of another's stays before that edge does", () => {
	it("has no alert under them", () => {
		const { store, feed } = server.parts;
		for (const alertId of stays) {
			for (const message of [raisedMessage(alertId), clearedMessage(alertId)]) {
				const { result } = applyMessage(store, feed, edgeOne, "alert", { ...message, ...own }, 5_000);
				tried("forged MQTT messages", `${message.kind} as ${alertId}`, result === "refused", result);
			}
		}
		const mine = applyMessage(store, feed, edgeOne, "alert", { ...raisedMessage("gate.mfz1k2"), ...own }, 5_000);
		tried("forged MQTT messages", "its own", mine.result === "applied", mine);
	});

	it("uploads nothing under them, for them or for an alert of its own", async () => {
		const begin = (alertId: string, id: string) => {
			const metadata = Object.entries(metadataOf({ ...evidenceOf("clip", alertId), id }))
				.map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`)
				.join(",");
			const headers = { "tus-resumable": "1.0.0", "upload-length": "3000", "upload-metadata": metadata };
			return edge("POST", "/api/edge/evidence", { headers });
		};
		for (const id of stays) {
			for (const alertId of [id, "gate.mfz1k2", "any-other"]) {
				const { statusCode } = await begin(alertId, `${id}.clip`);
				tried(kind, `uploading ${id}.clip for ${alertId}`, statusCode === 403, statusCode);
			}
		}
		for (const [alertId, id] of [
			["gate.mfz1k2", "gate.mfz1k2.clip"] as const,
			["harbour.x", "harbour.x.clip"] as const,
		]) {
			const { statusCode } = await begin(alertId, id);
			tried(kind, `its own: ${id}`, statusCode === 201, statusCode);
		}
	});

	it("tells no list of evidence, no exempt stay, and seals nothing under them", async () => {
		const set: EvidenceSetBody = {
			...{ v: 1, revision: 3, cameraId: own.cameraId, laneId: own.laneId, enteredAt: 1_000, confirmAt: 181_000 },
			...{ items: [], stillness: null, clock: { offsetMs: null, source: null, readAt: 5 }, place: null },
			...{ complete: false, plate: null },
		};
		const exempt: ExemptStayBody = {
			...{ v: 1, revision: 1, ...own, enteredAt: 1_000, exemptFrom: 1_000, endedAt: null, why: null, label: "car" },
			...{ plate: "京A12345", plateClass: null, colour: "blue", exemption: { reason: "emergency", permitId: null } },
		};
		const key = makeKey();
		await sendKey(edge, key);
		for (const id of stays) {
			const told = await edge("PUT", `/api/edge/alerts/${id}/evidence-set`, { json: set });
			tried(kind, `the list of ${id}`, told.statusCode === 403, told.body);
			const stay = await edge("PUT", `/api/edge/exempt-stays/${id}`, { json: exempt });
			tried(kind, `the exempt stay ${id}`, stay.statusCode === 403, stay.body);
			const json = { ...exempt, laneId: id.split(".", 1)[0] };
			const elsewhere = await edge("PUT", "/api/edge/exempt-stays/gate.mfz1k2.exempt", { json });
			tried(kind, `an exempt stay of its own in ${json.laneId}`, elsewhere.statusCode === 403, elsewhere.body);
			for (const [alertId, evidence] of [[id, `${id}.clip`] as const, ["gate.mfz1k2", `${id}.clip`] as const]) {
				const files = [{ ...evidenceOf("clip", alertId), id: evidence }];
				const text = manifestText(key, { sequence: 1, previous: null }, files, { siteId: edgeOne.siteId, ...own });
				const sealed = await sendManifest(edge, key, text, 1);
				tried(kind, `sealing ${evidence} for ${alertId}`, sealed.body.includes("another edge's"), sealed.body);
			}
		}
		const mine = await edge("PUT", `/api/edge/alerts/gate.mfz1k2/evidence-set`, { json: set });
		tried(kind, "its own list", mine.statusCode === 204, mine.body);
	});
});
