/**
 * `npm run test:faults -- [--only TEXT]… [--rounds 1] [--worlds 2] [--long] [--soak HOURS] [--log FILE]`: what of the world
 * may fail, fails, one after the other, under a server, an edge and a camera that really run; the table says what became of
 * the stays. Ends with 1 where a promise is broken.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { progressLine } from "../../src/cli/progress-line.ts";
import type { Fault, FaultResult, Trial } from "./fault.ts";
import { faults } from "./faults.ts";
import { inWorld, type Try, type WorldEnd } from "./in-world.ts";
import { killSeries } from "./kill-series.ts";
import { manyCameras } from "./many-cameras.ts";
import { soak } from "./soak.ts";
import { table } from "./table.ts";
import { tryFault } from "./try-fault.ts";

const { values } = parseArgs({
	options: {
		only: { type: "string", multiple: true, default: [""] },
		rounds: { type: "string", default: "1" },
		worlds: { type: "string", default: availableParallelism() > 1 ? "2" : "1" },
		log: { type: "string" },
		long: { type: "boolean", default: false },
		soak: { type: "string" },
	},
});
const trialOf = (fault: Fault): Trial => ({
	...fault,
	name: `${fault.name}, ${fault.lastsMs / 1000} s`,
	alone: fault.toldWithinMs !== undefined || fault.recoversWithinMs !== undefined,
	run: (world) => tryFault(world, fault),
});
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
const tries = Array.from({ length: Number(values.rounds) }, () => chosen)
	.flat()
	.map((trial, place): Try => ({ trial, place }));

const progress = progressLine(process.stderr);
const results: FaultResult[] = [];
const done = (place: number, result: FaultResult) => (results[place] = result);
let worlds = 0;
const beginWorld = (queue: Try[]) =>
	inWorld(queue, { number: ++worlds, say: (line) => progress.say(line), done, logFile: values.log });

const together = tries.filter(({ trial }) => !trial.alone);
const count = Math.min(Number(values.worlds), together.length);
const ends = await Promise.allSettled(Array.from({ length: count }, () => beginWorld(together)));
const alone = tries.filter(({ trial }) => trial.alone);
if (alone.length > 0) ends.push(...(await Promise.allSettled([beginWorld(alone)])));

const told = results.filter(Boolean); // what this machine cannot have leaves its place empty
console.log(table(told));
for (const { name, remark } of told) if (remark) console.log(`${name}: ${remark}`);
for (const [at, end] of ends.entries()) console.log(`world ${at + 1}: ${wordsOf(end)}`);
const isBroken =
	told.some(({ lost, twice, wrong }) => lost > 0 || twice > 0 || wrong.length > 0) ||
	ends.some((end) => end.status === "rejected" || !end.value.isRight);
process.exit(isBroken ? 1 : 0);

function wordsOf(end: PromiseSettledResult<WorldEnd>): string {
	if (end.status === "rejected") return `it ended early: ${String(end.reason)}`;
	const { trials, before, after, check } = end.value;
	return `${trials} trials; memory and open files: ${before} at the start, ${after} at the end; keepclear check: ${check}`;
}
