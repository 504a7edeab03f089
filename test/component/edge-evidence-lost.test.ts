import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { createLog } from "#platform/log.ts";
import { ServerClient } from "../../edge/centre/server-client.ts";
import { overlayId } from "../../edge/evidence/evidence-plan.ts";
import { EvidenceUploader } from "../../edge/evidence/evidence-uploader.ts";
import { tellerOfSets } from "../../edge/evidence/set-teller.ts";
import { evidenceSetOf } from "../../src/server/evidence-sets/evidence-sets-store.ts";
import { type EdgeDisk, openEdgeDisk } from "../support/edge-records.ts";
import { jpegOf } from "../support/evidence.ts";
import { until } from "../support/poll.ts";
import { makeKey, manifestText, mp4Of } from "../support/sealed.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { cutClip, goodsCameAndWent, keepStill, takeReference } from "../support/stay-of-goods.ts";

const child = fileURLToPath(new URL("../support/lose-and-die.ts", import.meta.url));
const log = createLog("test", "silent");
let server: TestServer;
let token: string;
beforeAll(async () => {
	server = await startTestServer();
	({ token } = server.createEdge("edge-1"));
});
afterAll(() => server.stop());

let folder: string;
let disk: EdgeDisk;
let alertId: string;
let n = 0;
let stop: AbortController;
let running: Promise<void> | undefined;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-lost-"));
	disk = openEdgeDisk(folder);
	stop = new AbortController();
	alertId = goodsCameAndWent(disk, `lane-${++n}`);
});
afterEach(async () => {
	stop.abort();
	await running;
	disk.store.close();
	await rm(folder, { recursive: true, force: true });
});

function uploader(maxBytes = 1e9): EvidenceUploader {
	const { jobs, sets } = disk;
	const target = { serverUrl: server.url, token };
	return new EvidenceUploader({ jobs, sets, folder: disk.folder, target, maxBytes, log });
}

/** All that waits goes its way. */
async function sendAll(): Promise<void> {
	running = uploader().run(stop.signal);
	await until("nothing to wait for the upload", () => disk.jobs.toUpload().length === 0);
}

const tell = () =>
	tellerOfSets({ keeper: disk.sets, server: new ServerClient({ url: server.url, token }), log }).tellAll(stop.signal);
/** As the server knows it. */
const known = () => evidenceSetOf(server.parts.store, alertId, "edge-1");
const knownItem = (id: string) => known()?.items.find((item) => item.id === id);

/** Under the clip's name the edge sealed other bytes, as it may after a power cut. */
async function sealOtherBytes(clip: string): Promise<void> {
	const put = async (path: string, json: object) => {
		const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
		const answer = await fetch(server.url + path, { method: "PUT", headers, body: JSON.stringify(json) });
		expect(answer.status, path).toBeLessThan(300);
	};
	const key = makeKey();
	await put("/api/edge/key", { publicKey: key.public.pem });
	const other = { id: clip, alertId, kind: "clip" as const, content: mp4Of(50_000, 9) };
	const manifest = manifestText(key, { sequence: 1, previous: null }, [other]);
	await put("/api/edge/manifests/chain-1/1", { manifest, signatureBase64: key.sign(manifest) });
}

