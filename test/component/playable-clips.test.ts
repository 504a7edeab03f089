import { mkdtemp, readdir, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PlayableClips } from "../../src/server/evidence/playable-clips.ts";
import { keptLog } from "../support/kept-log.ts";
import { until } from "../support/poll.ts";
import { testClip } from "../support/test-clips.ts";

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-playable-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("copies of clips for browsers", () => {
	it("take so much room and no more: the one that nobody has asked for longest goes, and it is said", async () => {
		const original = await testClip({ codec: "h265", seconds: 1 });
		const { log, text } = keptLog();
		const ask = (clips: PlayableClips, id: string) => clips.ask(id, { file: original, bytes: 1 });
		const ready = (clips: PlayableClips, id: string) =>
			until(`a copy of ${id}`, async () => (await ask(clips, id)).state === "ready", { deadlineMs: 60_000 });
		const first = new PlayableClips(folder, log);
		for (const id of ["a", "b"]) await ready(first, id);
		await first.stop();
		for (const [id, age] of [
			["a", 2_000],
			["b", 1_000],
		] as const) {
			const at = new Date(Date.now() - age);
			await utimes(join(folder, `${id}.mp4`), at, at);
		}
		await ready(first, "a"); // asked for again: now b is the one
		const { size } = await stat(join(folder, "a.mp4"));
		const small = new PlayableClips(folder, log, { mostBytes: size });
		await ready(small, "c");
		expect((await readdir(folder)).sort()).toEqual(["a.mp4", "c.mp4"]);
		expect(text()).toContain("copies of clips for browsers went to make room");
		await small.stop();

		const full = new PlayableClips(folder, log, { minFreeBytes: Number.MAX_SAFE_INTEGER });
		await ask(full, "d");
		await until("it to be given up", async () => (await ask(full, "d")).state === "failed", { deadlineMs: 30_000 });
		expect(await readdir(folder)).toEqual([]);
		await full.stop();
	});
});
