import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { LaneAnswer } from "#contract/wall-api.ts";

/** A camera that looks elsewhere than when its zones were drawn. */
export interface MovedView {
	readonly since: number;
	/** A person has looked at the zones since; the edge has not taken it up yet. */
	readonly confirmed: boolean;
}

/** Null where no lane of the camera says that it has moved. */
export function movedViewOf(
	{ id, viewConfirmed }: Pick<CameraAnswer, "id" | "viewConfirmed">,
	lanes: Iterable<LaneAnswer>,
): MovedView | null {
	const moved = [...lanes].filter(
		({ cameraId, state, reason }) => cameraId === id && state === "unknown" && reason === "camera_moved",
	);
	if (moved.length === 0) return null;
	const since = Math.max(...moved.map((lane) => lane.since ?? 0));
	return { since, confirmed: viewConfirmed !== null && viewConfirmed.viewAt >= since };
}
