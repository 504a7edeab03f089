import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { findBrokenPromises } from "../../src/server/check/check-data.ts";
import { createEdge } from "../../src/server/edges/edges-actions.ts";
import { evidenceSteps } from "../../src/server/evidence/evidence-actions.ts";
import { openStore } from "../../src/server/store/open-store.ts";
import { jpegOf, metadataOf } from "../support/evidence.ts";

const program = fileURLToPath(new URL("../support/store-evidence-and-die.ts", import.meta.url));
const evidence = { id: "still-1", alertId: "occ-1", kind: "still_raised" as const, content: jpegOf(50_000) };

let dataFolder: string;
beforeEach(async () => {
	dataFolder = await mkdtemp(join(tmpdir(), "keepclear-killed-"));
	const store = openStore(join(dataFolder, "keepclear.db"));
	createEdge(store, { id: "edge-1", siteId: "estate", name: "edge-1" });
	store.close();
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

async function takeIn(dieAfter: string) {
	const file = join(dataFolder, "uploads", "edge-1.abc");
	await mkdir(join(dataFolder, "uploads"), { recursive: true });
	await writeFile(file, evidence.content);
	const job = { dataFolder, file, metadata: metadataOf(evidence), bytes: evidence.content.length, dieAfter };
	const child = spawnTied(process.execPath, [...typescriptLoader, program, JSON.stringify(job)], { stdio: "inherit" });
	return ended(child);
}

async function state() {
	const store = openStore(join(dataFolder, "keepclear.db"));
	const broken: string[] = [];
	for await (const sentence of findBrokenPromises(store, dataFolder)) broken.push(sentence);
	const rows = store.prepare("SELECT id FROM evidence").all();
	store.close();
	return { broken, rows };
}

describe("a server that is killed while it takes in evidence", () => {
	it.each(evidenceSteps)(
		"keeps its promises, and has the evidence once after the next try: killed after %s",
		async (step) => {
			expect((await takeIn(step)).signal).toBe("SIGKILL");
			const after = await state();
			expect(after.broken).toEqual([]);
			expect(after.rows).toHaveLength(step === "recorded" ? 1 : 0);

			expect(await takeIn("never")).toEqual({ code: 0, signal: null });
			expect(await state()).toEqual({ broken: [], rows: [{ id: "still-1" }] });
			const stored = await readFile(join(dataFolder, "evidence", "occ-1", "still-1"));
			expect(stored.equals(evidence.content)).toBe(true);
		},
	);
});
