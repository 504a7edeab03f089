import { randomBytes } from "node:crypto";
import type { CameraAnswer, CameraBody, CameraPatch, ZonesBody, ZonesSavedAnswer } from "#contract/cameras-api.ts";
import type { ZoneBody } from "#contract/zones.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { clearAlertsOfLane } from "../alerts/alerts-store.ts";
import { bumpConfigRevision, findEdge, type EdgeRow } from "../edges/edges-store.ts";
import { badInput, notFound } from "../http/api-error.ts";
import { recordZoneRules } from "../policy/policy-actions.ts";
import { problemsOfZoneRules } from "../policy/policy-check.ts";
import { siteRulesOf } from "../policy/site-rules.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { deleteSound } from "../speakers/sounds-store.ts";
import { takeUrl } from "./camera-url.ts";
import {
	cameraAnswerOf,
	findCamera,
	insertCamera,
	setCameraRemoved,
	updateCamera,
	type CameraRow,
} from "./cameras-store.ts";
import { noteRedrawnView } from "./note-view.ts";
import { cameraOfZone, replaceZones, siteOfLane, zonesOf } from "./zones-store.ts";
import { problemsOfZones, warningsOfZones } from "./zones-check.ts";

export function addCamera(parts: ServerParts, body: CameraBody): CameraAnswer {
	const { store, now } = parts;
	const edge = requireWorkingEdge(store, body.edgeId);
	const id = `camera-${randomBytes(4).toString("hex")}`;
	return changeConfig(parts, edge, () => {
		refuseTakenName(store, edge.siteId, { name: body.name, cameraId: id });
		insertCamera(store, {
			...body,
			audioOut: asNumber(body.audioOut ?? null),
			id,
			url: urlOrRefuse(body.url, null),
			createdAt: now(),
		});
		return id;
	});
}

export function changeCamera(parts: ServerParts, id: string, patch: CameraPatch): CameraAnswer {
	const { store } = parts;
	const camera = requireCamera(store, id);
	const url = patch.url === undefined ? camera.url : urlOrRefuse(patch.url, camera.url);
	const edge = requireEdge(store, camera.edgeId);
	return changeConfig(parts, edge, () => {
		const { name } = patch;
		if (name !== undefined && name !== camera.name) refuseTakenName(store, edge.siteId, { name, cameraId: id });
		updateCamera(store, {
			id,
			name: patch.name ?? camera.name,
			url,
			transport: patch.transport ?? camera.transport,
			sampleEveryMs: patch.sampleEveryMs ?? camera.sampleEveryMs,
			gbId: patch.gbId === undefined ? camera.gbId : patch.gbId,
			direction: patch.direction === undefined ? camera.direction : patch.direction,
			audioOut: patch.audioOut !== undefined ? asNumber(patch.audioOut) : url === camera.url ? camera.audioOut : null,
		});
		return id;
	});
}

const asNumber = (has: boolean | null): 0 | 1 | null => (has === null ? null : has ? 1 : 0);

/** People tell the cameras of a site by their names. @throws ApiError 400 */
function refuseTakenName(
	store: Store,
	siteId: string,
	{ name, cameraId }: { readonly name: string; readonly cameraId: string },
): void {
	const taken = store
		.prepare(
			`SELECT 1 FROM cameras c JOIN edges e ON e.id = c.edge_id
			WHERE e.site_id = ? AND c.name = ? AND c.id <> ? AND c.removed_at IS NULL`,
		)
		.get(siteId, name, cameraId);
	if (taken) throw badInput({ path: "name", message: "name_taken" });
}

/** Its lanes leave the wall; what was recorded of them stays. */
export function removeCamera(parts: ServerParts, id: string, by: SignedIn): void {
	const { store, feed, now } = parts;
	const camera = requireCamera(store, id);
	const edge = requireEdge(store, camera.edgeId);
	changeConfig(parts, edge, () => {
		putZones(parts, edge, id, [], by);
		setCameraRemoved(store, id, now());
		deleteSound(store, id);
		feed.append("removed", `camera:${id}`, now());
		return null;
	});
}

