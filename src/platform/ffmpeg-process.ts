import type { Readable, Writable } from "node:stream";
import { ended } from "./child-process.ts";
import { spawnConfined } from "./confined-child.ts";
import { type FfmpegJob, ffmpegJobs } from "./ffmpeg-jobs.ts";
import { readLines } from "./read-lines.ts";
import { redactSecrets } from "./redact.ts";

const graceMs = 2_000;
const mostErrorLines = 60;

export interface FfmpegPipes {
	/** 2: what comes out on descriptor 3 too. Default: 1. */
	readonly descriptors?: 1 | 2;
	/** Default: none. */
	readonly input?: "ignore" | "pipe";
	/** Is given every line of standard error, redacted. */
	readonly onLine?: (line: string) => void;
}

/**
 * A running ffmpeg: the one place that starts it, confined to what its job needs. It dies with us. Standard error is always
 * drained, read by lines, and its end is kept; the other pipes must be read by whoever asked for them.
 */
export class FfmpegProcess {
	/** Standard output, and with `descriptors` 2 also descriptor 3. */
	readonly outputs: readonly Readable[];
	/** Standard input where it was asked for. */
	readonly input: Writable | null;
	/** Fulfilled when it has ended and all its pipes are closed. Status 0 is no sign of success with a camera. */
	readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
	readonly pid: number | undefined;
	readonly #kill: (signal: NodeJS.Signals) => void;
	readonly #lines: string[] = [];
	#isOver = false;

	constructor(
		program: string,
		args: readonly string[],
		job: FfmpegJob,
		{ descriptors = 1, input = "ignore", onLine = () => {} }: FfmpegPipes = {},
	) {
		const pipes = Array.from({ length: descriptors }, () => "pipe" as const);
		const [output = "pipe", ...others] = pipes;
		const child = spawnConfined(program, args, ffmpegJobs[job], {
			stdio: [input, output, "pipe", ...others],
			env: { PATH: process.env["PATH"], LANG: "C", AV_LOG_FORCE_NOCOLOR: "1" },
		});
		this.pid = child.pid;
		this.input = child.stdin;
		this.#kill = (signal) => void child.kill(signal);
		this.outputs = [child.stdio[1], ...child.stdio.slice(3)].filter(
			(pipe): pipe is Readable => !!pipe && "read" in pipe,
		);
		this.ended = ended(child).finally(() => (this.#isOver = true));
		this.ended.catch(() => {}); // whoever waits for it hears of it
		readLines(child.stdio[2] as Readable, (line) => {
			const clean = redactSecrets(line);
			// What only describes frames would push out what says why ffmpeg ended.
			if (!clean.startsWith("[Parsed_showinfo")) this.#lines.push(clean);
			if (this.#lines.length > mostErrorLines) this.#lines.shift();
			onLine(clean);
		});
	}

	/** The last lines of standard error, without those about single frames. */
	get lastLines(): readonly string[] {
		return this.#lines;
	}

	/** Asks it to end (it then says goodbye to the camera and writes what it holds), and kills it when it does not. */
	async stop(): Promise<void> {
		if (!this.#isOver) this.#kill("SIGTERM");
		const timer = setTimeout(() => this.#kill("SIGKILL"), graceMs);
		await this.ended.catch(() => {});
		clearTimeout(timer);
	}

	/** For those who will not read on: ends it at once. */
	async kill(): Promise<void> {
		if (!this.#isOver) this.#kill("SIGKILL");
		for (const pipe of this.outputs) pipe.resume();
		await this.ended.catch(() => {});
	}
}
