import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import { edgeKeyFileOf, openEdgeKey } from "../../edge/store/edge-key.ts";
import { KnownConfig } from "../../edge/store/known-config.ts";
import { openEdgeStore } from "../../edge/store/open-edge-store.ts";
import { keptLog } from "../support/kept-log.ts";

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-known-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const secret = "Xq7-camera-secret-91";
const url = `rtsp://viewer:${secret}@10.9.8.7/stream`;
const config: EdgeConfigAnswer = {
	...{ revision: 7, siteId: "estate", siteName: null, edgeId: "edge-1", timeZone: "Asia/Shanghai", permits: [] },
	authority: null,
	policy: { vehicleOnDelayMs: 120_000, objectOnDelayMs: 300_000, offDelayMs: 10_000 },
	cameras: [
		{ id: "cam", name: "门", url, transport: "tcp", sampleEveryMs: 500, zones: [], gbId: null, direction: null },
	],
};

async function filesWith(text: string): Promise<string[]> {
	const names = (await readdir(folder)).filter((name) => name !== "secrets.key");
	const found = await Promise.all(names.map(async (name) => (await readFile(join(folder, name))).includes(text)));
	return names.filter((_name, index) => found[index]);
}

async function open() {
	const { log, text } = keptLog();
	const store = openEdgeStore(folder, log);
	const known = new KnownConfig(store, await openEdgeKey(edgeKeyFileOf(folder), log), log);
	return { store, known, text };
}

it("keeps camera passwords sealed, with a key that is its owner's alone, and gives them back after a restart", async () => {
	const first = await open();
	first.known.save(config, 1);
	expect(await filesWith(secret)).toEqual([]);
	first.store.close();
	expect(await filesWith("10.9.8.7")).toEqual([]);
	expect(await filesWith("known_config")).not.toEqual([]); // the search finds what is there
	expect((await stat(edgeKeyFileOf(folder))).mode & 0o777).toBe(0o600);
	const again = await open();
	expect(again.known.load()).toEqual(config);
	again.store.close();
});

it("seals what an earlier program kept in the clear, down to the last page", async () => {
	const { store, known } = await open();
	store.prepare("INSERT INTO known_config VALUES (1, ?, 1)").run(JSON.stringify(config));
	expect(await filesWith(secret)).not.toEqual([]);
	expect(known.load()).toEqual(config);
	expect(await filesWith(secret)).toEqual([]);
	expect(known.load()).toEqual(config);
	store.close();
});

it("waits for the server where its key is gone, and goes on without a key's file that cannot be used", async () => {
	const { store, known } = await open();
	known.save(config, 1);
	store.close();
	await rm(edgeKeyFileOf(folder));
	const other = await open();
	expect(other.known.load()).toBeUndefined();
	expect(other.text()).toContain("was sealed with another key");
	other.store.close();
	await writeFile(edgeKeyFileOf(folder), "hello\n");
	const broken = await open();
	expect(broken.text()).toContain("the key of camera passwords cannot be used");
	broken.known.save(config, 2);
	expect(broken.known.load()).toEqual(config);
	expect(await readFile(edgeKeyFileOf(folder), "utf8")).toBe("hello\n");
	broken.store.close();
});
