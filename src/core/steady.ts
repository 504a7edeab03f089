import type { Detection } from "./detection.ts";
import type { Box } from "./geometry/shapes.ts";
import type { GreyPicture } from "./picture/grey-picture.ts";
import type { ViewShift } from "./view/types.ts";

/** A smaller shift (of the picture's sides) is within what zones and boxes wander anyway; one less clear is a guess. */
const followed = { leastShift: 0.004, leastScore: 0.8 };

export function isFollowed(shift: ViewShift | null): shift is ViewShift {
	if (!shift || shift.score < followed.leastScore) return false;
	return Math.max(Math.abs(shift.dx), Math.abs(shift.dy)) >= followed.leastShift;
}

/**
 * A look of a camera that was pushed a little, moved back to where the zones were drawn: so zones, references and what
 * stands keep their places. What the push brought into the picture's rim repeats the rim.
 */
export function moveBack<Look extends { readonly grey: GreyPicture; readonly detections: readonly Detection[] }>(
	look: Look,
	{ dx, dy }: ViewShift,
): Look {
	const { width, height, luma } = look.grey;
	const [right, down] = [Math.round(dx * width), Math.round(dy * height)];
	if (right === 0 && down === 0) return look;
	const moved = new Uint8Array(luma.length);
	for (let y = 0; y < height; y++) {
		const row = Math.min(height - 1, Math.max(0, y + down)) * width;
		for (let x = 0; x < width; x++) {
			moved[y * width + x] = luma[row + Math.min(width - 1, Math.max(0, x + right))] ?? 0;
		}
	}
	return {
		...look,
		grey: { width, height, luma: moved },
		detections: look.detections.map((detection) => ({ ...detection, box: shifted(detection.box, -dx, -dy) })),
	};
}

const shifted = ({ x1, y1, x2, y2 }: Box, dx: number, dy: number): Box => ({
	x1: x1 + dx,
	y1: y1 + dy,
	x2: x2 + dx,
	y2: y2 + dy,
});
