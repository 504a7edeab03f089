import type { Detection } from "../detection.ts";
import type { Box, Polygon } from "../geometry/shapes.ts";
import type { GreyPicture } from "../picture/grey-picture.ts";
import { isMover } from "../tracking/candidates.ts";
import { cellsIn, cellsUnder, type CellGrid, gridOf, groupsOf } from "./cell-grid.ts";
import { hasChanged, isAttended, isSameThing, seenAgain, whereIs } from "./follow-thing.ts";
import { isSolid, isWide, judgeRegion } from "./judge-region.ts";
import { absorb, type Layers, newLayers } from "./layers.ts";
import { look as lookAtLayers } from "./look-at-layers.ts";
import { measureRegion } from "./measure-region.ts";
import { middleOf } from "./middle-of.ts";
import type { Thing } from "./thing.ts";
import { workPictureOf } from "./work-picture.ts";

/** What is remembered of one camera's empty lanes and of what lies in them. Plain data. */
export interface Goods {
	/** Null until the first look. */
	readonly layers: Layers | null;
	readonly things: readonly Thing[];
	readonly nextId: number;
	readonly lookedAt: number;
}

export const noGoods: Goods = { layers: null, things: [], nextId: 1, lookedAt: 0 };

export interface LanesLook {
	readonly at: number;
	readonly grey: GreyPicture;
	readonly detections: readonly Detection[];
	/** Where something stood in the look before, also what the detector did not see then. */
	readonly standing: readonly Box[];
}

export interface GoodsLook {
	readonly at: number;
	/** Where vehicles stand, also those that the detector does not see right now. */
	readonly standing: readonly Box[];
	/** Polygons of the zones that are watched. */
	readonly zones: readonly Polygon[];
	/** What lies in them never counts. */
	readonly ignored: readonly Polygon[];
}

/** What has been there for so long is looked at as a region … */
const formsAfterMs = 2_500;
/** … and becomes part of the empty lane after so long, if it is nothing that was added. */
const absorbedAfterMs = { light: 4_000, removed: 4_000, unclear: 600_000 };
/** So wide a change is nothing that was put there, whatever it looks like: lamps, infrared, a caption in the picture. */
const wideAbsorbedAfterMs = 30_000;
/** Smallest region, in cells and as a share of the zones' cells: leaves, puddles, noise. */
const minCells = 8;
const minShare = 0.004;
/** Share of all that changed together that must lie in the zones: a field of light that reaches into them is no goods. */
const minInZones = 0.25;
/** Where it is brighter than the empty lane by this factor, more of it must: sun and lamps make what nobody put there. */
const glare = { brighter: 1.3, minInZones: 0.7 };
/** Share of a region's cells under a vehicle from which it is the vehicle's. */
const vehicleShare = 0.5;
/** A box does not cover shadow, mirrors and arms: of its sides. */
const moverMargin = 0.12;
/** What is seen to be gone for so long is forgotten. */
const forgottenAfterMs = 10_000;
/** Averages do not run on over a pause longer than this. */
const longestStepMs = 2_000;

/** What one look shows of the empty lanes, before anything is said of what lies in them. */
export function lookAtLanes(goods: Goods, { at, grey, detections, standing }: LanesLook): Goods {
	const picture = workPictureOf(grey);
	const grid = gridOf(picture);
	const fits = goods.layers?.grid.width === grid.width && goods.layers.grid.height === grid.height;
	const known = fits ? goods : { ...noGoods, nextId: goods.nextId };
	const layers = lookAtLayers(known.layers ?? newLayers(grid), {
		at,
		elapsedMs: Math.min(longestStepMs, at - goods.lookedAt),
		luma: picture.luma,
		hidden: cellsUnder(grid, moversIn(detections)),
		taken: takenCells(grid, standing, known.things),
	});
	return { ...known, layers, lookedAt: at };
}

/** What lies there now, by what `lookAtLanes` saw in this look. */
export function watchGoods(goods: Goods, look: GoodsLook): Goods {
	const { layers, things, nextId } = goods;
	return layers ? { ...goods, ...settle({ layers, things, nextId }, look) } : goods;
}

function moversIn(detections: readonly Detection[]): Box[] {
	return detections.filter(isMover).map(({ box }) => withMargin(box));
}

function takenCells(grid: CellGrid, standing: readonly Box[], things: readonly Thing[]): Uint8Array {
	const taken = cellsUnder(grid, standing);
	for (const { cells } of things) for (const cell of cells) taken[cell] = 1;
	return taken;
}

