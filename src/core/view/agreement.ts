import { cellsOf, spansOf } from "./cells.ts";
import type { EdgeMap } from "./edge-map.ts";

/** How well one cell of what was learned is found in the present picture. */
export interface CellMatch {
	/** -1..1; about 0 for pictures that have nothing to do with each other. */
	readonly likeness: number;
	/** 0..1: how much structure was learned there, and how much there is now. */
	readonly learned: number;
	readonly present: number;
	/** Which cell: row by row. */
	readonly cell: number;
}

export interface MapShift {
	readonly x: number;
	readonly y: number;
}

/** Less was noise: averaged over several looks it vanishes. */
const leastStructure = 0.1;
/** Chance gives ± 0.15. */
const keptFrom = 0.3;
/** Of a cell: the rest is hidden by boxes or lies outside the picture. */
const leastFree = 0.5;

/** Each cell that has structure in the reference and is not hidden now, looked up `shift` (whole points) away. */
export function matchCells(reference: EdgeMap, current: EdgeMap, free: Uint8Array, shift: MapShift): CellMatch[] {
	const cells = cellsOf(reference.columns, reference.rows);
	const { lefts, tops } = spansOf(cells, reference.columns, reference.rows);
	const matches: CellMatch[] = [];
	for (let row = 0; row < cells.rows; row++) {
		for (let column = 0; column < cells.columns; column++) {
			const area = { left: lefts[column]!, right: lefts[column + 1]!, top: tops[row]!, bottom: tops[row + 1]! };
			const match = matchArea(reference, current, free, shift, area);
			if (match && match.learned >= leastStructure) matches.push({ ...match, cell: row * cells.columns + column });
		}
	}
	return matches;
}

export function isKept({ likeness }: CellMatch): boolean {
	return likeness >= keptFrom;
}

/** 0..1; 0 where there is nothing to compare. */
export function shareOf(matches: readonly CellMatch[], is: (match: CellMatch) => boolean): number {
	return matches.length === 0 ? 0 : matches.filter(is).length / matches.length;
}

interface Area {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

function matchArea(reference: EdgeMap, current: EdgeMap, free: Uint8Array, shift: MapShift, area: Area) {
	let [both, learned, present, count] = [0, 0, 0, 0];
	for (let y = area.top; y < area.bottom; y++) {
		const thereY = y + shift.y;
		if (thereY < 0 || thereY >= current.rows) continue;
		for (let x = area.left; x < area.right; x++) {
			const thereX = x + shift.x;
			if (thereX < 0 || thereX >= current.columns) continue;
			const [here, there] = [y * reference.columns + x, thereY * current.columns + thereX];
			if (free[there] === 0) continue;
			const [a, b] = [reference.along[here]! - 128, reference.across[here]! - 128];
			const [c, d] = [current.along[there]! - 128, current.across[there]! - 128];
			both += a * c + b * d;
			learned += a * a + b * b;
			present += c * c + d * d;
			count += 1;
		}
	}
	if (count < leastFree * (area.right - area.left) * (area.bottom - area.top)) return null;
	return {
		likeness: both / Math.sqrt(learned * present + 1),
		learned: Math.sqrt(learned / count) / 127,
		present: Math.sqrt(present / count) / 127,
	};
}
