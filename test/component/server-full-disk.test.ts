import { readdir, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { DetailedError } from "tus-js-client";
import { afterEach, describe, expect, it } from "vitest";
import { jpegOf, sendEvidence } from "../support/evidence.ts";
import { until } from "../support/poll.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

let server: TestServer;
afterEach(() => server.stop());

const evidence = { id: "still-1", alertId: "occ-1", kind: "still_raised" as const, content: jpegOf(5000) };

async function statusOf(sending: Promise<unknown>): Promise<number | undefined> {
	const error = await sending.then(
		() => null,
		(reason: unknown) => reason,
	);
	return error instanceof DetailedError ? error.originalResponse?.getStatus() : undefined;
}

describe("a full disk", () => {
	it("refuses evidence for the time being, keeps the rest for alerts, and takes it once there is room", async () => {
		server = await startTestServer({ evidence: { minFreeBytes: Number.MAX_SAFE_INTEGER } });
		const edge = { url: server.url, ...server.createEdge("edge-1") };
		expect(await statusOf(sendEvidence(edge, evidence))).toBe(507);
		expect((await (await server.admin()).fetch("/api/wall")).status).toBe(200);
		(server.config.evidence as { minFreeBytes: number }).minFreeBytes = 0;
		await sendEvidence(edge, evidence);
		expect(await readdir(join(server.dataFolder, "evidence", "occ-1"))).toEqual(["still-1"]);
	});

	it("answers 507 when the disk is full in the middle of an upload, which goes on later", async () => {
		server = await startTestServer();
		const edge = { url: server.url, ...server.createEdge("edge-1") };
		const whole = { ...evidence, content: jpegOf(1_500_000) };
		let url = "";
		const chunks = sendEvidence(edge, whole, {
			chunkSize: 500_000,
			begun: (upload) => {
				upload.options.onChunkComplete = () => {
					url = upload.url ?? "";
					void upload.abort();
				};
			},
		});
		chunks.catch(() => {});
		await until("half of it has come", () => url !== "");
		const file = join(server.dataFolder, "uploads", url.split("/").at(-1) ?? "");
		await rename(file, `${file}.aside`);
		await symlink("/dev/full", file); // every write to it fails with ENOSPC
		expect(await statusOf(sendEvidence(edge, whole, { uploadUrl: url }))).toBe(507);
		await rm(file);
		await rename(`${file}.aside`, file);
		await sendEvidence(edge, whole, { uploadUrl: url });
		expect(await readdir(join(server.dataFolder, "evidence", "occ-1"))).toEqual(["still-1"]);
	});
});
