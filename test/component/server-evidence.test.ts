import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DetailedError } from "tus-js-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { type EvidenceToSend, jpegOf, makeClip, metadataOf, sendEvidence } from "../support/evidence.ts";
import { until } from "../support/poll.ts";
import { putAlert } from "../support/server-rows.ts";
import { type Person, startTestServer, type TestServer } from "../support/server.ts";

let server: TestServer;
let admin: Person;
let edge: { url: string; token: string };
let other: { url: string; token: string };

beforeAll(async () => {
	server = await startTestServer({ evidence: { maxFileBytes: 5_000_000, minFreeBytes: 0 } });
	admin = await server.admin();
	edge = { url: server.url, ...server.createEdge("edge-1") };
	other = { url: server.url, ...server.createEdge("edge-2") };
	const alert = { edgeId: "edge-1", laneId: "lane-1", cameraId: "camera-1" };
	putAlert(server.parts.store, { ...alert, id: "occ-1", raisedAt: 1_700_000_000_000 });
});
afterAll(() => server.stop());

let number = 0;
const still = (more: Partial<EvidenceToSend> = {}): EvidenceToSend => ({
	id: `still-${++number}`,
	alertId: "occ-1",
	kind: "still_raised",
	content: jpegOf(300_000, number),
	...more,
});

const rows = () =>
	server.parts.store
		.prepare<[], { id: string }>("SELECT id FROM evidence")
		.all()
		.map(({ id }) => id);
const uploads = async () => (await readdir(join(server.dataFolder, "uploads"))).filter((name) => !name.startsWith("."));

async function refusalOf(sending: Promise<unknown>): Promise<{ status: number; error: string }> {
	const error = await sending.then(
		() => null,
		(reason: unknown) => reason,
	);
	if (!(error instanceof DetailedError)) throw new Error(`no answer of the server: ${String(error)}`);
	const body = JSON.parse(error.originalResponse?.getBody() ?? "{}") as { error: string };
	return { status: error.originalResponse?.getStatus() ?? 0, error: body.error };
}

