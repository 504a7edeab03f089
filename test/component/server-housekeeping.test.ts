import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { housekeeper } from "../../src/server/housekeeping.ts";
import { keptLog } from "../support/kept-log.ts";
import { buildTestApp, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";

const hourMs = 3_600_000;
const yearMs = 365 * 24 * hourMs;

let server: TestApp;
let steady: number;
let round: () => Promise<void>;
const { log, lines } = keptLog();
const ok = { removeStaleUploads: () => Promise.resolve() };
function begin(uploads = ok): void {
	const tidyUp = housekeeper({ ...server.parts, log }, uploads, () => steady);
	round = () => tidyUp(new AbortController().signal);
}
beforeEach(async () => {
	server = await buildTestApp();
	server.edge("edge-1");
	steady = 1_000;
	begin();
});
afterEach(() => server.close());

/** An alert whose evidence is to be deleted now. */
function putExpired(id: string): void {
	const clearedAt = server.clock.now - yearMs;
	putAlert(server.parts.store, {
		...{ id, edgeId: "edge-1", laneId: "lane-1", cameraId: "cam-1", raisedAt: clearedAt - 1, clearedAt },
	});
}
const isDeleted = (id: string) =>
	server.parts.store.prepare("SELECT evidence_deleted_at FROM alerts WHERE id = ?").pluck().get(id) !== null;

it("deletes once an hour, also after the server's clock was a year ahead and is set right", async () => {
	server.clock.now += yearMs;
	await round();
	server.clock.now -= yearMs;
	putExpired("a");
	steady += hourMs / 2;
	await round();
	expect(isDeleted("a")).toBe(false);
	steady += hourMs / 2;
	await round();
	expect(isDeleted("a")).toBe(true);
});

it("goes on after a step that failed, and says so", async () => {
	begin({ removeStaleUploads: () => Promise.reject(new Error("no such disk")) });
	putExpired("a");
	await round();
	expect(isDeleted("a")).toBe(true);
	expect(lines.map(({ msg }) => msg)).toContain("tidying up failed; it is tried again in a minute");
});

it("deletes in the next minute what could not be deleted in this", async () => {
	const { store } = server.parts;
	store.prepare("INSERT INTO files_to_delete VALUES ('a', 'a.clip')").run();
	const blocked = join(server.dataFolder, "evidence", "a", "a.clip");
	await mkdir(blocked, { recursive: true }); // a folder where the file should be: it cannot be deleted as one
	const left = () => store.prepare("SELECT count(*) FROM files_to_delete").pluck().get();
	await round();
	expect(left()).toBe(1);
	await rm(blocked, { recursive: true });
	steady += 60_000;
	await round();
	expect(left()).toBe(0);
});
