import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { type Footage, loadFootage } from "../../fixtures/nights/cast/footage.ts";
import { watchFrames } from "../../fixtures/nights/evaluate/watch-frames.ts";
import type { Night } from "../../fixtures/nights/night.ts";
import { allNights } from "../../fixtures/nights/stories/all-nights.ts";
import { evaluationPolicy } from "../../src/cli/evaluate/clip-scene.ts";
import { recordedDetector } from "../support/recorded-detections.ts";
import { footageTimeoutMs, goldenNights, nightEveryMs, nightRecording, nightTimeoutMs } from "./night-recordings.ts";
import { lineOf } from "./timeline-line.ts";

let footage: Footage;
let nights: readonly Night[];
beforeAll(async () => {
	footage = await loadFootage();
	nights = allNights(footage);
}, footageTimeoutMs);

/**
 * The rules over frames as the generator makes them and over what the default model saw in them. A page holds what
 * happened, and below it what of that is wrong by the night's own truth. `UPDATE_GOLDEN=1` writes it anew.
 */
test.each(goldenNights)(
	"%s",
	async (name) => {
		const night = nights.find((each) => each.name === name);
		if (!night) throw new Error(`there is no night ${name}`);
		const { events, score } = await watchFrames(night, footage, {
			detector: recordedDetector(nightRecording(name)),
			everyMs: nightEveryMs,
			policy: evaluationPolicy(nightEveryMs),
		});
		const wrong = [
			...score.failures.map((text) => `FAILED  ${text}`),
			...score.remarks.map((text) => `wrong   ${text}`),
		];
		const page = `${[...events.map(lineOf), "", ...(wrong.length > 0 ? wrong : ["as it should be"])].join("\n")}\n`;
		const file = fileURLToPath(new URL(`nights/${name}.timeline.txt`, import.meta.url));
		if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, page);
		expect(page).toBe(readFileSync(file, "utf8"));
	},
	nightTimeoutMs,
);

test("no timeline is kept of a night that is not watched", () => {
	const kept = readdirSync(fileURLToPath(new URL("nights", import.meta.url)));
	expect(kept.toSorted()).toEqual(goldenNights.map((name) => `${name}.timeline.txt`).toSorted());
});
