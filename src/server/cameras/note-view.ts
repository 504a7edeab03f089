import type { ZoneBody } from "#contract/zones.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { undoAcceptancesOfLane } from "../acceptances/acceptances-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { insertViewConfirmation, movedSince } from "./view-confirmations-store.ts";

/**
 * The zones were drawn anew on the picture of now. What was accepted in a zone whose outline changed lay in another
 * picture: it holds no longer. To be called in the transaction of the change.
 */
export function noteRedrawnView(
	parts: ServerParts,
	cameraId: string,
	{ user }: SignedIn,
	{ before, after }: { readonly before: readonly ZoneBody[]; readonly after: readonly ZoneBody[] },
): void {
	const { store, feed, now } = parts;
	noteViewConfirmed(parts, cameraId, user.id, true);
	const kept = new Set(after.map(({ id, polygon }) => `${id} ${JSON.stringify(polygon)}`));
	for (const { id, polygon } of before) {
		if (kept.has(`${id} ${JSON.stringify(polygon)}`)) continue;
		const undone = undoAcceptancesOfLane(store, id, { userId: user.id, at: now(), reason: null });
		for (const alertId of undone) feed.append("alert", alertId, now());
	}
}

/** An edge whose clock is ahead says "moved" of an instant that is still to come here; that is what was looked at. */
export function noteViewConfirmed(
	{ store, now }: ServerParts,
	cameraId: string,
	userId: string,
	redrawn: boolean,
): void {
	const at = now();
	const viewAt = Math.max(at, (movedSince(store, cameraId) ?? 0) + 1);
	insertViewConfirmation(store, { cameraId, userId, at, viewAt, redrawn });
}
