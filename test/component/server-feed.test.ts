import { once } from "node:events";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { WallAnswer } from "#contract/wall-api.ts";
import { writeFeed } from "../../src/server/feed/feed-stream.ts";
import { SharedAnswers } from "../../src/server/feed/shared-answers.ts";
import { openEvents } from "../support/events.ts";
import { everySite } from "../../src/server/scope/visible-sites.ts";
import { until } from "../support/poll.ts";
import { putAlert } from "../support/server-rows.ts";
import { type Person, startTestServer, type TestServer } from "../support/server.ts";

let server: TestServer;
let admin: Person;
let cameraId: string;

beforeEach(async () => {
	server = await startTestServer();
	admin = await server.admin();
	server.createEdge("edge-1");
	cameraId = (
		await admin.json<CameraAnswer>("/api/cameras", {
			method: "POST",
			json: { name: "x", edgeId: "edge-1", url: "rtsp://10.0.0.9/" },
		})
	).id;
});
afterEach(() => server.stop());

const saveZones = (...ids: string[]) =>
	admin.json(`/api/cameras/${cameraId}/zones`, {
		method: "PUT",
		json: {
			zones: ids.map((id) => ({
				id,
				name: id,
				kind: "fire_lane",
				polygon: [
					[0, 0],
					[1, 0],
					[1, 1],
				],
			})),
		},
	});
const position = async () => (await admin.json<WallAnswer>("/api/wall")).feedPosition;
const kinds = (events: readonly { event: string }[]) => events.map(({ event }) => event);

describe("the feed of changes", () => {
	it("tells what changes after the wall was loaded, with the whole new value", async () => {
		const stream = await openEvents(server.url, admin, `/api/feed?after=${await position()}`);
		await saveZones("lane-1");
		await until("the lane and its camera", () => stream.events.length >= 2);
		expect(kinds(stream.events)).toEqual(["lane", "camera"]);
		expect(stream.events[0]?.data).toMatchObject({ id: "lane-1", state: "unknown", cameraId });
		putAlert(server.parts.store, { id: "occ-1", edgeId: "edge-1", laneId: "lane-1", cameraId, raisedAt: 5 });
		server.parts.feed.append("alert", "occ-1", 5);
		await until("the alert", () => stream.events.at(-1)?.event === "alert");
		await saveZones();
		await until("the lane is gone", () => kinds(stream.events).includes("removed"));
		expect(stream.events.find(({ event }) => event === "removed")?.data).toEqual({ kind: "lane", id: "lane-1" });
		await stream.close();
	});

	it("goes on after the last event that was seen, and tells each thing's newest value once", async () => {
		const from = await position();
		const first = await openEvents(server.url, admin, `/api/feed?after=${from}`);
		await saveZones("lane-1");
		await until("two events", () => first.events.length >= 2);
		await first.close();
		const lastSeen = first.events.at(-1)?.id ?? "";
		await saveZones("lane-1", "lane-2");
		await saveZones("lane-1", "lane-2", "lane-3");
		const second = await openEvents(server.url, admin, "/api/feed", { "last-event-id": lastSeen });
		await until("three lanes and the camera", () => second.events.length >= 4);
		expect(second.events.map(({ data }) => (data as { id: string }).id).sort()).toEqual(
			[cameraId, "lane-1", "lane-2", "lane-3"].sort(),
		);
		await second.close();
	});

	it("tells every lane of an edge that goes away, and one position after the last of them", async () => {
		await saveZones("lane-1", "lane-2");
		const stream = await openEvents(server.url, admin, `/api/feed?after=${await position()}`);
		server.parts.store.prepare("UPDATE edges SET state = 'offline', state_since = 9").run();
		server.parts.feed.append("edge", "edge-1", 9);
		await until("the edge", () => kinds(stream.events).includes("edge"));
		expect(stream.events.map(({ event, id }) => [event, id === null])).toEqual([
			["lane", true],
			["lane", true],
			["edge", false],
		]);
		expect(stream.events[0]?.data).toMatchObject({ state: "unknown", reason: "edge_offline" });
		await stream.close();
	});

	it("sends who comes back too late, or from another database, to load the wall again", async () => {
		const { feed, store } = server.parts;
		for (let i = 0; i < 20; i++) feed.append("camera", cameraId, i);
		store.prepare("DELETE FROM feed WHERE position <= 10").run();
		for (const after of [3, 99_999]) {
			const stream = await openEvents(server.url, admin, `/api/feed?after=${after}`);
			await until("reset", () => stream.events.length > 0);
			expect(stream.events[0]).toEqual({ event: "reset", id: String(feed.position()), data: {} });
			await stream.close();
		}
	});

	it("ends with the session", async () => {
		const stream = await openEvents(server.url, admin, "/api/feed");
		await admin.fetch("/api/session", { method: "DELETE" });
		server.parts.feed.append("camera", cameraId, 1); // it looks at the session before it tells anything
		await stream.ended;
		expect(stream.events).toEqual([]);
	});

	it("does not queue for a client that takes nothing", async () => {
		const { feed, store } = server.parts;
		const out = new PassThrough({ highWaterMark: 1024 });
		const leaving = new AbortController();
		const from = feed.position();
		const answers = new SharedAnswers(store, feed);
		const parts = { feed, answers, out, sitesNow: () => everySite, signal: leaving.signal, openStreams: () => 1 };
		const writing = writeFeed(parts, from);
		for (let i = 0; i < 300; i++) {
			const { id } = { id: `lane-${i}` };
			store.prepare("INSERT INTO lanes (id, site_id, name, kind) VALUES (?, 'estate', ?, 'fire_lane')").run(id, id);
			store
				.prepare(
					"INSERT INTO zones (id, camera_id, lane_id, name, kind, polygon, position) VALUES (?, ?, ?, 'x', 'fire_lane', '[[0,0],[1,0],[1,1]]', 1)",
				)
				.run(id, cameraId, id);
			feed.append("lane", id, i);
		}
		await until("it stands", () => out.writableNeedDrain);
		expect(out.writableLength + out.readableLength).toBeLessThan(4096);
		let told = "";
		out.on("data", (chunk: Buffer) => (told += chunk.toString()));
		await until("all is told", () => told.includes('"lane-299"'));
		expect(told.match(/^event: lane$/gm)).toHaveLength(300);
		leaving.abort();
		await writing;
		out.end();
		await once(out, "close");
	});
});
