import type { ChildProcess } from "node:child_process";
import { ended } from "#platform/child-process.ts";
import type { Logger } from "#platform/log.ts";
import { wait } from "#platform/wait.ts";

const graceMs = 10_000;

/**
 * Starts a program again whenever it ends, however it ended, as the init system of a real installation does. Returns
 * when `signal` is aborted and the program has fully stopped.
 */
export async function keepRunning(
	name: string,
	start: () => ChildProcess,
	log: Logger,
	signal: AbortSignal,
): Promise<void> {
	while (!signal.aborted) {
		const child = start();
		const end = ended(child);
		const stop = () => {
			child.kill("SIGTERM");
			setTimeout(() => child.kill("SIGKILL"), graceMs).unref();
		};
		signal.addEventListener("abort", stop, { once: true });
		const how = await end;
		signal.removeEventListener("abort", stop);
		if (signal.aborted) return;
		log.warn({ name, pid: child.pid, ...how }, `the ${name} has ended and is started again`);
		await wait(500, signal);
	}
}
