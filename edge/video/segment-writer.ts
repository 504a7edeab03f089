import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { steadyNow } from "../clock/steady-clock.ts";
import { ArrivalClock } from "./arrival-clock.ts";
import type { Fragment, FragmentHead } from "./fragment-reader.ts";
import { formatOf, type Segment, segmentName } from "./segment.ts";

export interface SegmentWriterOptions {
	readonly folder: string;
	/** A segment ends with the first group of pictures after this time. */
	readonly segmentMs: number;
	/** Whether segments are written now; told with the first one and whenever it changes. */
	readonly onRecording: (isRecording: boolean, error?: unknown) => void;
	readonly onSegment: (segment: Segment) => Promise<void> | void;
}

/** After a failure the disk is tried again with the next key frame after this time. */
const retryMs = 3_000;
/** What may wait for a slow disk before pictures are left out. */
const mostWaitingBytes = 32 << 20;

interface OpenFile {
	readonly handle: FileHandle;
	readonly path: string;
	readonly format: string;
	readonly startMs: number;
	endMs: number;
	bytes: number;
}

let writers = 0;

/**
 * Puts one session's stream together to segments on disk. `take` never waits and never throws: what the disk cannot
 * take is left out, said once by `onRecording`, and tried again; the pipe is drained all the same.
 */
export class SegmentWriter {
	readonly #options: SegmentWriterOptions;
	readonly #clock = new ArrivalClock();
	readonly #number = (writers += 1);
	#head: FragmentHead | null = null;
	#file: OpenFile | null = null;
	#work: Promise<void> = Promise.resolve();
	#waitingBytes = 0;
	#isRecording: boolean | null = null;
	#restsUntil = -Infinity;

	constructor(options: SegmentWriterOptions) {
		this.#options = options;
	}

	take(piece: FragmentHead | Fragment, at = steadyNow()) {
		if (piece.kind === "head") this.#head = piece;
		else this.#takeFragment(piece, at);
	}

	/** Nothing more will come that can be understood. */
	giveUp(error: unknown) {
		this.#queue(0, () => this.#fail(error));
	}

	/** Finishes the open segment. Fulfilled when it lies on the disk. */
	async end(): Promise<void> {
		this.#queue(0, () => this.#finish());
		await this.#work;
	}

	#takeFragment(fragment: Fragment, at: number) {
		this.#clock.arrived(fragment.startMs + fragment.durationMs, at);
		if (this.#waitingBytes > mostWaitingBytes) {
			this.#queue(0, () => this.#fail(new Error("the disk is too slow for this stream")));
			return;
		}
		this.#queue(fragment.bytes.length, () => this.#write(fragment));
	}

	#queue(bytes: number, job: () => Promise<void>) {
		this.#waitingBytes += bytes;
		this.#work = this.#work
			.then(job)
			.catch((error: unknown) => this.#fail(error))
			.finally(() => (this.#waitingBytes -= bytes));
	}

	async #write(fragment: Fragment): Promise<void> {
		const isLongEnough = this.#file && fragment.startMs - this.#file.startMs >= this.#options.segmentMs - 1;
		const isElsewhere = this.#file && Math.abs(fragment.startMs - this.#file.endMs) > 1_000;
		if (fragment.beginsWithKey && (isLongEnough || isElsewhere)) await this.#finish();
		if (!this.#file) {
			if (!fragment.beginsWithKey || !this.#head || performance.now() < this.#restsUntil) return;
			this.#file = await this.#begin(this.#head, fragment.startMs);
		}
		fragment.setStart(fragment.startMs - this.#file.startMs);
		await writeWhole(this.#file.handle, fragment.bytes);
		this.#file.bytes += fragment.bytes.length;
		this.#file.endMs = fragment.startMs + fragment.durationMs;
	}

	async #begin(head: FragmentHead, startMs: number): Promise<OpenFile> {
		await mkdir(this.#options.folder, { recursive: true });
		const path = join(this.#options.folder, `${process.pid}-${this.#number}.part`);
		const handle = await open(path, "w", 0o600);
		const file = { handle, path, format: formatOf(head), startMs, endMs: startMs, bytes: head.bytes.length };
		this.#file = file;
		await writeWhole(handle, head.bytes);
		return file;
	}

	async #finish(): Promise<void> {
		const file = this.#file;
		this.#file = null;
		if (!file) return;
		try {
			await file.handle.close();
			const { format, bytes } = file;
			const startedAt = this.#clock.wallClockOf(file.startMs);
			const durationMs = Math.round(file.endMs - file.startMs);
			const name = segmentName({ startedAt, durationMs, format });
			await rename(file.path, join(this.#options.folder, name));
			this.#say(true);
			await this.#options.onSegment({ startedAt, durationMs, format, file: name, bytes });
		} catch (error) {
			await rm(file.path, { force: true }).catch(() => {});
			throw error;
		}
	}

	async #fail(error: unknown): Promise<void> {
		this.#restsUntil = performance.now() + retryMs;
		const file = this.#file;
		this.#file = null;
		await file?.handle.close().catch(() => {});
		if (file) await rm(file.path, { force: true }).catch(() => {});
		this.#say(false, error);
	}

	#say(isRecording: boolean, error?: unknown) {
		if (this.#isRecording === isRecording) return;
		this.#isRecording = isRecording;
		this.#options.onRecording(isRecording, error);
	}
}

/** `write` may write less than it is given when a disk runs full; the next one then fails. */
async function writeWhole(handle: FileHandle, bytes: Buffer): Promise<void> {
	for (let from = 0; from < bytes.length;) {
		const { bytesWritten } = await handle.write(bytes, from);
		from += bytesWritten;
	}
}