export function saveZones(
	parts: ServerParts,
	cameraId: string,
	{ zones, confirmsView = false }: ZonesBody,
	by: SignedIn,
): ZonesSavedAnswer {
	const { store } = parts;
	const camera = requireCamera(store, cameraId);
	const edge = requireEdge(store, camera.edgeId);
	const elsewhere = (id: string) =>
		![undefined, cameraId].includes(cameraOfZone(store, id)) ||
		![undefined, edge.siteId].includes(siteOfLane(store, id));
	const { rules } = siteRulesOf(parts);
	const problems = [
		...problemsOfZones(zones, elsewhere),
		...zones.flatMap((zone, index) => problemsOfZoneRules(rules, zone, `zones[${index}]`)),
	];
	if (problems.length > 0) throw badInput(...problems);
	const saved = changeConfig(parts, edge, () => {
		const before = zonesOf(store, cameraId);
		putZones(parts, edge, cameraId, zones, by);
		if (confirmsView) noteRedrawnView(parts, cameraId, by, { before, after: zones });
		return cameraId;
	});
	return { ...saved, warnings: warningsOfZones(zones, saved.health?.video ?? null) };
}

function putZones(
	{ store, feed, now }: ServerParts,
	edge: EdgeRow,
	cameraId: string,
	zones: readonly ZoneBody[],
	by: SignedIn,
): void {
	const at = now();
	recordZoneRules({ store }, { before: zonesOf(store, cameraId), after: zones, userId: by.user.id, at });
	const { removedLaneIds } = replaceZones(store, { cameraId, siteId: edge.siteId, zones, at });
	for (const zone of zones) if (zone.kind !== "ignore") feed.append("lane", zone.id, at);
	for (const laneId of removedLaneIds) {
		feed.append("removed", `lane:${laneId}`, at);
		// The edge clears what stood there; one that was revoked never will.
		if (edge.revokedAt !== null) {
			for (const alertId of clearAlertsOfLane(store, laneId, at)) feed.append("alert", alertId, at);
		}
	}
}

/** Whatever changes an edge's cameras: one transaction with the new revision, and the edge is told after it. */
export function changeConfig(parts: ServerParts, edge: EdgeRow, change: () => string): CameraAnswer;
export function changeConfig(parts: ServerParts, edge: EdgeRow, change: () => null): null;
export function changeConfig(parts: ServerParts, edge: EdgeRow, change: () => string | null): CameraAnswer | null {
	const { store, feed, notifier, now } = parts;
	const { cameraId, revision } = store.transaction(() => {
		const cameraId = change();
		if (cameraId !== null) feed.append("camera", cameraId, now());
		return { cameraId, revision: bumpConfigRevision(store, edge.id) };
	})();
	notifier.publishConfig({ siteId: edge.siteId, edgeId: edge.id }, revision);
	return cameraId === null ? null : cameraAnswerOf(store, requireCamera(store, cameraId));
}

export function requireCamera(store: Store, id: string): CameraRow {
	const camera = findCamera(store, id);
	if (!camera) throw notFound("camera");
	return camera;
}

export function requireWorkingEdge(store: Store, id: string): EdgeRow {
	const edge = findEdge(store, id);
	if (!edge) throw badInput({ path: "edgeId", message: `there is no edge ${id}` });
	if (edge.revokedAt !== null) throw badInput({ path: "edgeId", message: `the token of the edge ${id} was revoked` });
	return edge;
}

export function requireEdge(store: Store, id: string): EdgeRow {
	const edge = findEdge(store, id);
	if (!edge) throw notFound("edge");
	return edge;
}

export function urlOrRefuse(given: string, stored: string | null): string {
	const taken = takeUrl(given, stored);
	if ("problem" in taken) throw badInput({ path: "url", message: taken.problem });
	return taken.url;
}
