import { wait } from "#platform/wait.ts";
import { until } from "../support/poll.ts";
import type { Fault, FaultResult } from "./fault.ts";
import type { AlertSeen } from "./told.ts";
import type { World } from "./world.ts";

/** Longer than the on-delay (5 s) and the off-delay (3 s) of the installation, and what a busy machine adds. */
const stayMs = 12_000;
const gapMs = 8_000;
const deadlineMs = 150_000;

/**
 * One vehicle stands when the fault begins, another comes: during the fault where the edge sees it, after it where it does
 * not. Each is one alert, in order, told once.
 */
export async function tryFault(world: World, fault: Fault): Promise<FaultResult> {
	await until("a clear lane", () => world.told.laneState() === "clear", {
		deadlineMs,
		lastSeen: () => world.installation.logs().slice(-1_500),
	});
	await fault.before?.(world);
	const known = new Set(world.told.alerts().map(({ id }) => id));
	const seen = () => world.told.alerts().filter(({ id }) => !known.has(id));
	const wrong: string[] = [];
	const arrivals = [await world.arrive()];
	const departures: number[] = [];
	await until("the first alert", () => seen().length > 0, { deadlineMs, lastSeen: () => world.told.laneState() });
	const first = seen()[0]?.id;

	const begunAt = Date.now();
	await fault.begin(world);
	let toldMs: number | null = null;
	if (fault.sees) {
		await wait(2_000);
		departures.push(await world.leave());
		await wait(gapMs);
		arrivals.push(await world.arrive());
		await wait(stayMs);
		departures.push(await world.leave());
	} else {
		toldMs = await timeUntil(() => world.told.laneState() === "unknown", begunAt, begunAt + fault.lastsMs);
		if (toldMs === null) wrong.push("the lane was never told as unknown");
	}
	await wait(Math.max(0, begunAt + fault.lastsMs - Date.now()));
	await fault.end(world);
	const endedAt = Date.now();

	let recoveredMs: number | null;
	if (fault.sees) {
		recoveredMs = await timeUntil(() => isSettled(seen(), 2), endedAt, endedAt + deadlineMs);
	} else {
		recoveredMs = await timeUntil(() => world.told.laneState() === "occupied", endedAt, endedAt + 6 * 60_000);
		if (seen()[0]?.clearedAt !== null || seen()[0]?.id !== first)
			wrong.push("the stay did not go on as the same alert");
		departures.push(await world.leave());
		await wait(gapMs);
		arrivals.push(await world.arrive());
		await wait(stayMs);
		departures.push(await world.leave());
		await timeUntil(() => isSettled(seen(), 2), endedAt, Date.now() + deadlineMs);
	}
	if ((toldMs ?? 0) > (fault.toldWithinMs ?? Infinity)) wrong.push("it took too long to be told");
	if (recoveredMs === null) wrong.push("it did not recover");
	if ((recoveredMs ?? 0) > (fault.recoversWithinMs ?? Infinity)) wrong.push("it took too long to recover");
	const clear = await timeUntil(() => world.told.laneState() === "clear", 0, Date.now() + 60_000);
	if (clear === null) wrong.push(`the lane is ${world.told.laneState()} after all has left`);
	await wait(3_000); // what comes twice comes soon
	await timeUntil(() => seen().every(({ isWhole }) => isWhole), endedAt, Date.now() + 60_000);
	const alerts = seen();
	const off = fault.datedOffMs ?? 0;
	const missing = alerts.filter(({ clearedAt }) => clearedAt === null).length;
	if (missing > 0) wrong.push(`${missing} alerts were not cleared`);
	if (alerts.some(({ enteredAt }, at) => enteredAt < (alerts[at - 1]?.clearedAt ?? 0))) wrong.push("they overlap");
	if (fault.sees) wrong.push(...wrongDwells(alerts, arrivals, departures));
	return {
		...{ name: fault.name, stays: arrivals.length, toldMs, recoveredMs: recoveredMs ?? Number.NaN, wrong },
		lost: Math.max(0, arrivals.length - alerts.length),
		twice: Math.max(0, alerts.length - arrivals.length),
		startOffMs: largest(arrivals.map((at, index) => (alerts[index]?.enteredAt ?? at + off) - at - off)),
		whole: alerts.filter(({ isWhole }) => isWhole).length,
	};
}

/** What a busy machine, and what is told too early, may put to a stay. */
const mostDwellOffMs = 12_000;
const onDelayMs = 5_000;

/** Whatever is done to the clock: how long each stood, and that none was raised before the on-delay. */
function wrongDwells(
	alerts: readonly AlertSeen[],
	arrivals: readonly number[],
	departures: readonly number[],
): string[] {
	return alerts.flatMap(({ enteredAt, raisedAt, clearedAt }, index) => {
		const [from, to] = [arrivals[index], departures[index]];
		if (from === undefined || to === undefined || clearedAt === null) return [];
		const offMs = clearedAt - enteredAt - (to - from);
		const words = [];
		if (Math.abs(offMs) > mostDwellOffMs) words.push(`a stay is told ${Math.round(offMs / 1000)} s too long`);
		if (raisedAt - enteredAt < onDelayMs) words.push(`an alert was raised ${raisedAt - enteredAt} ms after the entry`);
		return words;
	});
}

export const largest = (offs: readonly number[]) =>
	offs.reduce((worst, off) => (Math.abs(off) > Math.abs(worst) ? off : worst), 0);

const isSettled = (alerts: readonly AlertSeen[], count: number) =>
	alerts.length >= count && alerts.every(({ clearedAt }) => clearedAt !== null);

/** Milliseconds from `from` until it holds; null where it does not by `until`. */
export async function timeUntil(holds: () => boolean, from: number, end: number): Promise<number | null> {
	for (; Date.now() < end; await wait(100)) if (holds()) return Date.now() - from;
	return null;
}
