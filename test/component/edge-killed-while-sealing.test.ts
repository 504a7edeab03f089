import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { keyFileOf } from "../../edge/seal/open-seal-works.ts";
import { sealSteps } from "../../edge/seal/sealer.ts";
import { sendSteps } from "../../edge/seal/seal-sender.ts";
import { findBrokenPromises } from "../../src/server/check/check-data.ts";
import type { SealJob } from "../support/seal-and-die.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const program = fileURLToPath(new URL("../support/seal-and-die.ts", import.meta.url));
const alerts = 2;

let folder: string;
let server: TestServer;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-sealing-"));
	server = await startTestServer();
});
afterAll(async () => {
	await server.stop();
	await rm(folder, { recursive: true, force: true });
});

function start(job: SealJob) {
	return ended(spawnTied(process.execPath, [...typescriptLoader, program, JSON.stringify(job)], { stdio: "inherit" }));
}

async function broken(): Promise<string[]> {
	const found: string[] = [];
	for await (const sentence of findBrokenPromises(server.parts.store, server.dataFolder)) found.push(sentence);
	return found;
}

const manifestsOf = (edgeId: string) =>
	server.parts.store
		.prepare("SELECT chain_id AS chainId, sequence FROM manifests WHERE edge_id = ? ORDER BY chain_id, sequence")
		.all(edgeId) as { chainId: string; sequence: number }[];
const count = (sql: string, edgeId: string) => server.parts.store.prepare(sql).pluck().get(edgeId) as number;

/** Sealing: the first link, and one in the middle. Sending: in the middle. */
const kills = [
	{ step: "keyed", time: 1 },
	...sealSteps.flatMap((step) => [1, 3].map((time) => ({ step, time }))),
	...sendSteps.map((step) => ({ step, time: 2 })),
];

describe("an edge that is killed while it seals and sends", () => {
	it.each(kills)("loses nothing and makes no second of a link: after $step, time $time", async ({ step, time }) => {
		const edgeId = `edge-${step}-${time}`;
		const { token } = server.createEdge(edgeId);
		const job = { dataFolder: join(folder, edgeId), url: server.url, token, edgeId, alerts };
		expect((await start({ ...job, dieAfter: step, dieAtTime: time })).signal).toBe("SIGKILL");
		expect(await broken()).toEqual([]);
		const before = manifestsOf(edgeId);
		expect((await stat(keyFileOf(job.dataFolder))).mode & 0o777).toBe(0o600);

		expect(await start({ ...job, dieAfter: "never", dieAtTime: 0 })).toEqual({ code: 0, signal: null });
		expect(await broken()).toEqual([]);
		const after = manifestsOf(edgeId);
		expect(after).toEqual(expect.arrayContaining(before));
		expect(new Set(after.map(({ chainId }) => chainId)).size).toBe(1);
		expect(after.map(({ sequence }) => sequence)).toEqual(after.map((_, at) => at + 1));
		expect(count("SELECT count(*) FROM evidence WHERE edge_id = ?", edgeId)).toBe(3 * alerts);
		const sealed = "SELECT count(DISTINCT evidence_id) FROM manifest_files WHERE edge_id = ?";
		expect(count(sealed, edgeId)).toBe(3 * alerts);
		expect(await readdir(join(job.dataFolder, "evidence"))).toEqual([]);
	});
});
