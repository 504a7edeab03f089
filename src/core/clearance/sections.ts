import { edgesOf } from "../geometry/polygon.ts";
import type { Polygon } from "../geometry/shapes.ts";

/** A cut across a lane, in the units of its outline. */
export interface Section {
	/** The lane's own width there. */
	readonly width: number;
	/** The widest gap that is left beside what stands there. */
	readonly free: number;
}

type Span = readonly [from: number, to: number];

const sectionCount = 64;
/** A drawn outline tapers at its ends. A section narrower than this, beside the median, is its end and not a narrow place. */
const minOfMedianWidth = 0.5;

/**
 * Cuts across a lane whose length runs along y, evenly spaced. What stands anywhere from `reach` before a section to
 * `reach` behind it narrows it. Never tells too much: a thing counts with its whole extent across the lane, and between
 * two sections nothing is overlooked.
 */
export function sectionsOf(lane: Polygon, obstacles: readonly Polygon[], reach: number): Section[] {
	const [start, end] = extentAlong(lane);
	const step = (end - start) / sectionCount;
	const sections = Array.from({ length: sectionCount }, (_, index): Section => {
		const at = start + (index + 0.5) * step;
		const runs = runsAt(lane, at);
		const [from, to] = [Math.max(start, at - reach - step), Math.min(end, at + reach + step)];
		const taken = obstacles.flatMap((obstacle) => extentAcross(obstacle, from, to) ?? []);
		return { width: widestGap(runs, []), free: widestGap(runs, taken) };
	});
	const widths = sections.map(({ width }) => width).sort((a, b) => a - b);
	const median = widths[sectionCount / 2] ?? 0;
	return sections.filter(({ width }) => width > 0 && width >= minOfMedianWidth * median);
}

/** From where to where a polygon reaches across (x) between two places along (y); null where it is not there. */
export function extentAcross(polygon: Polygon, start: number, end: number): { from: number; to: number } | null {
	let [from, to] = [Infinity, -Infinity];
	const reach = (x: number) => {
		from = Math.min(from, x);
		to = Math.max(to, x);
	};
	polygon.forEach(([x1, y1], index) => {
		if (y1 >= start && y1 <= end) reach(x1);
		const [x2, y2] = polygon[(index + 1) % polygon.length] ?? [x1, y1];
		for (const at of [start, end]) if (y1 > at !== y2 > at) reach(x1 + ((at - y1) / (y2 - y1)) * (x2 - x1));
	});
	return from <= to ? { from, to } : null;
}

export function extentAlong(polygon: Polygon): Span {
	const along = polygon.map(([, y]) => y);
	return [Math.min(...along), Math.max(...along)];
}

/** Where a line across the lane lies in it: more than one run where the outline is dented. */
function runsAt(lane: Polygon, at: number): Span[] {
	const crossings = edgesOf(lane)
		.filter(([[, y1], [, y2]]) => y1 > at !== y2 > at)
		.map(([[x1, y1], [x2, y2]]) => x1 + ((at - y1) / (y2 - y1)) * (x2 - x1))
		.sort((a, b) => a - b);
	return crossings.flatMap((from, index): Span[] => {
		const to = crossings[index + 1];
		return index % 2 === 0 && to !== undefined ? [[from, to]] : [];
	});
}

function widestGap(runs: readonly Span[], taken: readonly { from: number; to: number }[]): number {
	const sorted = taken.toSorted((a, b) => a.from - b.from);
	return Math.max(
		0,
		...runs.map(([from, to]) => {
			let [widest, freeFrom] = [0, from];
			for (const obstacle of sorted) {
				widest = Math.max(widest, Math.min(to, obstacle.from) - freeFrom);
				freeFrom = Math.max(freeFrom, obstacle.to);
			}
			return Math.max(widest, to - freeFrom);
		}),
	);
}
