import { rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { progressLine } from "../../src/cli/progress-line.ts";
import { quickFolder } from "../support/quick-folder.ts";
import { judgeDay } from "./judge-day.ts";
import { planDay } from "./plan-day.ts";
import { playDay } from "./play-day.ts";
import { showDay } from "./show-day.ts";

/** `npm run eval:day -- [--hours 24] [--seed 1] [--kills 20] [--gaps 10] [--goods]`: ends with 1 where a promise is broken. */
const { values } = parseArgs({
	options: {
		hours: { type: "string", default: "24" },
		seed: { type: "string", default: "1" },
		kills: { type: "string", default: "20" },
		gaps: { type: "string", default: "10" },
		goods: { type: "boolean", default: false },
	},
});
const [hours, seed, kills, gaps] = [values.hours, values.seed, values.kills, values.gaps].map(Number) as [
	number,
	number,
	number,
	number,
];
const plan = planDay({ hours, seed, kills, gaps, goods: values.goods });
const folder = await quickFolder("keepclear-day-");
const progress = progressLine(process.stderr);
try {
	const played = await playDay(plan, {
		folder,
		onProgress: (second) => progress.show(`${(second / 3600).toFixed(1)} of ${hours} h`),
	});
	progress.end();
	const verdict = judgeDay(plan, played);
	console.log(showDay(plan, played, verdict));
	if (verdict.broken.length > 0) process.exitCode = 1;
} finally {
	progress.end();
	await rm(folder, { recursive: true, force: true });
}
