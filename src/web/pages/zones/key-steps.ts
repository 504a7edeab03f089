import type { Point } from "#core/geometry/shapes.ts";

const step = 0.005;
const largeStep = 0.05;

/** How far an arrow key moves a point, as a share of the picture; null for other keys. */
export function stepOfKey(key: string, shift: boolean): Point | null {
	const by = shift ? largeStep : step;
	switch (key) {
		case "ArrowLeft":
			return [-by, 0];
		case "ArrowRight":
			return [by, 0];
		case "ArrowUp":
			return [0, -by];
		case "ArrowDown":
			return [0, by];
		default:
			return null;
	}
}
