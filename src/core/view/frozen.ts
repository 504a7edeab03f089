import type { GreyPicture } from "../picture/grey-picture.ts";

/** How long this stream gives the very same picture, now and in general. */
export interface Stillness {
	/** A hash of the last picture. */
	readonly print: number | null;
	/** The first and the last look at it, and how many there were. */
	readonly since: number;
	readonly until: number;
	readonly looks: number;
	/**
	 * The longest such stretch that ended: a stream of few bits repeats the picture between two key frames while nothing
	 * moves. Fades, so that one hiccup is not remembered for ever.
	 */
	readonly longestMs: number;
	/** How many different pictures there were so far. */
	readonly pictures: number;
}

export const noStillness: Stillness = { print: null, since: 0, until: 0, looks: 0, longestMs: 0, pictures: 0 };

/** Cameras are rarely set to key frames farther apart than this. */
const frozenAfterMs = 8_000;
const timesLongest = 1.5;
const longestLearnedMs = 30_000;
const fadesByHalfMs = 1_800_000;
/** One look in two seconds gives five in eight; two looks with a gap between them say nothing. */
const fewestLooks = 4;
/** A stream that never repeats a picture is doubtful when it does so for this long. */
const doubtfulAfterMs = 2_500;
const knownAfterPictures = 15;

export function followStillness(before: Stillness, at: number, picture: GreyPicture): Stillness {
	const print = printOf(picture);
	if (before.print === print) return { ...before, until: at, looks: before.looks + 1 };
	const faded = before.longestMs * 0.5 ** (Math.max(0, at - before.since) / fadesByHalfMs);
	const longestMs = Math.max(faded, isToLearn(before) ? Math.min(longestLearnedMs, lastedMs(before)) : 0);
	return { print, since: at, until: at, looks: 1, longestMs, pictures: Math.min(1_000, before.pictures + 1) };
}

export function isFrozen(stillness: Stillness): boolean {
	return stillness.looks >= fewestLooks && lastedMs(stillness) >= neededMs(stillness);
}

export function isDoubtful(stillness: Stillness): boolean {
	return neverRepeats(stillness) && lastedMs(stillness) >= doubtfulAfterMs;
}

/** What was told as frozen in a stream that never repeats was a fault; elsewhere the stream is like that. */
function isToLearn(stillness: Stillness): boolean {
	return !isFrozen(stillness) || !neverRepeats(stillness);
}

function neededMs({ longestMs }: Stillness): number {
	return Math.max(frozenAfterMs, timesLongest * longestMs);
}

function neverRepeats({ longestMs, pictures }: Stillness): boolean {
	return pictures >= knownAfterPictures && longestMs < doubtfulAfterMs / 2;
}

function lastedMs({ since, until }: Stillness): number {
	return until - since;
}

/** Of every byte: FNV-1a. */
function printOf({ luma }: GreyPicture): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < luma.length; i++) hash = Math.imul(hash ^ luma[i]!, 0x01000193);
	return hash >>> 0;
}
