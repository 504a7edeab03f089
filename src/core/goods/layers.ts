import type { CellGrid } from "./cell-grid.ts";
import { copyPixels } from "./cell-pixels.ts";
import { type Light, newLight, type OtherLight, withoutCells } from "./light.ts";
import { never } from "./never.ts";
import type { FinePicture } from "./window.ts";

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
	/** 1 where the reference is known. Elsewhere it may hold how the place would look, by another light. */
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
	/** The light in which the lane is seen now: that of the reference. */
	readonly light: Light;
	/** Share of the cells that looked like the reference when the light was last sure, 0..1. */
	readonly alike: number;
	/** Since when nearly everything has looked unlike the reference: another light, or nobody knows what. */
	readonly strangeSince: number;
	/** What the empty lane looks like in other lights. */
	readonly otherLights: readonly OtherLight[];
}

/** What one look shows of the work picture, cell by cell. */
export interface LayersLook {
	readonly at: number;
	/** Since the look before; never longer than it makes sense to average over. */
	readonly elapsedMs: number;
	readonly luma: Uint8Array;
	/** 1 for cells in front of which people and vehicles are: they tell nothing of what stays. */
	readonly hidden: Uint8Array;
	/** 1 for cells in front of which something is known to stand or to lie: no empty lane is to be learned there. */
	readonly taken: Uint8Array;
}

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
		light: newLight(never),
		alike: 0,
		strangeSince: never,
		otherLights: [],
	};
}

/** Whether the cell shows what stood or lay there when the light changed, in front of a lane that is not known in it. */
export function isCarried({ known, presentSince, light }: Layers, cell: number): boolean {
	const since = presentSince[cell]!;
	return known[cell] === 0 && since !== never && since <= light.since;
}

/**
 * What is present in these cells becomes their reference: it belongs there.
 * @param inAllLights what it looks like in the others is learned there when they come back; else it is a matter of this light
 */
export function absorb(before: Layers, cells: readonly number[], inAllLights: readonly number[] = []): Layers {
	const { grid, present } = before;
	const layers = {
		...before,
		reference: before.reference.slice(),
		presentSince: before.presentSince.slice(),
		freeSince: before.freeSince.slice(),
		otherLights: withoutCells(before.otherLights, inAllLights),
	};
	for (const cell of [...cells, ...inAllLights]) {
		if (layers.presentSince[cell] === never) continue;
		copyPixels(grid, layers.reference, present, cell, 1);
		layers.presentSince[cell] = never;
		layers.freeSince[cell] = never;
	}
	return layers;
}

/** What these cells' empty lane looks like is not known any more, in no light. */
export function forget(before: Layers, cells: readonly number[]): Layers {
	const layers = {
		...before,
		known: before.known.slice(),
		passingSince: before.passingSince.slice(),
		presentSince: before.presentSince.slice(),
		freeSince: before.freeSince.slice(),
		emptyAt: before.emptyAt.slice(),
		otherLights: withoutCells(before.otherLights, cells),
	};
	for (const cell of cells) {
		layers.known[cell] = 0;
		layers.passingSince[cell] = never;
		layers.presentSince[cell] = never;
		layers.freeSince[cell] = never;
		layers.emptyAt[cell] = never;
	}
	return layers;
}
