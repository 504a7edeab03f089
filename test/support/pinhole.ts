import type { Box, Point } from "#core/geometry/shapes.ts";

type Place = readonly [x: number, y: number, z: number];

/** A camera on a mast that looks along +y and down, 16 by 9. Metres; x to the right, y away, z up. */
export function pinhole(heightM: number, downDeg: number, fieldOfViewDeg: number): (place: Place) => Point {
	const [sin, cos] = [Math.sin((downDeg * Math.PI) / 180), Math.cos((downDeg * Math.PI) / 180)];
	const focal = 0.5 / Math.tan((fieldOfViewDeg * Math.PI) / 360);
	return ([x, y, z]) => {
		const [ahead, below] = [y * cos + (heightM - z) * sin, (heightM - z) * cos - y * sin];
		return [0.5 + (focal * x) / ahead, 0.5 + ((focal * below) / ahead) * (16 / 9)];
	};
}

/** The box around a solid that stands on the ground, turned by an angle (radians, 0 along y). */
export function boxOfSolid(
	camera: (place: Place) => Point,
	[x, y]: Point,
	{ widthM, lengthM, heightM }: { widthM: number; lengthM: number; heightM: number },
	turn = 0,
): Box {
	const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
	const corners = [-0.5, 0.5].flatMap((u) =>
		[-0.5, 0.5].flatMap((v) =>
			[0, heightM].map((z) => {
				const [across, along] = [u * widthM, v * lengthM];
				return camera([x + across * cos - along * sin, y + across * sin + along * cos, z]);
			}),
		),
	);
	const [xs, ys] = [corners.map(([px]) => px), corners.map(([, py]) => py)];
	return { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) };
}
