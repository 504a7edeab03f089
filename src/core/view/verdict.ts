import { isDoubtful, isFrozen, type Stillness } from "./frozen.ts";
import { isInPlace, type Placement } from "./placement.ts";
import type { Trouble, ViewShift, ViewVerdict } from "./types.ts";

/** A black or covered picture that never changes is black or covered; any other that never changes is frozen. */
export function verdictOf(trouble: Trouble | null, stillness: Stillness, placement: Placement | null): ViewVerdict {
	const shift = placement && shiftOf(placement);
	const { since, told } = trouble ?? { since: null, told: null };
	if (told && told !== "camera_moved") return { fit: false, reason: told, since, shift };
	if (isFrozen(stillness)) return { fit: false, reason: "picture_frozen", since: stillness.since, shift };
	if (trouble) return { fit: false, reason: told, since, shift };
	const isFit = !isDoubtful(stillness);
	return { fit: isFit, reason: null, since: isFit ? null : stillness.since, shift };
}

/** A peak so high is as sharp as the picture of one place gives from one second to the next. */
const sharpHeight = 20;

function shiftOf(placement: Placement): ViewShift | null {
	const { near, elsewhere, kept, reference } = placement;
	if (!elsewhere && !isInPlace(placement)) return null;
	const found = elsewhere ?? { ...near, kept };
	return {
		dx: found.x / reference.edges.columns,
		dy: found.y / reference.edges.rows,
		score: found.kept * Math.min(1, found.height / sharpHeight),
	};
}
