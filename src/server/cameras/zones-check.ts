import type { ZoneBody } from "#contract/http-api.ts";

type Point = readonly [number, number];

/** What the schema cannot see: ids that are taken, polygons without area or that cross themselves. */
export function problemsOfZones(
	zones: readonly ZoneBody[],
	isTakenElsewhere: (id: string) => boolean,
): { path: string; message: string }[] {
	return zones.flatMap(({ id, polygon }, index) => {
		const path = `zones[${index}]`;
		const problems: { path: string; message: string }[] = [];
		const first = zones.findIndex((zone) => zone.id === id);
		if (first !== index) problems.push({ path: `${path}.id`, message: `${id} is zones[${first}] already` });
		if (isTakenElsewhere(id)) problems.push({ path: `${path}.id`, message: `${id} is a zone of another camera` });
		const wrong = problemOfPolygon(polygon);
		if (wrong) problems.push({ path: `${path}.polygon`, message: wrong });
		return problems;
	});
}

/** A ten-thousandth of the picture: smaller ones are slips of the hand. */
const minArea = 0.0001;

function problemOfPolygon(polygon: readonly Point[]): string | null {
	const edges = polygon.map((point, index) => [point, polygon[(index + 1) % polygon.length] ?? point] as const);
	const crossed = edges.some((one, i) =>
		edges.some((other, j) => j > i + 1 && !(i === 0 && j === edges.length - 1) && cross(one, other)),
	);
	if (crossed) return "crosses itself";
	const area = Math.abs(edges.reduce((sum, [[x1, y1], [x2, y2]]) => sum + x1 * y2 - x2 * y1, 0)) / 2;
	return area < minArea ? "has no area to speak of" : null;
}

function cross([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]): boolean {
	return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** Positive where `p` lies on the one side of the line from `a` to `b`, negative on the other. */
const side = ([ax, ay]: Point, [bx, by]: Point, [px, py]: Point) => (bx - ax) * (py - ay) - (by - ay) * (px - ax);
