import type { Store } from "../store/open-store.ts";

/** An edge of another Keepclear, which never connects to this one. */
export const isForeignEdge = (store: Store, edgeId: string): boolean =>
	store.prepare("SELECT 1 FROM edges WHERE id = ? AND imported_at IS NOT NULL").get(edgeId) !== undefined;

/** An alert that came in a package: what is told of it here is what the package told. */
export const isForeignAlert = (store: Store, alertId: string): boolean =>
	store
		.prepare("SELECT 1 FROM alerts a JOIN edges e ON e.id = a.edge_id WHERE a.id = ? AND e.imported_at IS NOT NULL")
		.get(alertId) !== undefined;
