import type { AlertMessage, LaneStateMessage } from "#contract/messages/index.ts";
import type { LaneReport } from "#core/camera.ts";
import type { Clearance } from "#core/clearance/clearance.ts";
import { polygonArea } from "#core/geometry/polygon.ts";
import type { Box, Polygon } from "#core/geometry/shapes.ts";
import { simplifyPolygon } from "#core/geometry/simplify.ts";
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
		...(period.outline.length > 0 ? { outline: wireOutline(period.outline) } : {}),
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

/** Rounded down: a box that wanders by a pixel is no news, and nobody is promised a decimetre that is not there. */
const wireClearance = ({ share, widthM, level }: Clearance) => ({
	share: Math.floor(unit(share) * 100) / 100,
	widthM: widthM === null ? null : Math.floor(Math.min(1000, Math.max(0, widthM)) * 10) / 10,
	level,
});

const unit = (value: number) => Math.min(1, Math.max(0, value));

/** The schema's bounds: so many polygons of so many points. What is left out of a heap is its smallest pieces. */
const mostPolygons = 8;
const mostPoints = 40;

function wireOutline(outline: readonly Polygon[]): [number, number][][] {
	return outline
		.filter((polygon) => polygon.length >= 3)
		.toSorted((a, b) => polygonArea(b) - polygonArea(a))
		.slice(0, mostPolygons)
		.map((polygon) => simplifyPolygon(polygon, mostPoints).map(([x, y]) => [tenThousandths(x), tenThousandths(y)]));
}

const tenThousandths = (value: number) => Math.round(unit(value) * 1e4) / 1e4;

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
