import type { UplinkKind } from "#contract/read-topic.ts";
import type { EdgeAddress } from "#contract/topics.ts";
import type { Feed } from "../store/feed.ts";
import type { Store } from "../store/open-store.ts";
import { applyAlert } from "./apply-alert.ts";
import { applyCameraHealth, applyLaneState, applyStatus } from "./apply-states.ts";
import type { Outcome } from "./outcome.ts";
import type { EdgeMessage, Payload } from "./read-message.ts";

export type { Outcome } from "./outcome.ts";

/**
 * Applies one message in one transaction, with what the feed tells of it. Twice, late or in another order gives the same
 * rows.
 *
 * @param at when it was received, Unix ms
 * @throws SqliteError when nothing could be written: the edge is not answered and sends it again
 */
export function applyMessage<K extends UplinkKind>(
	store: Store,
	feed: Feed,
	edge: EdgeAddress,
	kind: K,
	payload: Payload<K>,
	at: number,
): Outcome {
	const message = { kind, payload } as EdgeMessage;
	return store
		.transaction((): Outcome => (isOurs(store, edge) ? dispatch({ store, feed }, edge, message, at) : notOurs))
		.immediate();
}

const notOurs: Outcome = { result: "not_ours" };

function dispatch(parts: { store: Store; feed: Feed }, edge: EdgeAddress, message: EdgeMessage, at: number): Outcome {
	switch (message.kind) {
		case "status":
			return applyStatus(parts, edge, message.payload, at);
		case "cameraHealth":
			return applyCameraHealth(parts, edge, message.payload, at);
		case "laneState":
			return applyLaneState(parts, edge, message.payload, at);
		case "alert":
			return applyAlert(parts, edge, message.payload, at);
	}
}

/** Known, at that site, and not revoked. */
export function isOurs(store: Store, { siteId, edgeId }: EdgeAddress): boolean {
	return (
		store.prepare("SELECT 1 FROM edges WHERE id = ? AND site_id = ? AND revoked_at IS NULL").get(edgeId, siteId) !==
		undefined
	);
}
