import type { AlertAnswer, AlertWord } from "#contract/alerts-api.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { isForeignAlert } from "../import/imports-store.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { findAlert, findSaid, setSaid } from "./alerts-store.ts";

/** Who was first stays first: a second person is told so. Saying it twice oneself changes nothing. @throws ApiError 409 */
export function sayOfAlert(parts: ServerParts, alertId: string, word: AlertWord, { user }: SignedIn): AlertAnswer {
	const { store, feed, now } = parts;
	return store.transaction(() => {
		const alert = requireAlert(store, alertId);
		refuseForeign(store, alertId);
		const before = findSaid(store, alertId, word);
		if (before?.userId === user.id) return alert;
		if (before) throw alreadySaid(alert, word);
		const at = now();
		setSaid(store, alertId, word, { userId: user.id, at });
		feed.append("alert", alertId, at);
		return requireAlert(store, alertId);
	})();
}

/** Taken back by who said it, or by an administrator. */
export function takeBackOfAlert(parts: ServerParts, alertId: string, word: AlertWord, { user }: SignedIn): AlertAnswer {
	const { store, feed, now } = parts;
	return store.transaction(() => {
		const alert = requireAlert(store, alertId);
		refuseForeign(store, alertId);
		const before = findSaid(store, alertId, word);
		if (!before) return alert;
		if (before.userId !== user.id && user.role !== "admin") {
			throw new ApiError(403, "not_yours", "Only who said it, or an administrator, can take it back.");
		}
		setSaid(store, alertId, word, null);
		feed.append("alert", alertId, now());
		return requireAlert(store, alertId);
	})();
}

/** What came in a package of another Keepclear is as it came. @throws ApiError 409 foreign */
export function refuseForeign(store: Store, alertId: string): void {
	if (isForeignAlert(store, alertId)) {
		throw new ApiError(409, "foreign", "This alert came from another Keepclear: nothing is added to it here.");
	}
}

export function requireAlert(store: Store, id: string): AlertAnswer {
	const alert = findAlert(store, id);
	if (!alert) throw notFound("alert");
	return alert;
}

const answerKeyOf = {
	acknowledged: "acknowledged",
	"false-alarm": "falseAlarm",
	"reported-cleared": "reportedCleared",
} as const satisfies Record<AlertWord, keyof AlertAnswer>;

function alreadySaid(alert: AlertAnswer, word: AlertWord): ApiError {
	const first = alert[answerKeyOf[word]];
	return new ApiError(409, "already_said", "Somebody else was first.", first ? { first } : {});
}
