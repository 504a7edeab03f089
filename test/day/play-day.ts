import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { wait } from "#platform/wait.ts";
import type { AlertMessage } from "#contract/messages/index.ts";
import { openEdgeDisk } from "../support/edge-records.ts";
import { Dice } from "./chance.ts";
import type { DayPlan, Kill, Span } from "./plan-day.ts";

/** A stretch in which the edge saw nothing, and how much longer its blind time was after it. */
export interface BlindStretch extends Span {
	readonly why: string;
	readonly toldMs: number;
}

export interface PlayedDay {
	readonly messages: readonly AlertMessage[];
	readonly blind: readonly BlindStretch[];
	/** How many looks that had been begun before each kill were not on disk after it. */
	readonly looksLost: readonly number[];
	readonly wallMs: number;
}

export interface PlayOptions {
	readonly folder: string;
	readonly onProgress?: (second: number) => void;
}

const child = fileURLToPath(new URL("edge-child.ts", import.meta.url));

/** What one run of the edge said before it ended. */
interface Run {
	readonly killed: boolean;
	readonly loadedAt: number;
	readonly lastBegun: number;
	/** Each frame that was kept, with the blind time told with it and the last frame whose view could be trusted. */
	readonly kept: readonly { readonly at: number; readonly blindMs: number; readonly lookedAt: number }[];
}

/** Plays the day in an edge of its own process, which is really killed and started again from its disk. */
export async function playDay(plan: DayPlan, { folder, onProgress }: PlayOptions): Promise<PlayedDay> {
	const startedAt = performance.now();
	const planFile = join(folder, "plan.json");
	await writeFile(planFile, JSON.stringify(plan));
	const dataFolder = join(folder, "data");
	const dice = new Dice(plan.seed + 2);
	const runs: Run[] = [];
	const downs: (Span & { why: string })[] = [];
	let fromSecond = 0;
	for (const kill of [...plan.kills, null]) {
		const run = await runEdge([planFile, dataFolder, String(fromSecond)], kill, dice.between(0, 12), onProgress);
		runs.push(run);
		if (!kill) break;
		if (!run.killed) throw new Error(`the edge ended by itself before it was killed at ${kill.at} ms`);
		const killedAt = run.lastBegun * 1_000;
		fromSecond = Math.ceil((killedAt + kill.downMs) / 1_000);
		downs.push({ fromAt: killedAt, toAt: fromSecond * 1_000, why: "killed" });
	}
	return {
		messages: messagesIn(dataFolder),
		blind: blindStretches([...plan.gaps.map((gap) => ({ ...gap, why: "stream lost" })), ...downs], runs),
		looksLost: runs.slice(1).map(({ loadedAt }, index) => looksNotKept(runs[index], loadedAt)),
		wallMs: performance.now() - startedAt,
	};
}

/** @param afterMs how long after it began the look at `kill.at` the signal is sent: in the middle of whatever that is */
async function runEdge(
	args: readonly string[],
	kill: Kill | null,
	afterMs: number,
	onProgress?: (second: number) => void,
): Promise<Run> {
	const program = spawnTied(process.execPath, [...typescriptLoader, child, ...args], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const end = ended(program);
	if (!program.stdout) throw new Error("no output");
	let [loadedAt, lastBegun, lastFrameAt, isDone, isDying] = [-1, -1, -1, false, false];
	const kept: { at: number; blindMs: number; lookedAt: number }[] = [];
	for await (const line of createInterface({ input: program.stdout })) {
		const [word, ...numbers] = line.split(" ");
		const [first = 0, second = 0, third = 0, fourth = 0] = numbers.map(Number);
		if (word === "loaded") loadedAt = first;
		else if (word === "done") isDone = true;
		else if (word === "begun") {
			lastBegun = first;
			if (first % 600 === 0) onProgress?.(first);
			if (kill && first * 1_000 >= kill.at && !isDying) {
				isDying = true;
				void wait(afterMs).then(() => program.kill("SIGKILL"));
			}
		} else if (second !== lastFrameAt) {
			lastFrameAt = second;
			kept.push({ at: second, blindMs: third, lookedAt: fourth });
		}
	}
	const { signal, code } = await end;
	if (!kill && !isDone) throw new Error(`the edge ended with ${signal ?? code} before the day did`);
	return { killed: signal === "SIGKILL", loadedAt, lastBegun, kept };
}

/** Looks that were kept before the kill and are not in the state that was loaded after it; the one in hand counts too. */
function looksNotKept(before: Run | undefined, loadedAt: number): number {
	if (!before) return 0;
	const lost = before.kept.filter(({ at }) => at > loadedAt).length;
	const inHand = before.lastBegun * 1_000 > (before.kept.at(-1)?.at ?? loadedAt) ? 1 : 0;
	return lost + inHand;
}

/** Spans that touch are one: an edge that is killed while its stream is lost was blind once. */
function blindStretches(spans: readonly (Span & { why: string })[], runs: readonly Run[]): BlindStretch[] {
	const kept = runs.flatMap((run) => run.kept);
	const joined: (Span & { why: string })[] = [];
	for (const span of spans.toSorted((a, b) => a.fromAt - b.fromAt)) {
		const last = joined.at(-1);
		if (!last || span.fromAt > last.toAt + 1_000) joined.push({ ...span });
		else {
			joined[joined.length - 1] = {
				fromAt: last.fromAt,
				toAt: Math.max(last.toAt, span.toAt),
				why: `${last.why}, ${span.why}`,
			};
		}
	}
	return joined.map((span) => {
		const before = kept.findLast(({ at }) => at < span.fromAt)?.blindMs ?? 0;
		const after = kept.find(({ lookedAt }) => lookedAt >= span.toAt)?.blindMs ?? 0;
		return { ...span, toldMs: after - before };
	});
}

function messagesIn(dataFolder: string): AlertMessage[] {
	const disk = openEdgeDisk(dataFolder);
	try {
		const bodies = disk.store.prepare("SELECT body FROM outbox ORDER BY position").pluck().all() as string[];
		return bodies.map((body) => JSON.parse(body) as AlertMessage);
	} finally {
		disk.store.close();
	}
}
