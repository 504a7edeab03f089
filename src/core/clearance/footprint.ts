import { groundFootprint } from "../geometry/box.ts";
import { depthAt, mapPoint } from "../geometry/homography.ts";
import type { Box, Point, Polygon } from "../geometry/shapes.ts";
import type { Zone } from "../scene.ts";
import { type Ground, groundOf } from "./calibration.ts";
import { axisOf } from "./lane-axis.ts";

const sizes: Readonly<Record<string, { widthM: number; lengthM: number }>> = {
	car: { widthM: 1.85, lengthM: 4.6 },
	truck: { widthM: 2.5, lengthM: 6 },
	bus: { widthM: 2.6, lengthM: 11 },
	motorcycle: { widthM: 0.8, lengthM: 2 },
	bicycle: { widthM: 0.6, lengthM: 1.8 },
};

/** Ways a vehicle may stand, counted from the lane's own. */
const turns = [0, 15, 30, 45, 60, 75, 90, 105, 120, 135, 150, 165].map((degrees) => (degrees * Math.PI) / 180);
/** A vehicle of the usual size may be seen this much wider or narrower than its box; beyond that it is another thing. */
const mostMisfit = 1.35;
/** A turned vehicle must fit this much better than one that stands along the lane, as most do: several turns look alike. */
const likelyAlong = 1.2;
const atTheRim = 0.004;

/**
 * Where a vehicle stands, as a polygon in the picture. Where the zone is calibrated it is the rectangle of such a
 * vehicle's usual size on the ground, turned so that it is seen as wide as the box and touches the box's lower edge: the
 * box of a car that stands across the view, or is tall, covers far more ground than the car. Else, and where no such
 * rectangle fits or the picture's rim cuts the box, the lower half of the box.
 */
export function footprintOf(zone: Zone, box: Box, label: string): Polygon {
	const ground = zone.calibration ? groundOf(zone.polygon, zone.calibration) : null;
	const size = sizes[label];
	const isCut = box.x1 < atTheRim || box.x2 > 1 - atTheRim || box.y2 > 1 - atTheRim;
	if (ground === null || typeof ground === "string" || !size || isCut) return lowerHalf(box);
	const [alongX, alongY] = ground.runsAlongY ? ([0, 1] as const) : axisOf(ground.outline).along;
	const along = Math.atan2(alongY, alongX);
	const [straight, ...turned] = turns.map((turn) => placedUnder(box, ground, size, along + turn));
	const best = turned.reduce((one, other) => (misfitOf(other) < misfitOf(one) ? other : one), null);
	const likely = misfitOf(straight) <= likelyAlong * misfitOf(best) ? straight : best;
	return likely && likely.misfit <= mostMisfit ? likely.outline : lowerHalf(box);
}

interface Placed {
	readonly outline: Polygon;
	/** How many times wider or narrower than the box it is seen, 1 and more. */
	readonly misfit: number;
}

const misfitOf = (placed: Placed | null | undefined) => placed?.misfit ?? Infinity;

/** Moves a rectangle on the ground until it is seen above the box's lower edge, in the middle of its width. */
function placedUnder(
	box: Box,
	{ toGround, toPicture, minDepth }: Ground,
	{ widthM, lengthM }: { widthM: number; lengthM: number },
	angle: number,
): Placed | null {
	let aim: Point = [(box.x1 + box.x2) / 2, box.y2];
	for (let step = 0; step < 12; step++) {
		if (depthAt(toGround, aim) < minDepth) return null;
		const corners = rectangle(mapPoint(toGround, aim), widthM, lengthM, angle);
		if (corners.some((corner) => depthAt(toPicture, corner) <= 0)) return null;
		const outline = corners.map((corner) => mapPoint(toPicture, corner));
		const across = outline.map(([x]) => x);
		const [left, right] = [Math.min(...across), Math.max(...across)];
		const [dx, dy] = [(box.x1 + box.x2 - left - right) / 2, box.y2 - Math.max(...outline.map(([, y]) => y))];
		const ratio = (right - left) / (box.x2 - box.x1);
		if (Math.abs(dx) + Math.abs(dy) < 1e-4) return { outline, misfit: Math.max(ratio, 1 / ratio) };
		aim = [aim[0] + dx, aim[1] + dy];
	}
	return null;
}

export function rectangle([x, y]: Point, widthM: number, lengthM: number, angle: number): Polygon {
	const [ax, ay] = [(Math.cos(angle) * lengthM) / 2, (Math.sin(angle) * lengthM) / 2];
	const [bx, by] = [(-Math.sin(angle) * widthM) / 2, (Math.cos(angle) * widthM) / 2];
	return [
		[x - ax - bx, y - ay - by],
		[x - ax + bx, y - ay + by],
		[x + ax + bx, y + ay + by],
		[x + ax - bx, y + ay - by],
	];
}

function lowerHalf(box: Box): Polygon {
	const { x1, y1, x2, y2 } = groundFootprint(box);
	return [
		[x1, y1],
		[x2, y1],
		[x2, y2],
		[x1, y2],
	];
}
