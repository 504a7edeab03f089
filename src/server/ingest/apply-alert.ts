import type { AlertClearedMessage, AlertMessage, AlertRaisedMessage } from "#contract/messages/index.ts";
import type { EdgeAddress } from "#contract/topics.ts";
import { namesForeignLane } from "../edges/own-ids.ts";
import type { Feed } from "../store/feed.ts";
import type { Store } from "../store/open-store.ts";
import { applied, nothingNew, type Outcome, problemOfCamera, problemOfLane, refused } from "./outcome.ts";

interface Parts {
	readonly store: Store;
	readonly feed: Feed;
}

/**
 * 'raised' and 'cleared' each fill their own columns of the alert's one row, whichever comes first; what is filled stays.
 * So every order and every repetition gives the same row.
 */
export function applyAlert({ store, feed }: Parts, edge: EdgeAddress, message: AlertMessage, at: number): Outcome {
	if (isApplied(store, edge.edgeId, message.id)) return nothingNew;
	const problem = problemOf(store, edge, message);
	if (problem) return problem;
	store
		.prepare(
			`INSERT INTO alerts (id, edge_id, lane_id, camera_id, received_at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET received_at = min(received_at, excluded.received_at)`,
		)
		.run(message.alertId, edge.edgeId, message.laneId, message.cameraId, at);
	const changed = message.kind === "raised" ? raise(store, message) : clear(store, message);
	store
		.prepare("INSERT INTO applied_messages (edge_id, id, applied_at) VALUES (?, ?, ?)")
		.run(edge.edgeId, message.id, at);
	if (!changed) return nothingNew;
	feed.append("alert", message.alertId, at);
	feed.append("lane", message.laneId, at); // the wall shows a lane with its open alert
	return applied;
}

function isApplied(store: Store, edgeId: string, id: string): boolean {
	return store.prepare("SELECT 1 FROM applied_messages WHERE edge_id = ? AND id = ?").get(edgeId, id) !== undefined;
}

function problemOf(store: Store, edge: EdgeAddress, { alertId, laneId, cameraId }: AlertMessage): Outcome | null {
	const known = store
		.prepare<[string], { edgeId: string; laneId: string; cameraId: string }>(
			"SELECT edge_id AS edgeId, lane_id AS laneId, camera_id AS cameraId FROM alerts WHERE id = ?",
		)
		.get(alertId);
	if (!known) {
		const problem = problemOfCamera(store, edge.edgeId, cameraId) ?? problemOfLane(store, edge, laneId);
		if (problem) return problem;
		const isForeign = namesForeignLane(store, edge.edgeId, alertId);
		return isForeign ? refused(`alertId: ${alertId} names another edge's lane`) : null;
	}
	if (known.edgeId !== edge.edgeId) return refused(`alertId: ${alertId} is another edge's alert`);
	if (known.laneId !== laneId) return refused(`laneId: alert ${alertId} is about lane ${known.laneId}`);
	if (known.cameraId !== cameraId) return refused(`cameraId: alert ${alertId} is of camera ${known.cameraId}`);
	return null;
}

function raise(store: Store, message: AlertRaisedMessage): boolean {
	const { alertId, enteredAt, raisedAt, cause, label, confidence, box, outline, clearance } = message;
	return (
		store
			.prepare(
				`UPDATE alerts SET entered_at = @enteredAt, raised_at = @raisedAt, cause = @cause, label = @label,
					confidence = @confidence, box = @box, outline = @outline, clearance = @clearance
				WHERE id = @alertId AND raised_at IS NULL`,
			)
			.run({
				alertId,
				enteredAt,
				raisedAt,
				cause,
				label,
				confidence,
				box: JSON.stringify(box),
				outline: outline && outline.length > 0 ? JSON.stringify(outline) : null,
				clearance: clearance ? JSON.stringify(clearance) : null,
			}).changes > 0
	);
}

function clear(store: Store, { alertId, clearedAt, by }: AlertClearedMessage): boolean {
	return (
		store
			.prepare(
				`UPDATE alerts SET cleared_at = ?, cleared_by = ?
				WHERE id = ? AND (cleared_at IS NULL OR cleared_by = 'lost_track')`,
			)
			.run(clearedAt, by, alertId).changes > 0
	);
}
