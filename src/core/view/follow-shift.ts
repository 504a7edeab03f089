import type { Detection } from "../detection.ts";
import type { Box } from "../geometry/shapes.ts";
import type { GreyPicture } from "../picture/grey-picture.ts";
import type { ViewShift } from "./types.ts";

/** Between what other changes than shifts score at most and what shifts score, nearer to the shifts. */
const safeScore = 0.8;
/** Of the picture's side: farther, and too much of what was learned has left the picture. */
const safeDistance = 0.2;
/** Of the picture's side: a smaller shift is within what zones and boxes wander anyway. */
const leastShift = 0.004;

/**
 * Whether zones follow such a shift without a person's word. Measured on 15 recordings of fixed cameras, each cut so
 * that there was more to turn to: pure shifts by 5, 10, 15 and 20 % (and 10 % both ways) scored 0.71 to 1.00 and were
 * told to 0.6 % of the side at worst; turns by 2 to 15 degrees scored 0.31 at most, zooms by 1.05 to 1.3 at most 0.65,
 * other scenes nothing. A shift does not tell a turn about the optical axis below 2 degrees, which moves the borders of
 * the picture by less than 2 %.
 */
export function isFollowed(shift: ViewShift | null): shift is ViewShift {
	if (!shift || shift.score < safeScore) return false;
	const farthest = Math.max(Math.abs(shift.dx), Math.abs(shift.dy));
	return farthest >= leastShift && farthest <= safeDistance;
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
