import { cellSide, type CellGrid } from "./cell-grid.ts";
import { fine, type FinePicture, isSame, likeness } from "./window.ts";

/**
 * What is remembered of each cell of the work picture. `reference`: the empty lane. `present`: what stands in front of it
 * and stays. `passing`: what was seen last and may come to stay. Instants are `never` where there is nothing.
 *
 * Reference and present are kept at one exposure: a look's brightness is divided by its gain, by which it is brighter than
 * the reference all over. So what was remembered under another light stays comparable.
 */
export interface Layers {
	readonly grid: CellGrid;
	readonly reference: FinePicture;
	readonly present: FinePicture;
	/** The look before, as it was, and its gain. */
	readonly passing: Uint8Array;
	readonly gain: number;
	/** 1 where the reference is known. */
	readonly known: Uint8Array;
	/** Since when the cell looks as `present` does, and when it was last seen to. */
	readonly presentSince: Float64Array;
	readonly presentAt: Float64Array;
	readonly passingSince: Float64Array;
	/** Since when the cell has been seen to look like the reference again, though something was present. */
	readonly freeSince: Float64Array;
	/** When it was last seen to look like the reference. */
	readonly emptyAt: Float64Array;
	/** When somebody or something known was last in front of it. */
	readonly hiddenAt: Float64Array;
}

/** An instant before all others. */
export const never = -1;

export interface LayersLook {
	readonly at: number;
	/** Since the look before; never longer than it makes sense to average over. */
	readonly elapsedMs: number;
	readonly luma: Uint8Array;
	/** 1 for cells in front of which people and vehicles are: they tell nothing of what stays. */
	readonly hidden: Uint8Array;
}

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

export function newLayers(grid: CellGrid): Layers {
	const [pixels, cells] = [grid.width * grid.height, grid.columns * grid.rows];
	return {
		grid,
		reference: new Uint16Array(pixels),
		present: new Uint16Array(pixels),
		passing: new Uint8Array(pixels),
		gain: 1,
		known: new Uint8Array(cells),
		presentSince: new Float64Array(cells).fill(never),
		presentAt: new Float64Array(cells).fill(never),
		passingSince: new Float64Array(cells).fill(never),
		freeSince: new Float64Array(cells).fill(never),
		emptyAt: new Float64Array(cells).fill(never),
		hiddenAt: new Float64Array(cells).fill(never),
	};
}

/** One look further. */
export function look(before: Layers, seen: LayersLook): Layers {
	const gain = gainOf(before, seen);
	const layers = { ...copyOf(before), passing: seen.luma, gain };
	for (let cell = 0; cell < seen.hidden.length; cell++) {
		const known = layers.known[cell] === 1;
		if (seen.hidden[cell] === 1) {
			layers.hiddenAt[cell] = seen.at;
			if (!known) takeAsItIs(layers, seen, cell);
		} else if (known) compare(before, layers, seen, cell, gain);
		else learn(before, layers, seen, cell);
	}
	return layers;
}

/** What is present in these cells becomes their reference: it belongs there. */
export function absorb(before: Layers, cells: readonly number[]): Layers {
	const layers = copyOf(before);
	for (const cell of cells) {
		if (layers.presentSince[cell] === never) continue;
		blend(layers.grid, layers.reference, layers.present, cell, 1, 1);
		layers.presentSince[cell] = never;
		layers.freeSince[cell] = never;
	}
	return layers;
}

/** A cell of which nothing is known yet; the windows of its neighbours reach into it. */
function takeAsItIs({ grid, reference, present, gain }: Layers, { luma }: LayersLook, cell: number): void {
	blend(grid, reference, luma, cell, 1, fine / gain);
	blend(grid, present, luma, cell, 1, fine / gain);
}

/** What these cells' empty lane looks like is not known any more. */
export function forget(before: Layers, cells: readonly number[]): Layers {
	const layers = copyOf(before);
	for (const cell of cells) {
		layers.known[cell] = 0;
		layers.passingSince[cell] = never;
		layers.presentSince[cell] = never;
		layers.freeSince[cell] = never;
		layers.emptyAt[cell] = never;
	}
	return layers;
}

/** What a cell shows for a while at first becomes its reference. */
function learn(before: Layers, layers: Layers, seen: LayersLook, cell: number): void {
	takeAsItIs(layers, seen, cell);
	const since = sameSince(before, layers.gain, seen, cell);
	layers.passingSince[cell] = since;
	if (seen.at - since < learnMs) return;
	layers.known[cell] = 1;
	layers.passingSince[cell] = never;
}

