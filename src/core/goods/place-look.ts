import type { Box } from "../geometry/shapes.ts";
import { cellsUnder } from "./cell-grid.ts";
import { judgeRegion } from "./judge-region.ts";
import { forget, isCarried, type Layers } from "./layers.ts";
import { measureRegion } from "./measure-region.ts";
import { middleOf } from "./middle-of.ts";
import { never } from "./never.ts";
import { isCellAlike } from "./window.ts";

/**
 * What the place where something stood shows. `empty`: the empty lane. `taken`: something that stays. `covered`: something,
 * for now. `unknown`: nobody knows what the empty lane looks like there, or people and vehicles hide it.
 */
export type PlaceLook = "empty" | "taken" | "covered" | "unknown";

/** Share of a place's cells that must be visible and known to say anything, and that decides. */
const minVisible = 0.5;
const decides = 0.5;
/** With fewer cells than this that show the empty lane, the place is not empty. */
const maxEmptyOfTaken = 0.25;
/** Of each side: a box is larger than the thing, and shows ground at its rim. */
const rim = 0.12;

/** A region that differs nobody knows why is no empty lane: a van as rough as the cobbles that it hides. */
const shownBy = { added: "taken", removed: "empty", light: "empty", unclear: "unknown" } as const;

/** The place as this look shows it. @param at instant of the look that the layers have seen last */
export function placeLookOf(layers: Layers, box: Box, at: number): PlaceLook {
	const cells = cellsOf(layers, box);
	const seen = cells.filter((cell) => layers.hiddenAt[cell] !== at);
	const visible = seen.filter((cell) => layers.known[cell] === 1);
	if (cells.length === 0 || seen.length < minVisible * cells.length) return "unknown";
	if (visible.length < minVisible * cells.length) return carriedLook(layers, seen, at);
	const empty = visible.filter((cell) => layers.emptyAt[cell] === at).length;
	if (empty >= decides * visible.length) return "empty";
	const present = visible.filter((cell) => layers.presentAt[cell] === at);
	if (present.length >= decides * visible.length) {
		return shownBy[judgeRegion(measureRegion(layers, present))];
	}
	return empty <= maxEmptyOfTaken * visible.length ? "covered" : "unknown";
}

/** What stood there when the light changed looks as it did then: it is there, and no goods that nobody knows of. */
function carriedLook(layers: Layers, cells: readonly number[], at: number): PlaceLook {
	const carried = cells.filter((cell) => isCarried(layers, cell) && layers.presentAt[cell] === at);
	if (carried.length < decides * cells.length) return "unknown";
	return judgeRegion(measureRegion(layers, carried)) === "added" ? "taken" : "covered";
}

/**
 * Since when the place has looked as it does, by what stays in front of the empty lane; null where that is not known, or
 * where what stayed was something else. People and vehicles in front of it now are what this is asked of.
 */
export function takenSince(layers: Layers, box: Box): number | null {
	const { grid, present, passing, gain } = layers;
	const cells = cellsOf(layers, box);
	const same = cells.filter(
		(cell) => layers.presentSince[cell] !== never && isCellAlike(grid, passing, present, cell, gain),
	);
	if (cells.length === 0 || same.length < decides * cells.length) return null;
	return middleOf(same.map((cell) => layers.presentSince[cell]!));
}

/** When the place was last seen to show the empty lane; null where nobody knows what that looks like. */
export function lastEmpty(layers: Layers, box: Box): number | null {
	const cells = cellsOf(layers, box);
	const known = cells.filter((cell) => layers.known[cell] === 1 && layers.emptyAt[cell] !== never);
	if (cells.length === 0 || known.length < decides * cells.length) return null;
	return middleOf(known.map((cell) => layers.emptyAt[cell]!));
}

/** Most of the cells under a vehicle look as the reference does: it has learned the vehicle. */
const learned = 0.6;

/**
 * Where a vehicle is seen in this look and the reference shows the same, the reference has learned the vehicle, which was
 * there first: what the empty lane looks like there is not known.
 */
export function unlearn(layers: Layers, boxes: readonly Box[]): Layers {
	const { grid, reference, passing, gain } = layers;
	const wrong = boxes.flatMap((box) => {
		const cells = cellsOf(layers, box).filter((cell) => layers.known[cell] === 1);
		const alike = cells.filter((cell) => isCellAlike(grid, passing, reference, cell, gain));
		return alike.length > learned * cells.length ? cells : [];
	});
	return wrong.length > 0 ? forget(layers, wrong) : layers;
}

function cellsOf({ grid }: Layers, { x1, y1, x2, y2 }: Box): number[] {
	const [across, down] = [rim * (x2 - x1), rim * (y2 - y1)];
	const mask = cellsUnder(grid, [{ x1: x1 + across, y1: y1 + down, x2: x2 - across, y2: y2 - down }]);
	return [...mask.keys()].filter((cell) => mask[cell] === 1);
}
