import { processTree, type RunningProcess } from "./process-tree.ts";

/**
 * CPU time in ms that this process with all its threads has used so far, and all that it has started, whether that still
 * runs or has ended. Where there is no /proc, its own alone.
 */
export function cpuTimeMs(processes: readonly RunningProcess[] = processTree()): number {
	return processes.reduce(
		(sum, { pid, cpuMs, endedCpuMs }) => sum + endedCpuMs + (pid === process.pid ? 0 : cpuMs),
		ownCpuTimeMs(),
	);
}

/** Of this process alone: finer than what Linux tells of others, and found out without looking at any. */
export function ownCpuTimeMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}
