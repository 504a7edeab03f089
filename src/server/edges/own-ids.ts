import type { Store } from "../store/open-store.ts";

/**
 * Edges make the ids of what they tell: a stay's is its lane's, a point and its instant, evidence's that of its alert, a
 * point and its kind. Whoever could take another edge's id first would shut out whom it belongs to, so an id that begins
 * with a lane is that lane's edge's. Of any other form, it is the first comer's.
 */
export function isForeignAlert(store: Store, edgeId: string, alertId: string): boolean {
	const known = edgeOfAlert(store, alertId);
	return known === undefined ? namesForeignLane(store, edgeId, alertId) : known !== edgeId;
}

/** Of one that nobody has stored yet, for an alert that is not foreign. */
export const isForeignEvidence = (store: Store, edgeId: string, alertId: string, evidenceId: string): boolean =>
	!evidenceId.startsWith(`${alertId}.`) && namesForeignLane(store, edgeId, evidenceId);

/** The edge that raised (or cleared) this alert, where the server has heard of it. */
export function edgeOfAlert(store: Store, alertId: string): string | undefined {
	return store.prepare<[string], { edgeId: string }>("SELECT edge_id AS edgeId FROM alerts WHERE id = ?").get(alertId)
		?.edgeId;
}

/** Whether it begins with a lane (whose id has no point) that other edges alone watch. */
export function namesForeignLane(store: Store, edgeId: string, id: string): boolean {
	const isOwn = store
		.prepare("SELECT max(c.edge_id = ?) FROM zones z JOIN cameras c ON c.id = z.camera_id WHERE z.lane_id = ?")
		.pluck()
		.get(edgeId, id.split(".", 1)[0]);
	return isOwn === 0;
}
