import { buffer } from "node:stream/consumers";
import type { FfmpegJob } from "./ffmpeg-jobs.ts";
import { FfmpegProcess } from "./ffmpeg-process.ts";

export interface FfmpegRun {
	/** Written to its standard input. */
	readonly input?: string;
	/** Default: none. Of time that passes, not of the processor's. */
	readonly timeoutMs?: number;
	readonly signal?: AbortSignal | undefined;
	readonly onLine?: (line: string) => void;
	/** Given each piece of standard output, which is then not collected. */
	readonly onOutput?: (chunk: Buffer) => void;
}

/**
 * A finite job to its end. Every argument is ours: no address, no text from outside.
 * @returns what came out on standard output
 * @throws Error with ffmpeg's own last words; the signal's reason where it was aborted
 */
export async function runFfmpeg(
	program: string,
	args: readonly string[],
	job: FfmpegJob,
	{ input, timeoutMs, signal, onLine, onOutput }: FfmpegRun = {},
): Promise<Buffer> {
	signal?.throwIfAborted();
	const child = new FfmpegProcess(program, args, job, {
		input: input === undefined ? "ignore" : "pipe",
		...(onLine ? { onLine } : {}),
	});
	const kill = () => void child.kill();
	const timer = timeoutMs === undefined ? undefined : setTimeout(kill, timeoutMs);
	signal?.addEventListener("abort", kill, { once: true });
	try {
		child.input?.on("error", () => {}); // that it has ended is said by how it ended
		child.input?.end(input);
		const [pipe] = child.outputs;
		if (onOutput) pipe?.on("data", onOutput);
		const output = onOutput || !pipe ? Buffer.alloc(0) : await buffer(pipe);
		const { code, signal: killedBy } = await child.ended;
		signal?.throwIfAborted();
		if (code === 0) return output;
		throw new Error([`ffmpeg ended with ${killedBy ?? code}`, ...child.lastLines.slice(-3)].join(" / "));
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener("abort", kill);
		await child.kill();
	}
}
