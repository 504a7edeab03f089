/**
 * `npm run test:faults -- [--only TEXT]… [--rounds 1] [--log FILE]`: what of the world may fail, fails, one after the other, under a server,
 * an edge and a camera that really run; the table says what became of the stays. Ends with 1 where a promise is broken.
 */
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { progressLine } from "../../src/cli/progress-line.ts";
import { typescriptLoader } from "#platform/child-process.ts";
import { faults } from "./faults.ts";
import { type FaultResult, tryFault } from "./try-fault.ts";
import { startWorld, type World } from "./world.ts";

const { values } = parseArgs({
	options: {
		only: { type: "string", multiple: true, default: [""] },
		rounds: { type: "string", default: "1" },
		log: { type: "string" },
	},
});
const chosen = faults.filter(({ name }) => values.only.some((text) => name.includes(text)));
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
			const result = await tryFault(world, fault).catch((error: unknown) => failed(fault.name, error));
			for (const sentence of result.wrong) progress.say(`  ${sentence}`);
			results.push(result);
		}
	}
	console.log(table(results));
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

function table(rows: readonly FaultResult[]): string {
	const seconds = (ms: number | null) => (ms === null ? "–" : Number.isNaN(ms) ? "never" : (ms / 1000).toFixed(1));
	const lines = rows.map(({ name, stays, lost, twice, startOffMs, toldMs, recoveredMs, whole }) =>
		[name, stays, lost, twice, seconds(startOffMs), seconds(toldMs), seconds(recoveredMs), `${whole}/${stays}`].join(
			" | ",
		),
	);
	const head =
		"fault | stays | lost | twice | start off by, s | told unknown after, s | recovered after, s | evidence whole";
	return [head, "---|---|---|---|---|---|---|---", ...lines].map((line) => `| ${line} |`).join("\n");
}

async function sizes({ installation }: World): Promise<string> {
	const of = async (program: "server" | "edge") => {
		const pid = installation.pidOf(program);
		const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
		const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
		return `${program} ${Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000)} MB, ${files.length}`;
	};
	return `${await of("server")}; ${await of("edge")}`;
}

async function checkData({ installation }: World): Promise<string> {
	const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
	const args = [...typescriptLoader, commandLine, "check", "--config", installation.serverConfigFile];
	const { stdout } = await promisify(execFile)(process.execPath, args).catch((error: { stdout: string }) => error);
	return stdout.trim().split("\n").slice(-5).join("\n");
}
