/**
 * `npm run test:faults -- [--only TEXT]… [--rounds 1] [--long] [--soak HOURS] [--log FILE]`: what of the world may fail,
 * fails, one after the other, under a server, an edge and a camera that really run; the table says what became of the stays.
 * Ends with 1 where a promise is broken.
 */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { progressLine } from "../../src/cli/progress-line.ts";
import { typescriptLoader } from "#platform/child-process.ts";
import type { Fault, FaultResult, Trial } from "./fault.ts";
import { faults } from "./faults.ts";
import { killSeries } from "./kill-series.ts";
import { manyCameras } from "./many-cameras.ts";
import { sizes } from "./sizes.ts";
import { soak } from "./soak.ts";
import { tryFault } from "./try-fault.ts";
import { startWorld, type World } from "./world.ts";

const { values } = parseArgs({
	options: {
		only: { type: "string", multiple: true, default: [""] },
		rounds: { type: "string", default: "1" },
		log: { type: "string" },
		long: { type: "boolean", default: false },
		soak: { type: "string" },
	},
});
const trialOf = (fault: Fault): Trial => ({ ...fault, run: (world) => tryFault(world, fault) });
const trials: readonly Trial[] = [
	...faults.map(trialOf),
	killSeries(10, { powerToo: true, isLong: false }),
	manyCameras,
	killSeries(100, { powerToo: false, isLong: true }),
	killSeries(100, { powerToo: true, isLong: true }),
];
const isAll = values.only.includes("");
const isWanted = ({ name }: Trial) => values.only.some((text) => name.includes(text));
const chosen = values.soak
	? [soak(Number(values.soak))]
	: trials.filter((trial) => (trial.isLong && isAll ? values.long : isWanted(trial)));
const progress = progressLine(process.stderr);
const world = await startWorld();
const results: FaultResult[] = [];
let isBroken = false;
try {
	const before = await sizes(world);
	for (let round = 0; round < Number(values.rounds); round++) {
		for (const fault of chosen) {
			const why = fault.impossible?.(world) ?? null;
			if (why !== null) {
				progress.say(`${fault.name}: skipped: ${why}`);
				continue;
			}
			progress.say(fault.name);
			const result = await fault.run(world).catch((error: unknown) => failed(fault.name, error));
			await world.leave(); // what failed may have left a vehicle behind
			for (const sentence of [...result.wrong, result.remark ?? ""].filter(Boolean)) progress.say(`  ${sentence}`);
			results.push({ ...result, name: fault.name });
			progress.say(`  ${rowOf({ ...result, name: fault.name })}`);
			if (values.log) await writeFile(values.log, world.installation.logs());
		}
	}
	console.log(table(results));
	for (const { name, remark } of results) if (remark) console.log(`${name}: ${remark}`);
	console.log(`memory and open files: ${before} at the start, ${await sizes(world)} at the end`);
	const check = await checkData(world);
	console.log(`keepclear check: ${check}`);
	const isWrong = ({ lost, twice, wrong }: FaultResult) => lost > 0 || twice > 0 || wrong.length > 0;
	isBroken = results.some(isWrong) || !check.includes("all is as it should be");
} finally {
	if (values.log) await writeFile(values.log, world.installation.logs());
	await world.close();
}
process.exit(isBroken ? 1 : 0);

function failed(name: string, error: unknown): FaultResult {
	const wrong = [error instanceof Error ? error.message : String(error)];
	return {
		name,
		stays: 2,
		lost: 0,
		twice: 0,
		startOffMs: Number.NaN,
		toldMs: null,
		recoveredMs: Number.NaN,
		whole: 0,
		wrong,
	};
}

function seconds(ms: number | null): string {
	if (ms === null) return "–";
	return Number.isNaN(ms) ? "never" : (ms / 1000).toFixed(1);
}

function rowOf({ name, stays, lost, twice, startOffMs, toldMs, recoveredMs, whole }: FaultResult): string {
	const times = [seconds(startOffMs), seconds(toldMs), seconds(recoveredMs)];
	return `| ${[name, stays, lost, twice, ...times, `${whole}/${stays}`].join(" | ")} |`;
}

function table(rows: readonly FaultResult[]): string {
	const head =
		"| fault | stays | lost | twice | start off by, s | told unknown after, s | recovered after, s | evidence whole |";
	return [head, "|---|---|---|---|---|---|---|---|", ...rows.map(rowOf)].join("\n");
}

async function checkData({ installation }: World): Promise<string> {
	const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
	const args = [...typescriptLoader, commandLine, "check", "--config", installation.serverConfigFile];
	const { stdout } = await promisify(execFile)(process.execPath, args).catch((error: { stdout: string }) => error);
	return stdout.trim().split("\n").slice(-5).join("\n");
}
