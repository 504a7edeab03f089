import type { Store } from "../../src/server/store/open-store.ts";

/** An alert as the ingest writes it, for tests that begin after it. */
export function putAlert(
	store: Store,
	alert: {
		id: string;
		edgeId: string;
		laneId: string;
		cameraId: string;
		raisedAt: number | null;
		/** Absent: when it was raised. */
		enteredAt?: number;
		clearedAt?: number;
		/** Of piled goods; absent for a vehicle. */
		outline?: readonly (readonly (readonly [number, number])[])[];
	},
): void {
	const raised = alert.raisedAt !== null;
	store
		.prepare(
			`INSERT INTO alerts (id, edge_id, lane_id, camera_id, entered_at, raised_at, cause, label, confidence, box,
				outline, cleared_at, cleared_by, received_at)
			VALUES (@id, @edgeId, @laneId, @cameraId, @enteredAt, @raisedAt, @cause, @label, @confidence, @box,
				@outline, @clearedAt, @clearedBy, @receivedAt)`,
		)
		.run({
			...alert,
			enteredAt: alert.enteredAt ?? alert.raisedAt,
			cause: raised ? (alert.outline ? "object" : "vehicle") : null,
			label: raised ? (alert.outline ? "object" : "car") : null,
			confidence: raised ? 0.8 : null,
			box: raised ? "[0.1,0.1,0.5,0.5]" : null,
			outline: alert.outline ? JSON.stringify(alert.outline) : null,
			clearedAt: alert.clearedAt ?? null,
			receivedAt: alert.raisedAt ?? 1,
			clearedBy: alert.clearedAt === undefined ? null : "camera",
		});
}
