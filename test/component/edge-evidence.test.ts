import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "#platform/log.ts";
import { type ClipSource, ClipMaker } from "../../edge/evidence/clip-maker.ts";
import { EvidenceUploader } from "../../edge/evidence/evidence-uploader.ts";
import type { UploadJob } from "../../edge/store/evidence-jobs.ts";
import { type EdgeDisk, openEdgeDisk } from "../support/edge-records.ts";
import { until } from "../support/poll.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const log = createLog("test", process.env["KEEPCLEAR_LOG_LEVEL"] ?? "silent");
let server: TestServer;
let token: string;
beforeAll(async () => {
	server = await startTestServer();
	({ token } = server.createEdge("edge-1"));
});
afterAll(() => server.stop());

let folder: string;
let disk: EdgeDisk;
let stop: AbortController;
let running: Promise<void>[];
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-evidence-"));
	disk = openEdgeDisk(folder);
	stop = new AbortController();
	running = [];
});
afterEach(async () => {
	stop.abort();
	await Promise.all(running);
	disk.store.close();
	await rm(folder, { recursive: true, force: true });
});

/** The server looks at the first bytes. */
function jpegOf(bytes: number): Buffer {
	return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(bytes - 4)]);
}

let made = 0;
/** A file on disk with its row, as the records leave it behind. */
async function addStill(content: Uint8Array = jpegOf(50_000), kind: UploadJob["kind"] = "still_raised") {
	const alertId = `lane-1.alert-${process.pid}-${++made}`;
	const id = `${alertId}.${kind}`;
	const kept = await disk.folder.keep(`${id}.jpg`, content);
	const job = { ...kept, id, alertId, cameraId: "cam-1", kind, capturedAt: 1_795_366_800_000 };
	disk.jobs.addStill(job, Date.now());
	return job;
}

function upload({ serverUrl = server.url, maxBytes = 1e9 } = {}) {
	const uploader = new EvidenceUploader({
		jobs: disk.jobs,
		sets: disk.sets,
		folder: disk.folder,
		target: { serverUrl, token },
		maxBytes,
		log,
	});
	running.push(uploader.run(stop.signal));
	return uploader;
}

const stored = (id: string) =>
	server.parts.store.prepare("SELECT bytes, sha256, content_type FROM evidence WHERE id = ?").get(id);
const nothingWaits = () =>
	until("nothing to wait for the upload", async () => {
		const files = await readdir(disk.folder.path).catch(() => []);
		return disk.jobs.toUpload().length === 0 && files.length === 0;
	});

describe("upload", () => {
	test("what waits comes to the server whole; then row and file are gone", async () => {
		const job = await addStill();
		upload();
		await nothingWaits();
		expect(stored(job.id)).toEqual({ bytes: job.bytes, sha256: job.sha256, content_type: "image/jpeg" });
	});

	test("what the server has already counts as sent", async () => {
		const content = jpegOf(50_000);
		const job = await addStill(content);
		const uploader = upload();
		await nothingWaits();
		await disk.folder.keep(job.file, content); // as after a crash between the server's answer and our row
		disk.jobs.addStill(job, Date.now());
		uploader.wake();
		await nothingWaits();
		expect(stored(job.id)).toMatchObject({ sha256: job.sha256 });
	});

	test("a connection that is cut in the middle is gone on with, by another process too", async () => {
		const content = jpegOf(6_000_000);
		const cut = await startCuttingProxy(server.url, 2_000_000);
		const job = await addStill(content, "still_entry");
		const first = new AbortController();
		const uploader = new EvidenceUploader({
			jobs: disk.jobs,
			sets: disk.sets,
			folder: disk.folder,
			target: { serverUrl: cut.url, token },
			maxBytes: 1e9,
			log,
		});
		const firstRun = uploader.run(first.signal);
		await until("the connection to be cut", () => cut.cuts() > 0);
		first.abort();
		await firstRun;
		expect(disk.jobs.toUpload()[0]?.uploadUrl).toContain("/api/edge/evidence/");
		cut.letThrough();
		upload({ serverUrl: cut.url });
		await nothingWaits();
		await cut.close();
		expect(stored(job.id)).toMatchObject({ sha256: job.sha256 });
		expect(cut.begun()).toBe(1); // the second went on with the first's upload
	});

	test("a server that is away costs nothing: it is sent when it is back", async () => {
		const job = await addStill();
		const cut = await startCuttingProxy(server.url, 0);
		upload({ serverUrl: cut.url });
		await until("a failed try", () => cut.cuts() > 1);
		expect(disk.jobs.toUpload()).toHaveLength(1);
		cut.letThrough();
		await nothingWaits();
		await cut.close();
		expect(stored(job.id)).toMatchObject({ sha256: job.sha256 });
	});

	test("a file that was changed on disk is not sent, and does not hold the others", async () => {
		const changed = await addStill();
		const good = await addStill();
		await writeFile(disk.folder.fileOf(changed.file), "something else");
		upload();
		await nothingWaits();
		expect(stored(changed.id)).toBeUndefined();
		expect(stored(good.id)).toBeDefined();
	});

	test("a file of the right size and wrong content is refused by the server for good, and does not hold the others", async () => {
		const changed = await addStill();
		const good = await addStill();
		await writeFile(disk.folder.fileOf(changed.file), jpegOf(changed.bytes));
		upload();
		await nothingWaits();
		expect(stored(changed.id)).toBeUndefined();
		expect(stored(good.id)).toBeDefined();
	});

	test("beyond the limit the oldest goes, clips before stills", async () => {
		const still = await addStill();
		const clip = await addStill(randomBytes(60_000), "clip");
		const newer = await addStill();
		const uploader = new EvidenceUploader({
			jobs: disk.jobs,
			sets: disk.sets,
			folder: disk.folder,
			target: { serverUrl: server.url, token },
			maxBytes: 110_000,
			log,
		});
		await uploader.keepWithinLimit();
		expect(disk.jobs.toUpload().map(({ id }) => id)).toEqual([still.id, newer.id]);
		expect(await readdir(disk.folder.path)).not.toContain(clip.file);
	});
});

