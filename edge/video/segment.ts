import { createHash } from "node:crypto";
import type { FragmentHead } from "./fragment-reader.ts";

/** One file of the ring: some seconds of stream copy, beginning with a key frame. */
export interface Segment {
	/** Wall clock (Unix ms) of its first picture. */
	readonly startedAt: number;
	readonly durationMs: number;
	/** Codec and parameters, as `h264-1a2b3c4d`: only segments that are alike go into one clip. */
	readonly format: string;
	/** Name within the ring's folder; it says all of the above, so that the ring needs no other index. */
	readonly file: string;
	readonly bytes: number;
}

export function segmentName({ startedAt, durationMs, format }: Pick<Segment, "startedAt" | "durationMs" | "format">) {
	return `${startedAt}-${durationMs}-${format}.mp4`;
}

/** Null for a name that is not a segment's. */
export function readSegmentName(file: string): Omit<Segment, "bytes"> | null {
	const found = /^(\d{13})-(\d{1,7})-((?:h264|h265|other)-[0-9a-f]{8})\.mp4$/.exec(file);
	if (!found) return null;
	return { startedAt: Number(found[1]), durationMs: Number(found[2]), format: found[3] ?? "", file };
}

export function formatOf({ codec, bytes }: FragmentHead): string {
	return `${codec}-${createHash("sha256").update(bytes).digest("hex").slice(0, 8)}`;
}

export const endOf = ({ startedAt, durationMs }: Pick<Segment, "startedAt" | "durationMs">) => startedAt + durationMs;

/** A larger hole than this between two segments means that the stream was interrupted. */
const mostHoleMs = 1_500;

/**
 * The segments of which a clip of `fromAt` to `toAt` is made: of those that overlap it, the uninterrupted run of one
 * format that covers the most of it, and of equal ones the first.
 */
export function segmentsOfClip(segments: readonly Segment[], fromAt: number, toAt: number): readonly Segment[] {
	const runs: Segment[][] = [];
	for (const segment of segments) {
		if (endOf(segment) <= fromAt || segment.startedAt >= toAt) continue;
		const run = runs.at(-1);
		const before = run?.at(-1);
		const goesOn = before?.format === segment.format && segment.startedAt - endOf(before) <= mostHoleMs;
		if (run && goesOn) run.push(segment);
		else runs.push([segment]);
	}
	const covered = (run: readonly Segment[]) =>
		run.reduce((sum, one) => sum + Math.min(endOf(one), toAt) - Math.max(one.startedAt, fromAt), 0);
	return runs.reduce<Segment[]>((best, run) => (covered(run) > covered(best) ? run : best), []);
}

/** What is dated later than this from now on was dated by a clock that has been put back since. */
const mostAheadMs = 60_000;

/** Those that go first: too old, of a time that is not yet, or more than there is room for. @param segments in order of time */
export function segmentsToDrop(
	segments: readonly Segment[],
	{ keepMs, maxBytes }: { readonly keepMs: number; readonly maxBytes: number },
	now: number,
): readonly Segment[] {
	let bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
	return segments.filter((segment) => {
		const isOfNow = endOf(segment) >= now - keepMs && segment.startedAt <= now + mostAheadMs;
		const drops = !isOfNow || bytes > maxBytes;
		if (drops) bytes -= segment.bytes;
		return drops;
	});
}
