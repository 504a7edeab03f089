import { expect, test } from "vitest";
import type { Polygon } from "#core/geometry/shapes.ts";
import { drawingOf } from "../../src/cli/replay/marked-still.ts";

const size = { width: 200, height: 100 };
const box = { x1: 0.1, y1: 0.2, x2: 0.3, y2: 0.4 };
const triangle: Polygon = [
	[0.5, 0.5],
	[1, 0.5],
	[0.5, 1],
];
const pointsIn = (svg: string) => [...svg.matchAll(/points="([^"]*)"/g)].map(([, points]) => points);

test("piled goods are marked by their outline, in pixels, with the zone", () => {
	const svg = drawingOf({ zone: triangle, box, outline: [triangle] }, size);
	const points = "100.0,50.0 200.0,50.0 100.0,100.0";
	expect(pointsIn(svg)).toEqual([points, points, points]); // zone, dark edge, line
	expect(svg).toContain('width="200" height="100"');
});

test("what has no outline is marked by its box", () => {
	const svg = drawingOf({ zone: undefined, box, outline: [] }, size);
	expect(pointsIn(svg)[0]).toBe("20.0,20.0 60.0,20.0 60.0,40.0 20.0,40.0");
	expect(svg).not.toContain("fill-opacity");
});