describe("evidence that an edge loses after it was taken", () => {
	const fileOf = (clip: string) => disk.folder.fileOf(`${clip}.mp4`);
	test.each([
		["too much waits", "given_up", () => uploader(10_000).keepWithinLimit()],
		["its file is gone", "lost", (clip: string) => rm(fileOf(clip)).then(sendAll)],
		["its file is shorter", "lost", (clip: string) => writeFile(fileOf(clip), mp4Of(400)).then(sendAll)],
		["its file is another", "lost", (clip: string) => writeFile(fileOf(clip), mp4Of(50_000, 4)).then(sendAll)],
		["the server refuses it", "refused", (clip: string) => sealOtherBytes(clip).then(sendAll)],
	])("is told as missing where %s: %s", async (_, reason, lose) => {
		const photo = await takeReference(disk, alertId);
		const clip = await cutClip(disk, alertId);
		await tell();
		const { revision = 0 } = known() ?? {};
		expect(knownItem(clip)).toMatchObject({ state: "taken", reason: null });
		await lose(clip);
		await tell();
		expect(known()).toMatchObject({ revision: revision + 1, complete: true });
		expect(knownItem(clip)).toMatchObject({ state: "missing", reason, capturedAt: null, sha256: null });
		expect(knownItem(photo)).toMatchObject({ state: "taken" });
		expect(await readdir(disk.folder.path)).not.toContain(`${clip}.mp4`);
	});

	test("is named also where the set had no item of it: a still, a copy with words", async () => {
		const photo = await takeReference(disk, alertId, { copy: true });
		const [still, copy] = [await keepStill(disk, alertId), overlayId(photo)];
		await cutClip(disk, alertId);
		await tell();
		expect(knownItem(photo)?.overlay).toMatchObject({ id: copy });
		for (const id of [still, copy]) await rm(disk.folder.fileOf(`${id}.jpg`));
		await sendAll();
		await tell();
		expect(knownItem(still)).toMatchObject({ kind: "still_raised", state: "missing", reason: "lost" });
		expect(knownItem(copy)).toMatchObject({ kind: "overlay", state: "missing", reason: "lost" });
		expect(knownItem(photo)).toMatchObject({ state: "taken", overlay: null });
	});

	test("can be told as long as anything of the alert waits; then its set is forgotten", async () => {
		await takeReference(disk, alertId);
		const clip = await cutClip(disk, alertId);
		await tell();
		expect(known()).toMatchObject({ complete: true });
		expect(disk.allSets.find(alertId)).toBeDefined();
		await rm(fileOf(clip));
		await sendAll();
		expect(disk.allSets.find(alertId)).toBeDefined(); // it has something to tell
		await tell();
		expect(knownItem(clip)).toMatchObject({ reason: "lost" });
		expect(disk.allSets.find(alertId)).toBeUndefined();
	});

	test("none: the set is forgotten with the last that the server has", async () => {
		await takeReference(disk, alertId);
		await cutClip(disk, alertId);
		await tell();
		await sendAll();
		expect(disk.allSets.find(alertId)).toBeUndefined();
	});

	test("in words that an older server does not know: that alert stays as it was told before, no other is held up", async () => {
		await cutClip(disk, alertId);
		await takeReference(disk, alertId);
		await tell();
		const before = known();
		await uploader(10_000).keepWithinLimit();
		const other = goodsCameAndWent(disk, `lane-${++n}`);
		const client = new ServerClient({ url: server.url, token });
		const older: Pick<ServerClient, "evidenceSet"> = {
			evidenceSet: (id, body, signal) => {
				const unknown = JSON.stringify(body).replaceAll('"given_up"', '"eaten"');
				return client.evidenceSet(id, JSON.parse(unknown) as typeof body, signal);
			},
		};
		await tellerOfSets({ keeper: disk.sets, server: older, log }).tellAll(stop.signal);
		expect(known()).toEqual(before);
		expect(evidenceSetOf(server.parts.store, other, "edge-1")).not.toBeNull();
		expect(disk.sets.toTell(9)).toEqual([]);
	});

	test("of an alert whose set is forgotten holds nothing up", async () => {
		await keepStill(disk, "lane-of-an-older-program.1");
		await rm(disk.folder.fileOf("lane-of-an-older-program.1.still_raised.jpg"));
		const other = await keepStill(disk, alertId);
		await writeFile(disk.folder.fileOf(`${other}.jpg`), jpegOf(3_000));
		await sendAll();
		expect(disk.jobs.toUpload()).toEqual([]);
	});

	test.each(["row_gone", "told_off"])("is told once, also where the edge is killed at %s", async (step) => {
		await takeReference(disk, alertId);
		const clip = await cutClip(disk, alertId);
		await tell();
		const { revision = 0 } = known() ?? {};
		disk.store.close();
		const args = [...typescriptLoader, child, folder, step];
		expect((await ended(spawnTied(process.execPath, args, { stdio: "inherit" }))).signal).toBe("SIGKILL");

		disk = openEdgeDisk(folder);
		await disk.folder.sweep(disk.jobs.files());
		await uploader(10_000).keepWithinLimit();
		await tell();
		expect(known()?.revision).toBe(revision + 1);
		expect(known()?.items.filter(({ id }) => id === clip)).toMatchObject([{ state: "missing", reason: "given_up" }]);
		expect(await readdir(disk.folder.path)).toHaveLength(1);
		expect(disk.jobs.toUpload().map(({ kind }) => kind)).toEqual(["reference"]);
	});
});
