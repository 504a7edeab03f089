import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { Store } from "../store/open-store.ts";

export interface ViewConfirmation {
	readonly cameraId: string;
	readonly userId: string;
	readonly at: number;
	/** By the edge's clock. */
	readonly viewAt: number;
	readonly redrawn: boolean;
}

export function insertViewConfirmation(store: Store, { redrawn, ...confirmation }: ViewConfirmation): void {
	store
		.prepare(
			`INSERT INTO view_confirmations (camera_id, confirmed_by, at, view_at, redrawn)
			VALUES (@cameraId, @userId, @at, @viewAt, @redrawn)`,
		)
		.run({ ...confirmation, redrawn: redrawn ? 1 : 0 });
}

/** Who looked last. */
export function viewConfirmedOf(store: Store, cameraId: string): CameraAnswer["viewConfirmed"] {
	return (
		store
			.prepare<[string], { by: string; at: number; viewAt: number }>(
				`SELECT u.name AS by, v.at, v.view_at AS viewAt FROM view_confirmations v JOIN users u ON u.id = v.confirmed_by
				WHERE v.camera_id = ? ORDER BY v.id DESC LIMIT 1`,
			)
			.get(cameraId) ?? null
	);
}

/** What the edge is told: the view of this instant and of before was looked at. */
export function viewConfirmedAt(store: Store, cameraId: string): number | null {
	return (
		store
			.prepare<[string], { viewAt: number | null }>(
				"SELECT max(view_at) AS viewAt FROM view_confirmations WHERE camera_id = ?",
			)
			.get(cameraId)?.viewAt ?? null
	);
}

/** Since when, by the edge's clock, the camera has looked elsewhere. */
export function movedSince(store: Store, cameraId: string): number | null {
	return (
		store
			.prepare<[string], { since: number | null }>(
				`SELECT max(l.since) AS since FROM lanes l JOIN zones z ON z.lane_id = l.id
				WHERE z.camera_id = ? AND l.state = 'unknown' AND l.reason = 'camera_moved'`,
			)
			.get(cameraId)?.since ?? null
	);
}
