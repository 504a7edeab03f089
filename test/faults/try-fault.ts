import { wait } from "#platform/wait.ts";
import { until } from "../support/poll.ts";
import type { Fault } from "./faults.ts";
import type { AlertSeen, World } from "./world.ts";

export interface FaultResult {
	readonly name: string;
	readonly stays: number;
	readonly lost: number;
	/** Alerts beyond one a stay. */
	readonly twice: number;
	/** How much later than the vehicle's arrival its entry was told, at worst; ms, negative for earlier. */
	readonly startOffMs: number;
	/** From the fault's beginning until the lane was told as unknown; null where the edge goes on seeing. */
	readonly toldMs: number | null;
	/** From the fault's end until the server knew all that had happened, or the lane was seen again. */
	readonly recoveredMs: number;
	/** Alerts whose evidence is whole on the server. */
	readonly whole: number;
	/** What went wrong, a sentence each. */
	readonly wrong: readonly string[];
}

/** Longer than the on-delay (5 s) and the off-delay (3 s) of the installation, and what a busy machine adds. */
const stayMs = 12_000;
const gapMs = 8_000;
const deadlineMs = 150_000;

/**
 * One vehicle stands when the fault begins, another comes: during the fault where the edge sees it, after it where it does
 * not. Each is one alert, in order, told once.
 */
export async function tryFault(world: World, fault: Fault): Promise<FaultResult> {
	await until("a clear lane", () => world.laneState() === "clear", {
		deadlineMs,
		lastSeen: () => world.installation.logs().slice(-1_500),
	});
	const since = Date.now();
	const seen = () => world.alertsSince(since);
	const wrong: string[] = [];
	const arrivals = [await world.arrive()];
	await until("the first alert", () => seen().length > 0, { deadlineMs, lastSeen: () => world.laneState() });
	const first = seen()[0]?.id;

	const begunAt = Date.now();
	await fault.begin(world);
	let toldMs: number | null = null;
	if (fault.sees) {
		await wait(2_000);
		await world.leave();
		await wait(gapMs);
		arrivals.push(await world.arrive());
		await wait(stayMs);
		await world.leave();
	} else {
		toldMs = await timeUntil(() => world.laneState() === "unknown", begunAt, begunAt + fault.lastsMs);
		if (toldMs === null) wrong.push("the lane was never told as unknown");
	}
	await wait(Math.max(0, begunAt + fault.lastsMs - Date.now()));
	await fault.end(world);
	const endedAt = Date.now();

	let recoveredMs: number | null;
	if (fault.sees) {
		recoveredMs = await timeUntil(() => isSettled(seen(), 2), endedAt, endedAt + deadlineMs);
	} else {
		recoveredMs = await timeUntil(() => world.laneState() === "occupied", endedAt, endedAt + 6 * 60_000);
		if (seen()[0]?.clearedAt !== null || seen()[0]?.id !== first)
			wrong.push("the stay did not go on as the same alert");
		await world.leave();
		await wait(gapMs);
		arrivals.push(await world.arrive());
		await wait(stayMs);
		await world.leave();
		await timeUntil(() => isSettled(seen(), 2), endedAt, Date.now() + deadlineMs);
	}
	if (recoveredMs === null) wrong.push("it did not recover");
	await wait(3_000); // what comes twice comes soon
	await timeUntil(() => seen().every(({ isWhole }) => isWhole), endedAt, Date.now() + 60_000);
	const alerts = seen();
	const missing = alerts.filter(({ clearedAt }) => clearedAt === null).length;
	if (missing > 0) wrong.push(`${missing} alerts were not cleared`);
	if (alerts.some(({ enteredAt }, at) => enteredAt < (alerts[at - 1]?.clearedAt ?? 0))) wrong.push("they overlap");
	return {
		...{ name: fault.name, stays: arrivals.length, toldMs, recoveredMs: recoveredMs ?? Number.NaN, wrong },
		lost: Math.max(0, arrivals.length - alerts.length),
		twice: Math.max(0, alerts.length - arrivals.length),
		startOffMs: largest(arrivals.map((at, index) => (alerts[index]?.enteredAt ?? at) - at)),
		whole: alerts.filter(({ isWhole }) => isWhole).length,
	};
}

const largest = (offs: readonly number[]) =>
	offs.reduce((worst, off) => (Math.abs(off) > Math.abs(worst) ? off : worst), 0);

const isSettled = (alerts: readonly AlertSeen[], count: number) =>
	alerts.length >= count && alerts.every(({ clearedAt }) => clearedAt !== null);

/** Milliseconds from `from` until it holds; null where it does not by `until`. */
async function timeUntil(holds: () => boolean, from: number, end: number): Promise<number | null> {
	for (; Date.now() < end; await wait(100)) if (holds()) return Date.now() - from;
	return null;
}
