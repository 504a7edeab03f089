import { processTree } from "./process-tree.ts";

/**
 * CPU time in ms that this process with all its threads has used so far, and all that it has started, whether that still
 * runs or has ended. Where there is no /proc, its own alone.
 */
export function cpuTimeMs(): number {
	const { user, system } = process.cpuUsage(); // finer than what Linux tells of others
	return processTree().reduce(
		(sum, { pid, cpuMs, endedCpuMs }) => sum + endedCpuMs + (pid === process.pid ? 0 : cpuMs),
		(user + system) / 1000,
	);
}
