import { readdirSync, rmSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Logger } from "#platform/log.ts";
import { steadyNow } from "../clock/steady-clock.ts";
import { cutClip } from "./clip-cutter.ts";
import { decodePicture } from "./photo-cutter.ts";
import type { Picture } from "./ppm-reader.ts";
import { endOf, readSegmentName, type Segment, segmentsOfClip, segmentsToDrop } from "./segment.ts";
import { SegmentWriter } from "./segment-writer.ts";

export interface SegmentRingOptions {
	/** Of this camera alone. Made when it is not there. */
	readonly folder: string;
	/** How long a segment is kept. */
	readonly keepMs: number;
	/** How many bytes are kept at most; the oldest goes first. */
	readonly maxBytes: number;
	/** Least length of a segment; it ends with the next key frame after it. Default: 2000. */
	readonly segmentMs?: number;
	readonly log: Logger;
}

export interface Clip {
	/** Wall clock (Unix ms) of the first picture: at or before `fromAt` where the ring reaches back so far. */
	readonly startedAt: number;
	readonly durationMs: number;
	readonly codec: "h264" | "h265" | "other";
}

/** What fails so often is the segment's fault, and not the machine's. */
const mostDecodings = 3;

/** The last minutes of one camera's stream on disk, as the camera sent it, for clips. Outlives a restart. */
export class SegmentRing {
	readonly #options: SegmentRingOptions;
	readonly #folder: string;
	#segments: readonly Segment[];
	/** Segments that a clip is being made of; they stay until it is done. */
	readonly #inUse = new Map<Segment, number>();
	/** How often no picture could be decoded of one. */
	readonly #failures = new WeakMap<Segment, number>();

	constructor(options: SegmentRingOptions) {
		this.#options = options;
		this.#folder = resolve(options.folder);
		this.#segments = readFolder(this.#folder);
	}

	/** Until when (Unix ms) the ring holds pictures; null while it is empty. What comes later is not yet on the disk. */
	get coversUntil(): number | null {
		const last = this.#segments.at(-1);
		return last ? endOf(last) : null;
	}

	/** Takes one session's stream, fragmented MP4 as it comes from ffmpeg. @param onRecording see SegmentWriter */
	record(onRecording: (isRecording: boolean) => void): SegmentWriter {
		const { log, segmentMs = 2_000 } = this.#options;
		const folder = this.#folder;
		return new SegmentWriter({
			folder,
			segmentMs,
			onSegment: (segment) => this.#add(segment),
			onRecording: (isRecording, error) => {
				if (!isRecording) log.warn({ err: error, folder }, "recording is off: the disk does not take it; frames go on");
				else log.info({ folder }, "recording");
				onRecording(isRecording);
			},
		});
	}

	/**
	 * Makes a clip of whole segments by stream copy: MP4 for the browser, on disk (fsync) under `outFile` or not at all.
	 * It may begin before `fromAt` and end after `toAt` by less than a segment; where the stream was interrupted it is
	 * the longest uninterrupted part. Does not wait for what is not yet recorded: see `coversUntil`.
	 * @returns null when the ring holds nothing of that time. @throws Error when the clip cannot be written
	 */
	async cut(wanted: { fromAt: number; toAt: number; outFile: string; signal?: AbortSignal }): Promise<Clip | null> {
		const segments = segmentsOfClip(this.#segments, wanted.fromAt, wanted.toAt);
		const [first] = segments;
		if (!first) return null;
		const codec = first.format.startsWith("h265") ? "h265" : first.format.startsWith("h264") ? "h264" : "other";
		for (const segment of segments) this.#hold(segment);
		try {
			const files = segments.map(({ file }) => join(this.#folder, file));
			await cutClip({ files, isH265: codec === "h265", ...wanted });
			const durationMs = segments.reduce((sum, segment) => sum + segment.durationMs, 0);
			return { startedAt: first.startedAt, durationMs, codec };
		} finally {
			for (const segment of segments) this.#release(segment);
		}
	}

	/**
	 * One picture as the camera sent it: the first of a time, or (its last key frame) the last. Of what a camera sent while
	 * it was disturbed none can be decoded; then another segment of that time has it.
	 * @returns null where the ring holds none. @throws Error when what it holds cannot be decoded, which may pass
	 */
	async photo(wanted: {
		fromAt: number;
		toAt: number;
		take: "first" | "last";
		signal?: AbortSignal;
	}): Promise<(Picture & { readonly capturedAt: number }) | null> {
		const isWithin = (one: Segment) => endOf(one) > wanted.fromAt && one.startedAt <= wanted.toAt;
		const within = this.#segments.filter((one) => isWithin(one) && this.#failuresOf(one) < mostDecodings);
		let trouble: Error | null = null;
		for (const segment of wanted.take === "first" ? within : within.toReversed()) {
			this.#hold(segment);
			try {
				const picture = await decodePicture({
					file: join(this.#folder, segment.file),
					fromMs: wanted.fromAt - segment.startedAt,
					toMs: wanted.toAt - segment.startedAt,
					take: wanted.take,
					signal: wanted.signal,
				});
				if (picture) return { ...picture, capturedAt: Math.round(segment.startedAt + picture.offsetMs) };
			} catch (error) {
				wanted.signal?.throwIfAborted();
				this.#failures.set(segment, this.#failuresOf(segment) + 1);
				trouble ??= error as Error;
			} finally {
				this.#release(segment);
			}
		}
		if (trouble) throw trouble;
		return null;
	}

	#failuresOf(segment: Segment): number {
		return this.#failures.get(segment) ?? 0;
	}

	#hold(segment: Segment) {
		this.#inUse.set(segment, (this.#inUse.get(segment) ?? 0) + 1);
	}

	#release(segment: Segment) {
		const uses = (this.#inUse.get(segment) ?? 1) - 1;
		if (uses > 0) this.#inUse.set(segment, uses);
		else this.#inUse.delete(segment);
	}

	async #add(segment: Segment): Promise<void> {
		this.#segments = [...this.#segments, segment].sort((a, b) => a.startedAt - b.startedAt);
		const dropped = segmentsToDrop(this.#segments, this.#options, steadyNow()).filter((one) => !this.#inUse.has(one));
		this.#segments = this.#segments.filter((one) => !dropped.includes(one));
		for (const { file } of dropped) await rm(join(this.#folder, file), { force: true });
	}
}

/**
 * What an earlier run left. Unfinished segments have no times and go; so do those of which a power loss left the name alone,
 * for no clip could be cut with one of them in its middle.
 */
function readFolder(folder: string): Segment[] {
	const segments: Segment[] = [];
	for (const file of listFolder(folder)) {
		const named = readSegmentName(file);
		try {
			const bytes = named ? statSync(join(folder, file)).size : 0;
			if (named && bytes > 0) segments.push({ ...named, bytes });
			else if (named || file.endsWith(".part")) rmSync(join(folder, file), { force: true });
		} catch {
			// gone meanwhile, or a read-only folder: neither is in the way
		}
	}
	return segments.sort((a, b) => a.startedAt - b.startedAt);
}

function listFolder(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return []; // not there yet, or cannot be read: recording will say so
	}
}
