import type { HoldBody, RetentionAnswer } from "#contract/retention-api.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { endHold, findHold, insertHold, retentionOf } from "./retention-store.ts";

type HoldParts = Pick<ServerParts, "store" | "feed" | "config" | "now">;

/** @throws ApiError 404; 409 already_said with `first`, 409 deleted */
export function holdEvidence(
	parts: HoldParts,
	alertId: string,
	{ reason }: HoldBody,
	{ user }: SignedIn,
): RetentionAnswer {
	return changing(parts, alertId, user.id, "held", reason, ({ deletedAt }, at) => {
		const hold = findHold(parts.store, alertId);
		if (hold) throw new ApiError(409, "already_said", "It is kept already.", { first: { by: hold.by, at: hold.at } });
		if (deletedAt !== null) {
			throw new ApiError(409, "deleted", "Its evidence was deleted: there is nothing to keep.");
		}
		insertHold(parts.store, alertId, { userId: user.id, at, reason });
	});
}

/** @throws ApiError 404; 409 not_held */
export function endHoldOf(
	parts: HoldParts,
	alertId: string,
	{ reason }: HoldBody,
	{ user }: SignedIn,
): RetentionAnswer {
	return changing(parts, alertId, user.id, "hold_ended", reason, (_kept, at) => {
		const hold = findHold(parts.store, alertId);
		if (!hold) throw new ApiError(409, "not_held", "Nobody said that it is to be kept.");
		endHold(parts.store, hold.id, { userId: user.id, at, reason });
	});
}

/** @throws ApiError 404 */
export function requireRetention({ store, config }: Pick<HoldParts, "store" | "config">, alertId: string) {
	const kept = retentionOf(store, alertId, config.retention);
	if (!kept) throw notFound("alert");
	return kept;
}

function changing(
	parts: HoldParts,
	alertId: string,
	userId: string,
	what: "held" | "hold_ended",
	why: string,
	change: (kept: RetentionAnswer, at: number) => void,
): RetentionAnswer {
	const { store, feed, now } = parts;
	return store.transaction(() => {
		const at = now();
		change(requireRetention(parts, alertId), at);
		appendToLedger(store, {
			...{ at, who: { kind: "user", id: userId }, what, on: { kind: "alert", id: alertId }, alertId, why },
		});
		feed.append("alert", alertId, at);
		return requireRetention(parts, alertId);
	})();
}
