import { judgeRegion } from "./judge-region.ts";
import { isCarried, type Layers } from "./layers.ts";
import { measureRegion } from "./measure-region.ts";
import { never } from "./never.ts";
import type { Thing } from "./thing.ts";

/** People and vehicles in front of so many of a thing's cells, within this time: it is attended. */
const attendedShare = 0.3;
const attendedMs = 2_000;
/** Seen to be alone for so long, it was left: the lane is no freer for those who walk past it. */
const leftAfterMs = 3_000;
/** Share of a thing's visible cells that show it, and that must show the empty lane before it is gone. */
const thereShare = 0.4;
const goneShare = 0.6;
/** Share of its cells that must be visible to say anything. */
const minVisible = 0.5;
/** Share of the smaller of two groups of cells that is common to both: the same thing. */
const sameThing = 0.3;

/** What a look says of a thing by the cells that it is known to cover. */
export function whereIs(before: Thing, layers: Layers, at: number): Thing {
	const thing = attendedOrAlone(before, layers, at);
	const visible = thing.cells.filter((cell) => layers.hiddenAt[cell] !== at);
	if (visible.length < minVisible * thing.cells.length) return thing;
	const there = visible.filter((cell) => layers.presentAt[cell] === at && !hasChanged(layers, cell)).length;
	if (there >= thereShare * visible.length) return { ...thing, seenAt: at, missingSince: null };
	const free = visible.filter((cell) => layers.emptyAt[cell] === at).length;
	const changed = visible.filter((cell) => hasChanged(layers, cell));
	if (free + changed.length < goneShare * visible.length) return thing;
	if (free < changed.length && judgeRegion(measureRegion(layers, changed)) === "added") {
		return { ...thing, seenAt: at, missingSince: null };
	}
	return { ...thing, missingSince: thing.missingSince ?? at };
}

function attendedOrAlone({ aloneSince, ...thing }: Thing, layers: Layers, at: number): Thing {
	const wasLeft = aloneSince !== undefined && thing.seenAt - aloneSince >= leftAfterMs;
	if (!wasLeft && isAttended(thing.cells, layers, at)) return { ...thing, attended: true };
	return { ...thing, attended: false, aloneSince: aloneSince ?? at };
}

/** Where it is not known how the lane looks in this light: what was there when the light changed is there no more. */
export function hasChanged(layers: Layers, cell: number): boolean {
	return layers.known[cell] === 0 && !isCarried(layers, cell);
}

export function seenAgain(thing: Thing, cells: readonly number[], layers: Layers, at: number): Thing {
	const hidden = thing.cells.filter((cell) => layers.hiddenAt[cell] === at);
	const all = [...new Set([...cells, ...hidden])].sort((a, b) => a - b);
	return { ...thing, cells: all, seenAt: at, missingSince: null };
}

export function isAttended(cells: readonly number[], { hiddenAt }: Layers, at: number): boolean {
	const near = cells.filter((cell) => hiddenAt[cell] !== never && at - hiddenAt[cell]! < attendedMs).length;
	return near >= attendedShare * cells.length;
}

export function isSameThing(a: readonly number[], b: readonly number[]): boolean {
	const set = new Set(a);
	const common = b.reduce((sum, cell) => sum + (set.has(cell) ? 1 : 0), 0);
	return common >= sameThing * Math.min(a.length, b.length);
}
