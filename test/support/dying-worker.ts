import { serveTasks } from "#platform/worker/serve-tasks.ts";

/**
 * Stands in for the inference worker where a test needs one that dies. What it does is told by the first pixel's red:
 * 1 throws where nobody expects it, 2 exits, 3 hangs, 4 fails, 5 finds what is no detection; anything else
 * is found as a label. A model named "stillborn" never becomes ready.
 */
await serveTasks(async ({ name }: { name: string }) => {
	if (name === "stillborn") process.exit(3);
	return async (_task: unknown, rgb: Uint8Array) => {
		const told = rgb[0] ?? 0;
		if (told === 1)
			setTimeout(() => {
				throw new Error("out of memory, say");
			});
		if (told === 2) process.exit(7);
		if (told <= 3) return new Promise(() => {});
		if (told === 4) throw new Error("no such shape");
		if (told === 5) return [{ label: { is: "no text" }, confidence: 1 }];
		const box = { x1: 0, y1: 0, x2: 1, y2: 1 };
		return [{ label: String(told), confidence: 1, box }];
	};
});
