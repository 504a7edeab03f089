import { areaInside, containsPoint, polygonArea } from "../geometry/polygon.ts";
import { boxArea, centreOf } from "../geometry/box.ts";
import type { Polygon } from "../geometry/shapes.ts";
import { cellsIn, type CellGrid } from "../goods/cell-grid.ts";
import { type Thing, thingBox, thingOutline } from "../goods/thing.ts";
import type { Goods } from "../goods/watch-goods.ts";
import type { Zone } from "../scene.ts";
import { isLargeEnough } from "./goods-size.ts";
import type { Stay } from "./stay.ts";

/** A thing lies in a zone when so much of it does … */
const minInside = 0.3;
/** … or when its box covers so much of a zone that is small beside it. */
const minZoneCovered = 0.5;

/** What lies in a zone, is large enough to hinder anybody, and no detector has a name for. */
export function goodsStaysIn(place: Pick<Zone, "polygon" | "calibration">, { layers, things }: Goods): Stay[] {
	if (!layers || things.length === 0) return [];
	const { grid } = layers;
	const inside = cellsIn(grid, [place.polygon]);
	return things
		.filter((thing) => liesIn(thing, grid, place.polygon, inside))
		.filter((thing) => isLargeEnough(place, thingOutline(grid, thing), grid.width / grid.height))
		.map((thing) => stayOf(thing, grid));
}

function liesIn(thing: Thing, grid: CellGrid, polygon: Polygon, inside: Uint8Array): boolean {
	const within = thing.cells.filter((cell) => inside[cell] === 1).length;
	if (within >= minInside * thing.cells.length) return true;
	const box = thingBox(grid, thing);
	const whole = areaInside(polygon, { x1: 0, y1: 0, x2: 1, y2: 1 });
	return boxArea(box) > 0 && areaInside(polygon, box) >= minZoneCovered * whole;
}

function stayOf(thing: Thing, grid: CellGrid): Stay {
	return {
		trackId: -thing.id,
		since: thing.since,
		occupant: {
			cause: "object",
			label: "object",
			confidence: thing.confidence,
			box: thingBox(grid, thing),
			outline: [thingOutline(grid, thing)],
		},
		seenAt: thing.seenAt,
		missingSince: thing.missingSince,
		confirmed: !thing.attended,
	};
}

/** Piled goods that belong where they are, by a person's word. */
export interface Accepted {
	readonly occupancyId: string;
	readonly outline: readonly Polygon[];
}

/** Whether it lies where a person said that what lies there belongs there: its middle does, and it is not much larger. */
export function isAccepted({ occupant }: Stay, accepted: readonly Accepted[]): boolean {
	const area = (polygons: readonly Polygon[]) => polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0);
	const own = area(occupant.outline);
	return accepted.some(
		({ outline }) =>
			outline.some((polygon) => containsPoint(polygon, centreOf(occupant.box))) && own <= maxGrowth * area(outline),
	);
}

const maxGrowth = 1.5;
