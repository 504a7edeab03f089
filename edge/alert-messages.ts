import type { AlertMessage, LaneStateMessage } from "#contract/messages/index.ts";
import type { LaneReport } from "#core/camera.ts";
import type { Clearance } from "#core/clearance/clearance.ts";
import type { Box } from "#core/geometry/shapes.ts";
import type { OccupancyEvent } from "#core/occupancy/types.ts";

/**
 * What the rules say, in the words of the wire. Ids are made from the occupancy, so that a step that is repeated after a
 * crash gives the same message. Values are brought into the schema's bounds: a message that the server refuses would be
 * an alert that nobody sees.
 */
export function alertMessageOf(event: OccupancyEvent, cameraId: string): AlertMessage | null {
	if (event.kind !== "raised" && event.kind !== "cleared") return null;
	const { period, kind } = event;
	const base = {
		v: 1 as const,
		id: `${period.occupancyId}.${kind}`,
		alertId: period.occupancyId,
		laneId: event.zoneId,
		cameraId,
		at: Math.round(event.at),
	};
	if (kind === "cleared") {
		return { ...base, kind, clearedAt: Math.round(period.clearedAt ?? event.at), by: event.by };
	}
	return {
		...base,
		kind,
		enteredAt: Math.round(period.enteredAt),
		raisedAt: Math.round(period.raisedAt),
		cause: period.cause,
		label: period.label.slice(0, 40),
		confidence: unit(period.confidence),
		box: wireBox(period.box),
		...(period.clearance ? { clearance: wireClearance(period.clearance) } : {}),
	};
}

/** @param at when this is said; orders the states of one lane */
export function laneStateMessageOf(lane: LaneReport, cameraId: string, at: number): LaneStateMessage {
	return {
		v: 1,
		laneId: lane.zoneId,
		cameraId,
		state: lane.state,
		reason: lane.reason,
		since: Math.max(0, Math.round(lane.since)),
		at,
		alertId: lane.open?.occupancyId ?? null,
		clearance: lane.clearance && wireClearance(lane.clearance),
		watchedSince: Math.max(0, lane.watchedSince),
		blindMs: lane.blindMs,
	};
}

const wireClearance = ({ share, widthM, level }: Clearance) => ({
	share: unit(share),
	widthM: widthM === null ? null : Math.min(1000, Math.max(0, widthM)),
	level,
});

const unit = (value: number) => Math.min(1, Math.max(0, value));

/** A box of no width or height (it may be cut by the picture's edge) is given a hair's breadth. */
function wireBox({ x1, y1, x2, y2 }: Box): [number, number, number, number] {
	const [left, right] = wireSpan(x1, x2);
	const [top, bottom] = wireSpan(y1, y2);
	return [left, top, right, bottom];
}

function wireSpan(from: number, to: number): [number, number] {
	const [low, high] = [unit(from), unit(to)];
	return low < high ? [low, high] : low < 1 ? [low, Math.min(1, low + 1e-4)] : [1 - 1e-4, 1];
}
