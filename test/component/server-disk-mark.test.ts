import { afterAll, beforeAll, expect, test } from "vitest";
import { applyMessage } from "../../src/server/ingest/apply-message.ts";
import { manifestText, makeKey, sendKey, sendManifest, evidenceOf } from "../support/sealed.ts";
import { metadataOf } from "../support/evidence.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";

let server: TestApp;
let edge: Inject;
beforeAll(async () => {
	server = await buildTestApp({ evidence: { minFreeBytes: 1e15 } });
	edge = server.edge("edge-1");
	putAlert(server.parts.store, { id: "lane-1.a", edgeId: "edge-1", laneId: "lane-1", cameraId: "cam-1", raisedAt: 5 });
});
afterAll(() => server.close());

const set = {
	...{ v: 1, revision: 3, cameraId: "cam-1", laneId: "lane-1", enteredAt: 1_000, confirmAt: 181_000, items: [] },
	...{ stillness: null, clock: { offsetMs: null, source: null, readAt: 5 }, place: null, complete: false, plate: null },
};
const stay = {
	...{ v: 1, revision: 1, laneId: "lane-1", cameraId: "cam-1", enteredAt: 1_000, exemptFrom: 1_000, endedAt: null },
	...{ why: null, label: "car", plate: "京A12345", plateClass: null, colour: "blue" },
	exemption: { reason: "emergency", permitId: null },
};

test("below the mark an edge fills the disk with nothing but alerts and states", async () => {
	const key = makeKey();
	await sendKey(edge, key);
	const clip = evidenceOf("clip", "lane-1.a");
	const metadata = Object.entries(metadataOf(clip))
		.map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`)
		.join(",");
	const headers = { "tus-resumable": "1.0.0", "upload-length": "3000", "upload-metadata": metadata };
	const text = manifestText(key, { sequence: 1, previous: null }, [clip]);
	const answers = [
		await edge("POST", "/api/edge/evidence", { headers }),
		await edge("PUT", "/api/edge/alerts/lane-1.a/evidence-set", { json: set }),
		await edge("PUT", "/api/edge/exempt-stays/lane-1.b", { json: stay }),
		await sendManifest(edge, key, text, 1),
	];
	for (const { statusCode, body } of answers) expect(`${statusCode} ${body}`).toMatch(/^507 .*disk_full/);
	const cleared = { v: 1, id: "a.cleared", alertId: "lane-1.a", laneId: "lane-1", cameraId: "cam-1", at: 9 } as const;
	const message = { ...cleared, kind: "cleared", clearedAt: 9, by: "camera" } as const;
	const { store, feed } = server.parts;
	expect(applyMessage(store, feed, { siteId: "estate", edgeId: "edge-1" }, "alert", message, 10)).toEqual({
		result: "applied",
	});
});
