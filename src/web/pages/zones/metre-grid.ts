import { groundOf, inPicture } from "#core/clearance/calibration.ts";
import { extentAcross, extentAlong } from "#core/clearance/sections.ts";
import type { Point, Polygon } from "#core/geometry/shapes.ts";
import type { Zone } from "#core/scene.ts";

/** A line of the net in the picture, 0..1. */
export interface NetLine {
	readonly from: Point;
	readonly to: Point;
	/** Each fifth line is drawn stronger, for counting. */
	readonly strong: boolean;
}

export interface MetreGrid {
	readonly lines: readonly NetLine[];
	/** Between two lines. */
	readonly stepM: number;
}

/** More lines than that, one way, hide what lies below them. */
const mostLines = 40;

/** How a square net on the ground looks in the picture; null where the zone is not calibrated, or cannot be so. */
export function metreGridOf({ polygon, calibration }: Pick<Zone, "polygon" | "calibration">): MetreGrid | null {
	const ground = calibration ? groundOf(polygon, calibration) : null;
	if (ground === null || typeof ground === "string") return null;
	const swapped = ground.outline.map(swap);
	const [start, end] = extentAlong(ground.outline);
	const [left, right] = extentAlong(swapped);
	const stepM = [1, 5, 10, 50].find((step) => Math.max(end - start, right - left) <= mostLines * step) ?? 100;
	const across = linesThrough(ground.outline, stepM, (point) => inPicture(ground, point));
	const along = linesThrough(swapped, stepM, (point) => inPicture(ground, swap(point)));
	return { lines: [...across, ...along], stepM };
}

/** Lines across an outline at whole steps from its lower end, as far as they lie in it. */
function linesThrough(outline: Polygon, stepM: number, toPicture: (point: Point) => Point): NetLine[] {
	const [start, end] = extentAlong(outline);
	const count = Math.max(0, Math.ceil((end - start) / stepM - 1e-6) - 1);
	return Array.from({ length: count }, (_, index) => index + 1).flatMap((n): NetLine[] => {
		const at = start + n * stepM;
		const across = extentAcross(outline, at, at);
		return across ? [{ from: toPicture([across.from, at]), to: toPicture([across.to, at]), strong: n % 5 === 0 }] : [];
	});
}

const swap = ([x, y]: Point): Point => [y, x];