describe("uploading evidence", () => {
	it("stores a file whole, shows it with its alert, and leaves nothing behind", async () => {
		const evidence = still();
		await sendEvidence(edge, evidence);
		const file = join(server.dataFolder, "evidence", "occ-1", evidence.id);
		expect((await readFile(file)).equals(evidence.content)).toBe(true);
		const alert = await admin.json<AlertAnswer>("/api/alerts/occ-1");
		const { sha256 } = metadataOf(evidence);
		expect(alert.evidence).toContainEqual({
			id: evidence.id,
			kind: "still_raised",
			capturedAt: 1_700_000_000_000,
			durationMs: null,
			contentType: "image/jpeg",
			bytes: 300_000,
			sha256,
		});
		expect(await uploads()).toEqual([]);
	});

	it("goes on where an interrupted upload was", async () => {
		const evidence = still({ content: jpegOf(3_000_000) });
		const url = await new Promise<string>((resolve, reject) => {
			const upload = sendEvidence(edge, evidence, {
				chunkSize: 500_000,
				begun: (begun) => {
					begun.options.onChunkComplete = (_size, accepted) => {
						if (accepted >= 1_000_000) void begun.abort().then(() => resolve(begun.url ?? ""));
					};
				},
			});
			upload.catch(reject);
		});
		expect(rows()).not.toContain(evidence.id);
		let sent = 0;
		await sendEvidence(edge, evidence, { uploadUrl: url, onChunkComplete: (bytes) => void (sent += bytes) });
		expect(sent).toBeGreaterThan(0);
		expect(sent).toBeLessThanOrEqual(2_000_000);
		expect(rows()).toContain(evidence.id);
		const answer = await admin.fetch(`/api/evidence/${evidence.id}`);
		expect(Buffer.from(await answer.arrayBuffer()).equals(evidence.content)).toBe(true);
	});

	it("takes in, when it is asked for the offset, what was cut off after its last byte", async () => {
		const evidence = still();
		const headers = { authorization: `Bearer ${edge.token}`, "tus-resumable": "1.0.0" };
		const encoded = Object.entries(metadataOf(evidence)).map(
			([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`,
		);
		const created = await fetch(`${edge.url}/api/edge/evidence`, {
			method: "POST",
			headers: { ...headers, "upload-length": String(evidence.content.length), "upload-metadata": encoded.join(",") },
		});
		const url = new URL(created.headers.get("location") ?? "", edge.url);
		// As a kill leaves it: all bytes are there, and nobody looked at them.
		await writeFile(join(server.dataFolder, "uploads", url.pathname.split("/").at(-1) ?? ""), evidence.content);
		expect((await fetch(url, { method: "HEAD", headers })).status).toBe(404);
		expect(rows()).toContain(evidence.id);
		expect(await refusalOf(sendEvidence(edge, evidence))).toEqual({ status: 409, error: "already_stored" });
	});

	it("answers a repeated upload as already there", async () => {
		const evidence = still();
		await sendEvidence(edge, evidence);
		expect(await refusalOf(sendEvidence(edge, evidence))).toEqual({ status: 409, error: "already_stored" });
		expect(await uploads()).toEqual([]);
	});

	it("takes two uploads of the same evidence at once as one", async () => {
		const evidence = still();
		await Promise.allSettled([sendEvidence(edge, evidence), sendEvidence(edge, evidence)]);
		expect(rows().filter((id) => id === evidence.id)).toHaveLength(1);
		await until("no upload is left", async () => (await uploads()).length === 0);
	});

	it("stores nothing whose content is not what was announced", async () => {
		const evidence = still();
		const wrong = { status: 422, error: "wrong_content" };
		const sha256 = "0".repeat(64);
		expect(await refusalOf(sendEvidence(edge, evidence, { metadata: { ...metadataOf(evidence), sha256 } }))).toEqual(
			wrong,
		);
		const html = still({ content: Buffer.from(`<html>${"x".repeat(500)}`) });
		expect(await refusalOf(sendEvidence(edge, html))).toEqual(wrong);
		expect(rows()).not.toContain(evidence.id);
		expect(await uploads()).toEqual([]);
	});

	it("refuses bad metadata with the path of each problem, and what is too large or empty", async () => {
		const evidence = still();
		const metadata = {
			...metadataOf(evidence),
			kind: "painting",
			capturedAt: "soon",
			evidenceId: "../../etc/passwd",
			more: "x",
		};
		const answer = await sendEvidence(edge, evidence, { metadata }).catch((error: unknown) => error as DetailedError);
		const body = JSON.parse((answer as DetailedError).originalResponse?.getBody() ?? "{}") as {
			problems: { path: string }[];
		};
		expect(body.problems.map(({ path }) => path).sort()).toEqual(
			["capturedAt", "evidenceId", "kind", "more"].map((key) => `Upload-Metadata.${key}`),
		);
		const mixed = { ...metadataOf(evidence), contentType: "video/mp4" };
		expect(await refusalOf(sendEvidence(edge, evidence, { metadata: mixed }))).toMatchObject({ status: 400 });
		const large = sendEvidence(edge, still({ content: jpegOf(5_000_001) })).catch(
			(error: unknown) => error as DetailedError,
		);
		expect(((await large) as DetailedError).originalResponse?.getStatus()).toBe(413);
		expect(await refusalOf(sendEvidence(edge, still({ content: Buffer.alloc(0) })))).toMatchObject({ status: 400 });
	});

	it("lets an edge add to its own alerts and uploads alone", async () => {
		const evidence = still();
		expect(await refusalOf(sendEvidence(other, evidence))).toEqual({ status: 403, error: "not_yours" });
		await sendEvidence(edge, evidence);
		expect(await refusalOf(sendEvidence(other, evidence))).toEqual({ status: 403, error: "not_yours" });

		let url = "";
		const begun = still({ content: jpegOf(1_000_000) });
		const cut = sendEvidence(edge, begun, {
			chunkSize: 500_000,
			onUploadUrlAvailable: () => {},
			begun: (upload) => {
				upload.options.onChunkComplete = () => {
					url = upload.url ?? "";
					void upload.abort();
				};
			},
		});
		cut.catch(() => {});
		await until("half of it has come", () => url !== "");
		for (const method of ["HEAD", "DELETE"]) {
			const headers = { authorization: `Bearer ${other.token}`, "tus-resumable": "1.0.0" };
			expect((await fetch(url, { method, headers })).status).toBe(404);
		}
		await sendEvidence(edge, begun, { uploadUrl: url });
		expect(rows()).toContain(begun.id);
	});

	it("keeps evidence of an alert that is still on its way, and does not show another edge's under it", async () => {
		await sendEvidence(edge, still({ id: "early-1", alertId: "occ-2" }));
		const alert = { laneId: "lane-1", cameraId: "camera-1", raisedAt: 5 };
		putAlert(server.parts.store, { ...alert, id: "occ-2", edgeId: "edge-1" });
		expect((await admin.json<AlertAnswer>("/api/alerts/occ-2")).evidence.map(({ id }) => id)).toEqual(["early-1"]);
		await sendEvidence(other, still({ id: "planted", alertId: "occ-3" }));
		putAlert(server.parts.store, { ...alert, id: "occ-3", edgeId: "edge-1" });
		expect((await admin.json<AlertAnswer>("/api/alerts/occ-3")).evidence).toEqual([]);
	});
});

describe("fetching evidence", () => {
	it("answers the right type, a name made of the id, and parts", async () => {
		const evidence = still();
		await sendEvidence(edge, evidence);
		const path = `/api/evidence/${evidence.id}`;
		const whole = await admin.fetch(path);
		expect(Object.fromEntries(whole.headers)).toMatchObject({
			"content-type": "image/jpeg",
			"x-content-type-options": "nosniff",
			"content-disposition": `attachment; filename="${evidence.id}.jpg"`,
			"content-length": "300000",
			"accept-ranges": "bytes",
		});
		const part = await admin.fetch(path, { headers: { range: "bytes=2-5" } });
		expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 2-5/300000"]);
		expect(Buffer.from(await part.arrayBuffer()).equals(evidence.content.subarray(2, 6))).toBe(true);
		expect((await admin.fetch(path, { headers: { range: "bytes=300000-" } })).status).toBe(416);
		const etag = whole.headers.get("etag") ?? "";
		expect((await admin.fetch(path, { headers: { "if-none-match": etag } })).status).toBe(304);
		expect((await admin.fetch("/api/evidence/no-such")).status).toBe(404);
		expect((await admin.fetch("/api/evidence/..%2F..%2Fkeepclear.db")).status).toBe(404);
	});

	it("plays an H.264 clip as it is, and an H.265 one as a copy that is made once", async () => {
		await mkdir(join(server.dataFolder, "made"));
		for (const [codec, id] of [
			["libx264", "clip-264"],
			["libx265", "clip-265"],
		] as const) {
			const content = await makeClip(join(server.dataFolder, "made", `${id}.mp4`), codec);
			await sendEvidence(edge, still({ id, kind: "clip", content }));
		}
		const original = await admin.fetch("/api/evidence/clip-264");
		const asIs = await admin.fetch("/api/evidence/clip-264/playable");
		expect(asIs.status).toBe(200);
		expect(Buffer.from(await asIs.arrayBuffer()).equals(Buffer.from(await original.arrayBuffer()))).toBe(true);

		const first = await admin.fetch("/api/evidence/clip-265/playable");
		expect([first.status, await first.json()]).toEqual([202, { state: "working", progress: 0 }]);
		const copy = await until(
			"a playable copy",
			async () => {
				const answer = await admin.fetch("/api/evidence/clip-265/playable", { headers: { range: "bytes=0-" } });
				return answer.status === 206 ? answer : null;
			},
			{ deadlineMs: 40_000 },
		);
		expect(copy.headers.get("content-type")).toBe("video/mp4");
		expect(Buffer.from(await copy.arrayBuffer()).includes("avc1")).toBe(true);
		const kept = await admin.fetch("/api/evidence/clip-265");
		expect(Buffer.from(await kept.arrayBuffer()).includes("hev1")).toBe(true);
		expect(await readdir(join(server.dataFolder, "playable"))).toEqual(["clip-265.mp4"]);
	});

	it("says so when a clip cannot be made playable", async () => {
		const content = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypisom"), Buffer.alloc(2000, 1)]);
		await sendEvidence(edge, still({ id: "clip-broken", kind: "clip", content }));
		const answer = await admin.fetch("/api/evidence/clip-broken/playable");
		expect([answer.status, await answer.json()]).toMatchObject([422, { error: "not_playable" }]);
	});
});
