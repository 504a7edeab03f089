import { parentPort, workerData } from "node:worker_threads";
import type { LookTask } from "../../edge/detect/inference-worker.ts";

/**
 * Stands in for the inference worker where a test needs one that dies. What it does is told by the first pixel's red:
 * 1 throws, 2 exits, 3 hangs, 4 answers that it failed, 5 takes a while; anything else is found as a label. `workerData.name` "stillborn"
 * never becomes ready.
 */
if ((workerData as { name: string }).name === "stillborn") process.exit(3);

parentPort?.on("message", (task: LookTask) => {
	const told = task.rgb[0] ?? 0;
	if (told === 1) throw new Error("out of memory, say");
	if (told === 2) process.exit(7);
	if (told === 3) return;
	if (told === 4) return parentPort?.postMessage({ kind: "failed", why: "no such shape" });
	const box = { x1: 0, y1: 0, x2: 1, y2: 1 };
	const found = { kind: "found", found: [{ label: String(told), confidence: 1, box }] };
	setTimeout(() => parentPort?.postMessage(found), told === 5 ? 400 : 0);
});
parentPort?.postMessage({ kind: "ready" });
