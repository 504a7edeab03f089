import type { GreyPicture } from "../picture/grey-picture.ts";

/** How long this stream gives the same picture, now and in general. */
export interface Stillness {
	/** The picture that the stretch began with, by its samples: see `samplesOf`. */
	readonly first: Uint8Array | null;
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

export const noStillness: Stillness = { first: null, since: 0, until: 0, looks: 0, longestMs: 0, pictures: 0 };

const columns = 64;
const rows = 36;
/**
 * A camera that is stuck may encode its one picture anew: no two are then the same to the byte, but from key frame to
 * key frame hardly a sample differs by more steps than this, and at most so many of them do. Of fourteen recordings and
 * 35 nights of cameras that were not stuck none kept to it for longer than three seconds; the sensor's noise is more.
 */
const mostSteps = 2;
const mostDiffering = 0.002 * columns * rows;
/** With so much of the picture changed at once it was stuck before; less is something that moves in a still scene. */
const jumped = 0.3 * columns * rows;
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
	const samples = samplesOf(picture);
	const differing = before.first ? countDiffering(before.first, samples) : Infinity;
	if (differing <= mostDiffering) return { ...before, until: at, looks: before.looks + 1 };
	const faded = before.longestMs * 0.5 ** (Math.max(0, at - before.since) / fadesByHalfMs);
	const isStream = isToLearn(before) || differing < jumped;
	const longestMs = Math.max(faded, isStream ? Math.min(longestLearnedMs, lastedMs(before)) : 0);
	const pictures = Math.min(1_000, before.pictures + 1);
	return { first: samples, since: at, until: at, looks: 1, longestMs, pictures };
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

/** The brightness of one pixel in each of `columns` by `rows` fields: not of a mean, which hides the noise. */
function samplesOf({ width, height, luma }: GreyPicture): Uint8Array {
	const samples = new Uint8Array(columns * rows);
	for (let row = 0; row < rows; row++) {
		const line = Math.floor(((row + 0.5) * height) / rows) * width;
		for (let column = 0; column < columns; column++) {
			samples[row * columns + column] = luma[line + Math.floor(((column + 0.5) * width) / columns)]!;
		}
	}
	return samples;
}

function countDiffering(one: Uint8Array, other: Uint8Array): number {
	let count = 0;
	for (let i = 0; i < one.length; i++) if (Math.abs(one[i]! - other[i]!) > mostSteps) count += 1;
	return count;
}