function settle(
	{ layers, things, nextId }: { readonly layers: Layers; readonly things: readonly Thing[]; readonly nextId: number },
	look: GoodsLook,
): Omit<Goods, "lookedAt"> {
	const { grid } = layers;
	const vehicles = cellsUnder(grid, look.standing.map(withMargin));
	/** A little noise joins what lies here to what changed there, for one look: known things are no part of a wide change. */
	const lying = new Set(things.flatMap(({ cells }) => cells));
	const changed = changedCells(layers, look.at);
	const [absorbed, absorbedInAllLights]: [number[], number[]] = [[], []];
	/** How much changed around each cell, without a gap, also outside of the zones. */
	const extent = new Uint32Array(changed.length);
	for (const group of groupsOf(grid, changed)) {
		const own = group.filter((cell) => vehicles[cell] === 0);
		for (const cell of own) extent[cell] = own.length;
		if (!isWide(grid, own)) continue;
		const light = own.filter((cell) => !lying.has(cell));
		for (const cell of light) changed[cell] = 0;
		const since = middleOf(light.map((cell) => layers.presentSince[cell]!));
		if (look.at - since < absorbedAfterMs.light) continue;
		const verdict = judgeRegion(measureRegion(layers, own));
		if (look.at - since >= (verdict === "added" ? wideAbsorbedAfterMs : absorbedAfterMs[verdict]))
			absorbed.push(...light);
	}
	const inZones = watchedCells(grid, look);
	const least = Math.max(minCells, minShare * inZones.reduce((sum, one) => sum + one, 0));
	const regions = groupsOf(
		grid,
		changed.map((one, cell) => one & (inZones[cell] ?? 0)),
	)
		.filter((cells) => cells.length >= least)
		.filter((cells) => count(cells, vehicles) < vehicleShare * cells.length)
		.map((cells) => ({ cells, inZones: cells.length / Math.max(...cells.map((cell) => extent[cell] ?? 0)) }))
		.filter((region) => region.inZones >= minInZones);
	const kept = things.map((thing) => whereIs(thing, layers, look.at));
	const found: Thing[] = [];
	for (const { cells, inZones: share } of regions) {
		const index = kept.findIndex((thing) => isSameThing(thing.cells, cells));
		const before = kept[index];
		if (before) {
			kept[index] = seenAgain(before, cells, layers, look.at);
			continue;
		}
		const measured = measureRegion(layers, cells);
		const isGlare = measured.level.inside >= glare.brighter && share < glare.minInZones;
		const verdict = isGlare ? "light" : judgeRegion(measured);
		const since = middleOf(cells.map((cell) => layers.presentSince[cell]!));
		if (verdict === "added" && isSolid(grid, cells)) {
			const confidence = confidenceOf(measured.edges, measured.step.now - measured.step.empty);
			const attended = isAttended(cells, layers, look.at);
			const id = nextId + found.length;
			found.push({ id, since, seenAt: look.at, missingSince: null, cells, attended, confidence });
		} else if (look.at - since >= absorbedAfterMs[verdict === "added" ? "unclear" : verdict]) {
			(verdict === "light" ? absorbed : absorbedInAllLights).push(...cells);
		}
	}
	return {
		layers: absorbed.length + absorbedInAllLights.length > 0 ? absorb(layers, absorbed, absorbedInAllLights) : layers,
		things: [...kept, ...found].filter(
			({ missingSince }) => missingSince === null || look.at - missingSince <= forgottenAfterMs,
		),
		nextId: nextId + found.length,
	};
}

/** 1 for the cells that show in this look what has been in front of the empty lane for a while. */
function changedCells(layers: Layers, at: number): Uint8Array {
	const { presentSince, presentAt } = layers;
	const changed = new Uint8Array(presentSince.length);
	for (let cell = 0; cell < changed.length; cell++) {
		if (presentAt[cell] !== at || at - presentSince[cell]! < formsAfterMs) continue;
		if (!hasChanged(layers, cell)) changed[cell] = 1;
	}
	return changed;
}

function watchedCells(grid: CellGrid, { zones, ignored }: GoodsLook): Uint8Array {
	const hidden = cellsIn(grid, ignored);
	return cellsIn(grid, zones).map((one, cell) => (hidden[cell] === 1 ? 0 : one));
}

function withMargin({ x1, y1, x2, y2 }: Box): Box {
	const [across, down] = [moverMargin * (x2 - x1), moverMargin * (y2 - y1)];
	return { x1: x1 - across, y1: y1 - down, x2: x2 + across, y2: y2 + down };
}

const count = (cells: readonly number[], mask: Uint8Array) => cells.reduce((sum, cell) => sum + (mask[cell] ?? 0), 0);

/** From edges that came and from the brightness step: 0.5 for what is just enough, 1 for what nobody overlooks. */
function confidenceOf({ now, empty }: { readonly now: number; readonly empty: number }, step: number): number {
	const edges = Math.max(0, Math.log2((now + 4) / (empty + 4))) / 6;
	return Math.min(1, 0.5 + edges + Math.abs(step) / 120);
}