test("the limit is kept while one round of sending goes on", async () => {
	const first = await addStill();
	const later: Parameters<EdgeDisk["jobs"]["addStill"]>[0][] = [];
	for (const alertId of ["older", "newer"]) {
		const kept = await disk.folder.keep(`${alertId}.jpg`, jpegOf(40_000));
		const still = { ...kept, id: `${alertId}.${first.alertId}`, alertId, cameraId: "cam-1", capturedAt: 1 };
		later.push({ ...still, kind: "still_raised" as const });
	}
	const setUploadUrl = disk.jobs.setUploadUrl.bind(disk.jobs);
	disk.jobs.setUploadUrl = (id, url) => {
		setUploadUrl(id, url);
		if (id === first.id) later.forEach((still, at) => disk.jobs.addStill(still, at)); // taken while that is on its way
	};
	upload({ maxBytes: 60_000 });
	await nothingWaits();
	expect([first, ...later].map(({ id }) => stored(id) !== undefined)).toEqual([true, false, true]);
});

describe("clips", () => {
	const plan = { id: "a-1.clip", alertId: "a-1", cameraId: "cam-1", fromAt: 10_000, toAt: 30_000 };
	const video = randomBytes(1_000);
	const ring = (coversUntil: number | null, cut: ClipSource["cut"]): ClipSource => ({ coversUntil, cut });
	const makerOf = (source: ClipSource) =>
		new ClipMaker({
			jobs: disk.jobs,
			folder: disk.folder,
			disk: disk.disk,
			ringOf: () => source,
			ringKeepMs: 300_000,
			sets: disk.sets,
			clock: () => ({ offsetMs: null, source: null, readAt: null }),
			onClip: () => undefined,
			log,
		});
	const writes: ClipSource["cut"] = async ({ outFile }) => {
		await writeFile(outFile, video);
		return { startedAt: 9_500.4, durationMs: 21_000.6 };
	};
	beforeEach(async () => {
		await disk.folder.keep("other.jpg", video); // makes the folder
		disk.jobs.plan({ ...plan, kind: "clip" }, { raised: true, at: 0 });
	});

	test("are cut when the ring has them whole, and then wait for their upload", async () => {
		await makerOf(ring(29_999, writes)).makeDue(31_000);
		expect(disk.jobs.toUpload()).toEqual([]);
		await makerOf(ring(30_000, writes)).makeDue(31_000);
		expect(disk.jobs.toUpload()).toMatchObject([
			{
				id: "a-1.clip",
				capturedAt: 9_500,
				durationMs: 21_001,
				bytes: 1_000,
				sha256: createHash("sha256").update(video).digest("hex"),
			},
		]);
		expect(disk.jobs.clipsToCut()).toEqual([]);
	});

	test("of a camera that was lost are what there is, half a minute later", async () => {
		await makerOf(ring(20_000, writes)).makeDue(60_000);
		expect(disk.jobs.toUpload()).toHaveLength(1);
	});

	test("are cut once more after a crash between file and row", async () => {
		await writeFile(disk.folder.fileOf("a-1.clip.mp4"), "half of a");
		await disk.folder.sweep(disk.jobs.files());
		await makerOf(ring(30_000, writes)).makeDue(31_000);
		expect(disk.jobs.toUpload()).toMatchObject([{ bytes: 1_000 }]);
	});

	test("are tried again while the ring may have them, then given up", async () => {
		const fails = ring(30_000, async () => {
			throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
		});
		await makerOf(fails).makeDue(31_000);
		expect(disk.jobs.clipsToCut()).toHaveLength(1);
		await makerOf(fails).makeDue(331_000);
		expect(disk.jobs.clipsToCut()).toEqual([]);
	});

	test("that were never recorded are given up", async () => {
		const maker = makerOf(ring(null, async () => null));
		await maker.makeDue(61_000);
		expect(disk.jobs.clipsToCut()).toHaveLength(1);
		await maker.makeDue(91_000);
		expect(disk.jobs.clipsToCut()).toEqual([]);
	});
});

/** A relay to the server that cuts each connection after so many bytes from the client, until it may let through. */
async function startCuttingProxy(target: string, afterBytes: number) {
	const { hostname, port } = new URL(target);
	let cuts = 0;
	let begun = 0;
	let open = false;
	const relay = createServer((client) => {
		const upstream = connect(Number(port), hostname);
		let passed = 0;
		client.on("data", (chunk: Buffer) => {
			passed += chunk.length;
			if (!open && passed > afterBytes) {
				cuts += 1;
				upstream.end();
				client.destroy();
				return;
			}
			if (chunk.subarray(0, 5).toString() === "POST ") begun += 1;
			upstream.write(chunk);
		});
		upstream.pipe(client);
		for (const socket of [client, upstream]) {
			socket.on("error", () => undefined);
			socket.on("close", () => (socket === client ? upstream.end() : client.destroy()));
		}
	});
	await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
		cuts: () => cuts,
		begun: () => begun,
		letThrough: () => {
			open = true;
		},
		close: () => new Promise<void>((resolve) => relay.close(() => resolve())),
	};
}
