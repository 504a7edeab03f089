import { boxArea, groundFootprint } from "./box.ts";
import { areaInside, polygonArea } from "./polygon.ts";
import type { Box, Polygon } from "./shapes.ts";

/** A thing stands in a zone when this much of its footprint does … */
const minFootprintInside = 0.3;
/** … or when it covers this much of a zone that is small beside it: a safety exit behind a lorry. */
const minZoneCovered = 0.5;

/** Decided by area, not by one point: a point of a box that jumps by a pixel jumps in and out of the lane. */
export function standsIn(polygon: Polygon, box: Box): boolean {
	const footprint = groundFootprint(box);
	const inside = areaInside(polygon, footprint);
	return inside > 0 && (inside >= minFootprintInside * boxArea(footprint) || coverage(polygon, box) >= minZoneCovered);
}

/** Share of a zone that a box's ground footprint covers, 0..1. */
export function coverage(polygon: Polygon, box: Box): number {
	const area = polygonArea(polygon);
	return area === 0 ? 0 : areaInside(polygon, groundFootprint(box)) / area;
}