function compare(before: Layers, layers: Layers, seen: LayersLook, cell: number, gain: number): void {
	const { grid } = before;
	const { at, luma } = seen;
	const scale = fine / gain;
	const wasPresent = before.presentSince[cell] !== never;
	if (isSame(likeness(grid, luma, before.reference, cell, gain))) {
		blend(grid, layers.reference, luma, cell, shareOf(seen.elapsedMs, referenceMs), scale);
		layers.passingSince[cell] = never;
		layers.emptyAt[cell] = at;
		if (!wasPresent) blend(grid, layers.present, luma, cell, 1, scale);
		else if (before.freeSince[cell] === never) layers.freeSince[cell] = at;
		else if (at - (before.freeSince[cell] ?? 0) >= settleMs) layers.presentSince[cell] = never;
		return;
	}
	layers.freeSince[cell] = never;
	if (wasPresent && isSame(likeness(grid, luma, before.present, cell, gain))) {
		blend(grid, layers.present, luma, cell, shareOf(seen.elapsedMs, presentMs), scale);
		layers.presentAt[cell] = at;
		layers.passingSince[cell] = never;
		return;
	}
	const since = sameSince(before, gain, seen, cell);
	layers.passingSince[cell] = since;
	if (!wasPresent) blend(grid, layers.present, luma, cell, 1, scale);
	if (at - since < settleMsOf(before, cell)) return;
	blend(grid, layers.present, luma, cell, 1, scale);
	layers.presentSince[cell] = since;
	layers.presentAt[cell] = at;
	layers.passingSince[cell] = never;
}

/** Since when the cell has looked the same from look to look. */
function sameSince(before: Layers, gain: number, { at, luma }: LayersLook, cell: number): number {
	const since = before.passingSince[cell] ?? never;
	return since !== never && isSame(likeness(before.grid, luma, before.passing, cell, gain / before.gain, 1))
		? since
		: at;
}

function settleMsOf({ presentSince, presentAt }: Layers, cell: number): number {
	const lastedMs = presentSince[cell] === never ? 0 : (presentAt[cell] ?? 0) - (presentSince[cell] ?? 0);
	return Math.min(longestSettleMs, Math.max(settleMs, settleShare * lastedMs));
}

/** By how much the look is brighter than the reference, all over: the median over the cells. */
function gainOf({ grid, reference, known }: Layers, { luma, hidden }: LayersLook): number {
	const ratios: number[] = [];
	for (let cell = 0; cell < hidden.length; cell++) {
		if (known[cell] === 0 || hidden[cell] === 1) continue;
		const [seen, remembered] = [levelOf(grid, luma, cell), levelOf(grid, reference, cell) / fine];
		ratios.push((seen + 4) / (remembered + 4));
	}
	ratios.sort((a, b) => a - b);
	return Math.min(8, Math.max(1 / 8, ratios[ratios.length >> 1] ?? 1));
}

/** Mean over the cell's own pixels. */
export function levelOf({ width, columns }: CellGrid, picture: Uint8Array | FinePicture, cell: number): number {
	const start = Math.floor(cell / columns) * cellSide * width + (cell % columns) * cellSide;
	let sum = 0;
	for (let y = 0; y < cellSide; y++) {
		for (let x = 0; x < cellSide; x++) sum += picture[start + y * width + x] ?? 0;
	}
	return sum / (cellSide * cellSide);
}

/** Brightest value of a fine picture. */
const most = 65_535;

/** Moves the cell's own pixels of `to` towards `from`. */
function blend(
	{ width, columns }: CellGrid,
	to: FinePicture,
	from: Uint8Array | FinePicture,
	cell: number,
	share: number,
	scale: number,
): void {
	const start = Math.floor(cell / columns) * cellSide * width + (cell % columns) * cellSide;
	for (let y = 0; y < cellSide; y++) {
		for (let i = start + y * width; i < start + y * width + cellSide; i++) {
			const old = to[i] ?? 0;
			to[i] = Math.min(most, Math.round(old + share * ((from[i] ?? 0) * scale - old)));
		}
	}
}

const shareOf = (elapsedMs: number, overMs: number) => Math.min(1, 1 - Math.exp(-elapsedMs / overMs));

function copyOf(layers: Layers): Layers {
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
