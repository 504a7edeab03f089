import type { CalibrationBody, ZoneBody } from "#contract/zones.ts";
import type { Store } from "../store/open-store.ts";

interface Row {
	id: string;
	cameraId: string;
	name: string;
	kind: ZoneBody["kind"];
	polygon: string;
	policy: string | null;
	hours: string | null;
	armed: string | null;
	calibration: string | null;
	roadClass: NonNullable<ZoneBody["roadClass"]> | null;
}

/** In the order of the page. */
export function zonesOf(store: Store, cameraId: string): readonly ZoneBody[] {
	return store
		.prepare<[string], Row>(
			`SELECT id, camera_id AS cameraId, name, kind, polygon, policy, hours, armed, calibration, road_class AS roadClass
			FROM zones WHERE camera_id = ? ORDER BY position`,
		)
		.all(cameraId)
		.map(({ id, name, kind, polygon, policy, hours, armed, calibration, roadClass }) => ({
			id,
			name,
			kind,
			polygon: JSON.parse(polygon) as ZoneBody["polygon"],
			...(policy === null ? {} : { policy: JSON.parse(policy) as NonNullable<ZoneBody["policy"]> }),
			...(hours === null ? {} : { hours: JSON.parse(hours) as NonNullable<ZoneBody["hours"]> }),
			...(armed === null ? {} : { armed: JSON.parse(armed) as NonNullable<ZoneBody["armed"]> }),
			...(calibration === null ? {} : { calibration: JSON.parse(calibration) as CalibrationBody }),
			...(roadClass === null ? {} : { roadClass }),
		}));
}

/** Which camera a zone of this id belongs to. */
export function cameraOfZone(store: Store, id: string): string | undefined {
	return store.prepare<[string], { cameraId: string }>("SELECT camera_id AS cameraId FROM zones WHERE id = ?").get(id)
		?.cameraId;
}

/** Also of a lane that is gone: its permits and figures are that site's. */
export function siteOfLane(store: Store, id: string): string | undefined {
	return store.prepare("SELECT site_id FROM lanes WHERE id = ?").pluck().get(id) as string | undefined;
}

/**
 * Puts `zones` in the place of all zones of the camera. Every zone but the ignored ones stands for the lane of the same
 * id; lanes whose zone is gone leave the wall, and stay for their alerts. Answers which lanes left.
 */
export function replaceZones(
	store: Store,
	{ cameraId, siteId, zones, at }: { cameraId: string; siteId: string; zones: readonly ZoneBody[]; at: number },
): { removedLaneIds: readonly string[] } {
	const before = zonesOf(store, cameraId).filter(isLane);
	const lanes = zones.filter(isLane);
	const kept = new Set(lanes.map(({ id }) => id));
	const removedLaneIds = before.map(({ id }) => id).filter((id) => !kept.has(id));

	store.prepare("DELETE FROM zones WHERE camera_id = ?").run(cameraId);
	for (const id of removedLaneIds) removeLane(store, id, at);
	for (const lane of lanes) putLane(store, lane, siteId);
	const insert = store.prepare(
		`INSERT INTO zones (id, camera_id, lane_id, name, kind, polygon, policy, hours, armed, calibration, road_class, position)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	);
	for (const [position, zone] of zones.entries()) {
		const { id, name, kind, polygon, policy, hours, armed, calibration, roadClass } = zone;
		const laneId = kind === "ignore" ? null : id;
		const policyText = policy && Object.keys(policy).length > 0 ? JSON.stringify(policy) : null;
		const hoursText = hours && hours.length > 0 ? JSON.stringify(hours) : null;
		const armedText = armed ? JSON.stringify(armed) : null;
		const sizeText = calibration ? JSON.stringify(calibration) : null;
		insert.run(
			...[id, cameraId, laneId, name, kind, JSON.stringify(polygon)],
			...[policyText, hoursText, armedText, sizeText, roadClass ?? null, position],
		);
	}
	return { removedLaneIds };
}

const isLane = (zone: ZoneBody) => zone.kind !== "ignore";

function removeLane(store: Store, id: string, at: number): void {
	store.prepare("UPDATE lanes SET removed_at = ? WHERE id = ?").run(at, id);
}

/** A lane that comes back knows nothing of its former state. */
function putLane(store: Store, { id, name, kind }: ZoneBody, siteId: string): void {
	store
		.prepare(
			`INSERT INTO lanes (id, site_id, name, kind) VALUES (@id, @siteId, @name, @kind)
			ON CONFLICT (id) DO UPDATE SET site_id = @siteId, name = @name, kind = @kind,
				state = iif(removed_at IS NULL, state, 'unknown'), reason = iif(removed_at IS NULL, reason, NULL),
				since = iif(removed_at IS NULL, since, NULL), state_at = iif(removed_at IS NULL, state_at, NULL),
				clearance = iif(removed_at IS NULL, clearance, NULL),
				removed_at = NULL`,
		)
		.run({ id, siteId, name, kind });
}
