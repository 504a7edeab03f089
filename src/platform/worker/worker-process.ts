import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { ended, typescriptLoader } from "../child-process.ts";
import { type Confinement, spawnConfined } from "../confined-child.ts";
import { readLines } from "../read-lines.ts";
import { FrameReader, piecesOf } from "./frames.ts";
import type { WorkerAnswer } from "./serve-tasks.ts";

/** Words alone: some hundred boxes, or the plates of a picture. */
const mostAnswerBytes = 4 << 20;

/**
 * A module of ours that runs in a confined process of its own (`serve-tasks.ts` is its other side). It may be taken over
 * by what it reads, so its answers are strangers' words: `onAnswer` is given nothing but their kind for sure.
 */
export class WorkerProcess {
	readonly pid: number | undefined;
	/** Fulfilled when it has ended, with why as far as that is known. */
	readonly ended: Promise<string>;
	readonly #child: ChildProcess;
	readonly #tasks: Writable;
	#why = "";

	/**
	 * @param given what the module's `open` gets; plain data
	 * @param onAnswer its answers, in order; what is none ends it
	 */
	constructor(
		module: URL,
		given: unknown,
		{ confinement, onAnswer }: { confinement: Confinement; onAnswer: (answer: WorkerAnswer) => void },
	) {
		const child = spawnConfined(process.execPath, [...typescriptLoader, fileURLToPath(module)], confinement, {
			stdio: ["pipe", "ignore", "pipe", "pipe"],
			env: { PATH: process.env["PATH"], TMPDIR: process.env["TMPDIR"], LANG: "C", TSX_DISABLE_CACHE: "1" },
		});
		this.#child = child;
		this.pid = child.pid;
		this.#tasks = child.stdin as Writable;
		this.#tasks.on("error", () => {}); // it has ended, which is told
		readLines(
			child.stderr as Readable,
			(line) => (this.#why ||= /^\S.*(error|failed|exception|denied)/i.test(line) ? line : ""),
		);
		const reader = new FrameReader(mostAnswerBytes);
		(child.stdio[3] as Readable).on("data", (piece: Buffer) => {
			try {
				for (const { words } of reader.take(piece)) this.#take(words, onAnswer);
			} catch (error) {
				this.#refuse(error instanceof Error ? error.message : String(error));
			}
		});
		this.ended = ended(child).then(
			({ code, signal }) => this.#why || (signal ? `ended by ${signal}` : `ended with ${code}`),
			(error: Error) => error.message,
		);
		this.give(given);
	}

	give(task: unknown, bytes?: Uint8Array): void {
		for (const piece of piecesOf(task, bytes)) this.#tasks.write(piece);
	}

	/** Ends it at once, whatever it does. */
	async kill(): Promise<void> {
		this.#child.kill("SIGKILL");
		await this.ended;
	}

	#take(words: unknown, onAnswer: (answer: WorkerAnswer) => void): void {
		const { kind, why } = Object(words) as { kind?: unknown; why?: unknown };
		if (kind === "dies") this.#why = String(why);
		else if (kind === "ready" || kind === "found" || (kind === "failed" && typeof why === "string"))
			onAnswer(words as WorkerAnswer);
		else throw new Error("it answered what is no answer");
	}

	#refuse(why: string): void {
		this.#why = why;
		this.#child.kill("SIGKILL");
	}
}
