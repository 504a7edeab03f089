import { readdirSync, statSync } from "node:fs";
import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { type Metric, gauge } from "./prometheus-text.ts";

let delay: IntervalHistogram | null = null;

/** Of this process, since it began to look; the delay since it was last asked. */
export function measureProcess(): readonly Metric[] {
	watchEventLoop();
	const { rss, heapUsed, external } = process.memoryUsage();
	const { user, system } = process.cpuUsage();
	const seconds = (quantile: number) => delayAt(quantile) / 1e9;
	const metrics: readonly Metric[] = [
		{
			name: "keepclear_event_loop_delay_seconds",
			help: "How late the program comes to what is due, since these figures were last asked for",
			type: "gauge",
			samples: [0.5, 0.99, 1].map((quantile) => ({ labels: { quantile: String(quantile) }, value: seconds(quantile) })),
		},
		gauge("process_resident_memory_bytes", "Memory of this process, without the broker's", rss),
		gauge("keepclear_heap_used_bytes", "Of it, used by objects", heapUsed),
		gauge("keepclear_external_memory_bytes", "Of it, buffers", external),
		{
			name: "process_cpu_seconds_total",
			help: "Processor time of this process",
			type: "counter",
			samples: [{ value: (user + system) / 1e6 }],
		},
		gauge("process_start_time_seconds", "When it was started, Unix time", Date.now() / 1000 - process.uptime()),
		gauge("process_open_fds", "Open files and connections; 0 where the system does not say", openFiles()),
	];
	delay?.reset();
	return metrics;
}

/** Once a process. Its timer keeps nothing running. */
export function watchEventLoop(): void {
	if (delay) return;
	delay = monitorEventLoopDelay({ resolution: 20 });
	delay.enable();
}

/** The timer's own 20 ms are none of the delay. Nothing was seen yet: nought. */
function delayAt(quantile: number): number {
	if (!delay || delay.count === 0) return 0;
	return Math.max(0, delay.percentile(Math.max(quantile * 100, 0.01)) - 20e6);
}

function openFiles(): number {
	try {
		return readdirSync("/proc/self/fd").length;
	} catch {
		return 0;
	}
}

/** Nought for a file that is not there. */
export function bytesOf(file: string): number {
	return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
