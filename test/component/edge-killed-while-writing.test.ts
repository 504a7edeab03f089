import { once } from "node:events";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { wait } from "#platform/wait.ts";
import { openEdgeDisk } from "../support/edge-records.ts";
import { quickFolder } from "../support/quick-folder.ts";

const child = fileURLToPath(new URL("../support/edge-records-child.ts", import.meta.url));
/** So many vans: an uninterrupted run takes some seconds. */
const vans = 8;
const untilMs = vans * 120_000;

let folder: string;
beforeAll(async () => {
	folder = await quickFolder("keepclear-kill-");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** @param killAfterMs after it is ready; null: let it end */
async function runOnce(dataFolder: string, killAfterMs: number | null): Promise<"done" | "killed"> {
	const program = spawnTied(process.execPath, [...typescriptLoader, child, dataFolder, String(untilMs)], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const end = ended(program);
	if (!program.stdout) throw new Error("no output");
	await once(program.stdout, "data");
	if (killAfterMs !== null) {
		await Promise.race([wait(killAfterMs), end]);
		program.kill("SIGKILL");
	}
	return (await end).code === 0 ? "done" : "killed";
}

/** All that must be the same at the end, however often the edge was killed on the way. */
async function outcomeOf(dataFolder: string) {
	const disk = openEdgeDisk(dataFolder);
	try {
		await disk.folder.sweep(disk.jobs.files());
		const stills = disk.jobs.toUpload(10_000);
		for (const { file, bytes, sha256 } of stills) {
			expect(await disk.folder.describe(file)).toEqual({ file, bytes, sha256 });
		}
		return {
			messages: disk.store.prepare("SELECT id, body FROM outbox ORDER BY position").all() as { id: string }[],
			stills: stills.map(({ id, capturedAt }) => ({ id, capturedAt })),
			clips: disk.jobs.clipsToCut(),
			files: (await readdir(disk.folder.path)).length,
		};
	} finally {
		disk.store.close();
	}
}

test("killed at random moments, the edge's disk ends as if it never had been: nothing lost, nothing twice", async () => {
	const whole = join(folder, "whole");
	expect(await runOnce(whole, null)).toBe("done");
	const expected = await outcomeOf(whole);
	expect(expected.messages.filter(({ id }) => id.endsWith(".raised"))).toHaveLength(vans);
	expect(expected.messages.filter(({ id }) => id.endsWith(".cleared"))).toHaveLength(vans);
	expect(expected.stills).toHaveLength(2 * vans);
	expect(expected.clips).toHaveLength(vans);

	const broken = join(folder, "broken");
	let kills = 0;
	while ((await runOnce(broken, 20 + Math.random() * 200)) === "killed" && kills < 12) kills += 1;
	expect(kills).toBeGreaterThan(3);
	expect(await runOnce(broken, null)).toBe("done");
	expect(await outcomeOf(broken)).toEqual(expected);
});
