import { wait } from "#platform/wait.ts";
import { losePower, withoutDisks } from "./disk-faults.ts";
import type { FaultResult, Trial } from "./fault.ts";
import { largest, timeUntil } from "./try-fault.ts";
import type { World } from "./world.ts";

/** Between a start and the next end: from amid its loading to well into its watching. */
const livesForMs = { least: 300, most: 9_000 };
/** A vehicle comes and goes once in so many. */
const killsAStay = 5;
const deadlineMs = 180_000;

/**
 * The edge ends without warning again and again at random moments, while vehicles come, stand and leave. Each vehicle is
 * one alert.
 * @param powerToo each second time the power is lost with it
 */
export function killSeries(kills: number, { powerToo, isLong }: { powerToo: boolean; isLong: boolean }): Trial {
	const what = powerToo ? "killed, or its power lost, in turn" : "killed";
	return {
		name: `edge ${what}, ${kills} times at random`,
		isLong,
		...(powerToo ? { impossible: withoutDisks } : {}),
		run: (world) => run(world, kills, powerToo),
	};
}

async function run(world: World, kills: number, powerToo: boolean): Promise<FaultResult> {
	const known = new Set(world.told.alerts().map(({ id }) => id));
	const seen = () => world.told.alerts().filter(({ id }) => !known.has(id));
	const wrong: string[] = [];
	const arrivals: number[] = [];
	let done = 0;
	const end = async () => {
		await wait(livesForMs.least + Math.random() * (livesForMs.most - livesForMs.least));
		if (powerToo && done % 2 === 1) await losePower(world, "edge");
		else await world.installation.kill("edge");
		world.installation.start("edge");
		done += 1;
	};
	let recoveredMs = 0;
	const settled = async (what: string, holds: () => boolean) => {
		const ms = await timeUntil(holds, Date.now(), Date.now() + deadlineMs);
		if (ms === null) wrong.push(`after ${done} times: ${what}`);
		recoveredMs = Math.max(recoveredMs, ms ?? Number.NaN);
	};
	while (done < kills) {
		arrivals.push(await world.arrive());
		const here = arrivals.length;
		while (done < kills && done < here * killsAStay - 2) await end();
		await settled(
			"no alert of what stands there",
			() => seen().length >= here && world.told.laneState() === "occupied",
		);
		await world.leave();
		while (done < kills && done < here * killsAStay) await end();
		await settled("what has left is told as there", () => isOver(seen()) && world.told.laneState() === "clear");
	}
	await wait(5_000); // what comes twice comes soon
	await timeUntil(() => seen().every(({ isWhole }) => isWhole), Date.now(), Date.now() + 60_000);
	const alerts = seen();
	const [stays, told] = [arrivals.length, alerts.length];
	return {
		...{ name: "", stays, toldMs: null, recoveredMs, wrong },
		...{ lost: Math.max(0, stays - told), twice: Math.max(0, told - stays) },
		startOffMs: largest(arrivals.map((at, index) => (alerts[index]?.enteredAt ?? at) - at)),
		whole: alerts.filter(({ isWhole }) => isWhole).length,
	};
}

const isOver = (alerts: readonly { readonly clearedAt: number | null }[]) =>
	alerts.every(({ clearedAt }) => clearedAt !== null);
