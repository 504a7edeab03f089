import { approachPixels, scaled, takePixels, type Values } from "./cell-pixels.ts";
import { changeLight, type Compared, compare, isStrange, waitForLight } from "./change-light.ts";
import type { Layers, LayersLook } from "./layers.ts";
import { seenIn } from "./light.ts";
import { never } from "./never.ts";
import { fine, isCellAlike } from "./window.ts";

/** What comes and goes sooner than this has not stayed … */
const settleMs = 1_500;
/** … and what was there for long is not given up before something else was there for this share of it. */
const settleShare = 0.25;
const longestSettleMs = 10_000;
/** What is seen at first is the empty lane, if it does not pass. */
const learnMs = 3_000;
/** The reference follows light and season slowly, what is present is averaged faster. */
const referenceMs = 40_000;
const presentMs = 6_000;

/** One look further. */
export function look(before: Layers, seen: LayersLook): Layers {
	const compared = compare(before, seen);
	if (!isStrange(before, compared)) return goOn({ ...before, strangeSince: never }, seen, compared);
	const waiting = waitForLight(before, seen, compared.gain);
	if (waiting.state === "waits") return waiting.layers;
	const next = waiting.state === "settled" ? changeLight(waiting.layers, seen) : { ...before, strangeSince: never };
	return goOn(next, seen, compare(next, seen));
}

/** A look in a light that is known. */
function goOn(before: Layers, seen: LayersLook, { same, gain, alike }: Compared): Layers {
	const change: Change = {
		before,
		layers: {
			...writable(before),
			passing: seen.luma,
			gain,
			alike: alike ?? before.alike,
			light: seenIn(before.light, seen.at, seen.elapsedMs),
		},
		seen,
		values: scaled(fine / gain),
		referenceShare: shareOf(seen.elapsedMs, referenceMs),
		presentShare: shareOf(seen.elapsedMs, presentMs),
	};
	const { layers } = change;
	for (let cell = 0; cell < seen.hidden.length; cell++) {
		const known = before.known[cell] === 1;
		if (seen.hidden[cell] === 1) {
			layers.hiddenAt[cell] = seen.at;
			if (!known && seen.taken[cell] === 0) takeAsItIs(change, cell);
		} else if (same[cell] === 1) isEmpty(change, cell);
		else if (known) differs(change, cell);
		else if (seen.taken[cell] === 0) learn(change, cell);
		else if (before.presentSince[cell] !== never) differs(change, cell);
	}
	return layers;
}

/** One look's change of the layers: `layers` are written, `before` is what they were. */
interface Change {
	readonly before: Layers;
	readonly layers: Layers;
	readonly seen: LayersLook;
	/** What the look's brightnesses are at the exposure of the layers. */
	readonly values: Values;
	readonly referenceShare: number;
	readonly presentShare: number;
}

/** A cell of which nothing is known yet; the windows of its neighbours reach into it. */
function takeAsItIs({ layers: { grid, reference, present }, seen: { luma }, values }: Change, cell: number): void {
	takePixels(grid, reference, luma, cell, values);
	takePixels(grid, present, luma, cell, values);
}

/** What a cell shows for a while at first becomes its reference. */
function learn(change: Change, cell: number): void {
	const { layers, seen } = change;
	takeAsItIs(change, cell);
	layers.presentSince[cell] = never;
	const since = sameSince(change, cell);
	layers.passingSince[cell] = since;
	if (seen.at - since < learnMs) return;
	layers.known[cell] = 1;
	layers.passingSince[cell] = never;
}

/** The cell looks like the reference. */
function isEmpty({ before, layers, seen: { at, luma }, values, referenceShare }: Change, cell: number): void {
	approachPixels(layers.grid, layers.reference, luma, cell, values, referenceShare);
	layers.passingSince[cell] = never;
	layers.emptyAt[cell] = at;
	if (before.presentSince[cell] === never) takePixels(layers.grid, layers.present, luma, cell, values);
	else if (before.freeSince[cell] === never) layers.freeSince[cell] = at;
	else if (at - before.freeSince[cell]! >= settleMs) layers.presentSince[cell] = never;
}

/** The cell shows something else than the reference, or there is none. */
function differs(change: Change, cell: number): void {
	const { before, layers, seen, values } = change;
	const { at, luma } = seen;
	const wasPresent = before.presentSince[cell] !== never;
	layers.freeSince[cell] = never;
	if (wasPresent && isCellAlike(before.grid, luma, before.present, cell, layers.gain)) {
		approachPixels(before.grid, layers.present, luma, cell, values, change.presentShare);
		layers.presentAt[cell] = at;
		layers.passingSince[cell] = never;
		return;
	}
	const since = sameSince(change, cell);
	const stays = at - since >= settleMsOf(before, cell);
	layers.passingSince[cell] = stays ? never : since;
	if (!wasPresent || stays) takePixels(before.grid, layers.present, luma, cell, values);
	if (!stays) return;
	layers.presentSince[cell] = since;
	layers.presentAt[cell] = at;
}

/** Since when the cell has looked the same from look to look. */
function sameSince({ before, layers, seen: { at, luma } }: Change, cell: number): number {
	const since = before.passingSince[cell]!;
	if (since === never) return at;
	return isCellAlike(before.grid, luma, before.passing, cell, layers.gain / before.gain, 1) ? since : at;
}

function settleMsOf({ presentSince, presentAt }: Layers, cell: number): number {
	const lastedMs = presentSince[cell] === never ? 0 : presentAt[cell]! - presentSince[cell]!;
	return Math.min(longestSettleMs, Math.max(settleMs, settleShare * lastedMs));
}

const shareOf = (elapsedMs: number, overMs: number) => Math.min(1, 1 - Math.exp(-elapsedMs / overMs));

/** Layers whose arrays are their own. */
function writable(layers: Layers): Layers {
	return {
		...layers,
		reference: layers.reference.slice(),
		present: layers.present.slice(),
		known: layers.known.slice(),
		presentSince: layers.presentSince.slice(),
		presentAt: layers.presentAt.slice(),
		passingSince: layers.passingSince.slice(),
		freeSince: layers.freeSince.slice(),
		emptyAt: layers.emptyAt.slice(),
		hiddenAt: layers.hiddenAt.slice(),
	};
}
