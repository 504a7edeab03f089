import type { ClockReading } from "#contract/clock.ts";
import type { CameraHealthMessage, LaneStateMessage, StatusMessage } from "#contract/messages/index.ts";
import type { EdgeAddress } from "#contract/topics.ts";
import { type BlindCounter, blindGrowth, putBlindTime } from "../lanes/blind-days.ts";
import { noteWatch } from "../lanes/watches.ts";
import type { Feed } from "../store/feed.ts";
import type { Store } from "../store/open-store.ts";
import { applied, isLater, isLaterWord, nothingNew, type Outcome, problemOfCamera, problemOfLane } from "./outcome.ts";

interface Parts {
	readonly store: Store;
	readonly feed: Feed;
}

/**
 * Of one connection online and offline bear the same instant (that of the connection, since the last will is written
 * then), and offline is the later of the two. The states of the edge's lanes are left as they are: what an edge said
 * last holds only while it is there, and whoever reads lanes looks at its edge.
 */
export function applyStatus({ store, feed }: Parts, edge: EdgeAddress, message: StatusMessage, at: number): Outcome {
	const known = store
		.prepare<[string], { state: string; stateAt: number | null; clock: string | null }>(
			"SELECT state, state_at AS stateAt, clock FROM edges WHERE id = ?",
		)
		.get(edge.edgeId);
	if (!known) return { result: "not_ours" };
	const clockChanged = noteClock(store, edge.edgeId, known.clock, message);
	if (clockChanged) feed.append("edge", edge.edgeId, at);
	const endsIt = message.at === known.stateAt && message.state === "offline" && known.state === "online";
	if (!endsIt && !isLater(message.at, known.stateAt, at)) return clockChanged ? applied : nothingNew;
	const changed = message.state !== known.state;
	store
		.prepare("UPDATE edges SET state = ?, state_at = ?, state_since = iif(?, ?, state_since) WHERE id = ?")
		.run(
			message.state,
			message.at,
			changed ? 1 : 0,
			message.state === "online" ? Math.min(message.at, at) : at,
			edge.edgeId,
		);
	if (changed) feed.append("edge", edge.edgeId, at);
	return changed || clockChanged ? applied : nothingNew;
}

/**
 * Heartbeats of one connection bear one instant, hence the reading's own orders them. Answers whether it says something
 * else: an offset that wanders by less than 50 ms is nothing to tell.
 */
function noteClock(store: Store, edgeId: string, known: string | null, { clock }: StatusMessage): boolean {
	if (!clock) return false;
	const before = known === null ? null : (JSON.parse(known) as ClockReading);
	if (before && (before.readAt ?? 0) >= (clock.readAt ?? 0)) return false;
	store.prepare("UPDATE edges SET clock = ? WHERE id = ?").run(JSON.stringify(clock), edgeId);
	if (!before || before.source !== clock.source) return true;
	const moved = Math.abs((before.offsetMs ?? 0) - (clock.offsetMs ?? 0)) >= 50;
	return moved || (before.offsetMs === null) !== (clock.offsetMs === null);
}

export function applyCameraHealth(
	{ store, feed }: Parts,
	edge: EdgeAddress,
	message: CameraHealthMessage,
	at: number,
): Outcome {
	const problem = problemOfCamera(store, edge.edgeId, message.cameraId);
	if (problem) return problem;
	const known = store
		.prepare<[string], { health: string | null; at: number | null; over: number | null; removedAt: number | null }>(
			"SELECT health, health_at AS at, health_over AS over, removed_at AS removedAt FROM cameras WHERE id = ?",
		)
		.get(message.cameraId);
	if (!known || known.removedAt !== null || !isLaterWord(wordOf(message), known, at)) return nothingNew;
	const health = JSON.stringify(message);
	store
		.prepare("UPDATE cameras SET health = ?, health_at = ?, health_over = ? WHERE id = ?")
		.run(health, message.at, message.connectedAt ?? null, message.cameraId);
	if (known.health !== null && saysTheSame(JSON.parse(known.health) as CameraHealthMessage, message)) return nothingNew;
	feed.append("camera", message.cameraId, at);
	return applied;
}

const saysTheSame = (one: CameraHealthMessage, other: CameraHealthMessage) => contentOf(one) === contentOf(other);
const contentOf = (health: CameraHealthMessage) => JSON.stringify({ ...health, at: 0, connectedAt: undefined });
const wordOf = ({ at, connectedAt }: { at: number; connectedAt?: number | undefined }) => ({
	...{ at, over: connectedAt ?? null },
});

/**
 * `lanes.open_alert_id` is what the edge says of the lane, set here and nowhere else; whether an alert is open stands in
 * `alerts`, filled by alert messages alone. The two travel different ways and may differ for moments.
 */
export function applyLaneState(
	{ store, feed }: Parts,
	edge: EdgeAddress,
	message: LaneStateMessage,
	at: number,
): Outcome {
	const problem = problemOfCamera(store, edge.edgeId, message.cameraId) ?? problemOfLane(store, edge, message.laneId);
	if (problem) return problem;
	const known = store
		.prepare<[string], KnownLane>(
			`SELECT json_array(state, reason, since, open_alert_id, clearance) AS said, state_at AS at, said_over AS over,
				removed_at AS removedAt, blind_ms AS blindMs, watched_since AS watchedSince
			FROM lanes WHERE id = ?`,
		)
		.get(message.laneId);
	if (!known || known.removedAt !== null || !isLaterWord(wordOf(message), known, at)) return nothingNew;
	const { laneId, state, reason, since, alertId } = message;
	const clearance = message.clearance ? JSON.stringify(message.clearance) : null;
	store
		.prepare(
			`UPDATE lanes SET state = ?, reason = ?, since = ?, open_alert_id = ?, clearance = ?, state_at = ?, said_over = ?
			WHERE id = ?`,
		)
		.run(state, reason, since, alertId, clearance, message.at, message.connectedAt ?? null, laneId);
	countBlindTime(store, known, message, at);
	const holds = known.at !== null && known.over === (message.connectedAt ?? null); // else the page shows it as unknown
	if (holds && known.said === JSON.stringify([state, reason, since, alertId, clearance])) return nothingNew;
	feed.append("lane", laneId, at);
	return applied;
}

interface KnownLane {
	readonly said: string;
	readonly at: number | null;
	readonly over: number | null;
	readonly removedAt: number | null;
	readonly blindMs: number | null;
	readonly watchedSince: number | null;
}

/** The page counts on by itself while a lane is unknown: a counter that has grown is nothing new to tell. */
function countBlindTime(
	store: Store,
	{ at, blindMs, watchedSince }: KnownLane,
	message: LaneStateMessage,
	receivedAt: number,
): void {
	if (message.blindMs === undefined || message.watchedSince === undefined) return;
	const known: BlindCounter | null =
		blindMs === null || watchedSince === null ? null : { blindMs, watchedSince, at: at ?? watchedSince };
	const told = { blindMs: message.blindMs, watchedSince: message.watchedSince, at: message.at };
	const { counter, ...growth } = blindGrowth(known, told);
	putBlindTime(store, message.laneId, growth);
	noteWatch(store, message, receivedAt);
	store
		.prepare("UPDATE lanes SET blind_ms = ?, watched_since = ? WHERE id = ?")
		.run(counter.blindMs, counter.watchedSince, message.laneId);
}
