import type { HandlingAnswer, HandlingGiven } from "#contract/handling-api.ts";
import { mayAdd, needsNote, refusalToUndo, type UndoRefusal, unseenBy } from "#core/handling/may-add.ts";
import { may } from "#core/roles/role-table.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { refuseForeign, requireAlert } from "../alerts/alerts-actions.ts";
import { ApiError, badInput, notFound } from "../http/api-error.ts";
import { objects } from "../scope/objects.ts";
import { tellGivenByPush } from "../push/tell-by-push.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Feed } from "../store/feed.ts";
import type { Store } from "../store/open-store.ts";
import { type EntryRow, findMade, insertEntry } from "./entries-store.ts";
import { peopleAt } from "./people.ts";
import { type Handling, handlingAnswerOf, readHandling, roleMayAdd } from "./read-handling.ts";

type Parts = Pick<ServerParts, "store" | "feed" | "now">;

export function handlingOf(store: Store, alertId: string, signedIn: SignedIn): HandlingAnswer {
	const alert = requireAlert(store, alertId);
	return handlingAnswerOf(store, alert, requireHandling(store, alertId), signedIn);
}

/**
 * Adds what a person did. Sent again under the same id it is there once.
 * @throws ApiError 400, 403 not_yours, 404, 409 changed_meanwhile, not_now, followed, id_taken, foreign
 */
export function addToHandling(
	parts: Parts,
	alertId: string,
	body: HandlingGiven,
	signedIn: SignedIn,
): { readonly added: boolean; readonly answer: HandlingAnswer } {
	const { store, feed, now } = parts;
	const { user } = signedIn;
	return store.transaction(() => {
		const alert = requireAlert(store, alertId);
		refuseForeign(store, alertId);
		const handling = requireHandling(store, alertId);
		if (isSentAgain(store, handling, body.id, user.id)) {
			return { added: false, answer: handlingAnswerOf(store, alert, handling, signedIn) };
		}
		refuseUnseen(handling.entries, body, user.id);
		refuse(handling, body, signedIn);
		const at = now();
		insertEntry(store, {
			...{ alertId, kind: body.kind, by: user.id, at, madeId: body.id, reason: body.reason, note: body.note },
			...{ undoes: body.undoes, ...given(store, alertId, body), ...timesOf(body, at) },
		});
		if (body.kind === "dispatched" && body.to && "userId" in body.to && body.to.userId !== user.id)
			tellGivenByPush(parts, alertId, body.to.userId);
		tellCase(feed, handling, at);
		return { added: true, answer: handlingAnswerOf(store, alert, requireHandling(store, alertId), signedIn) };
	})();
}

/** All pages show the case anew, at whichever of its alerts they stand. */
export function tellCase(feed: Feed, { alerts }: Pick<Handling, "alerts">, at: number): void {
	for (const { id } of alerts) feed.append("alert", id, at);
}

/** @throws ApiError 404 */
export function requireHandling(store: Store, alertId: string): Handling {
	const handling = readHandling(store, alertId);
	if (!handling) throw notFound("alert");
	return handling;
}

/** @throws ApiError 409 where the id is another's, or another case's */
export function isSentAgain(store: Store, { alerts }: Handling, madeId: string | undefined, userId: string): boolean {
	const made = madeId === undefined ? undefined : findMade(store, madeId);
	if (!made) return false;
	if (made.by === userId && alerts.some(({ id }) => id === made.alertId)) return true;
	throw new ApiError(409, "id_taken", "Something else was sent under this id.");
}

/**
 * When something was done, by our clock: as long ago as the sender's clock says that it was, whatever that clock shows. A
 * clock that was set in between says nonsense: then it was done now.
 */
export function timesOf(
	{ doneAt, sentAt }: Pick<HandlingGiven, "doneAt" | "sentAt">,
	at: number,
): { readonly happenedAt: number | null; readonly clockOffMs: number | null } {
	if (doneAt === undefined || sentAt === undefined) return { happenedAt: null, clockOffMs: null };
	const agoMs = sentAt - doneAt;
	const isSense = agoMs >= 0 && agoMs <= longestQueuedMs;
	return { happenedAt: isSense ? at - agoMs : null, clockOffMs: sentAt - at };
}

/** Nothing waits longer on a phone. */
const longestQueuedMs = 7 * 86_400_000;

function refuseUnseen(entries: readonly EntryRow[], { kind, seen }: HandlingGiven, by: string): void {
	const unseen = unseenBy(entries, { kind, seen, by });
	if (unseen.length === 0) return;
	const meanwhile = unseen.map((entry) => ({ kind: entry.kind, by: entry.byName ?? "", at: entry.at }));
	const [first] = meanwhile;
	throw new ApiError(409, "changed_meanwhile", "Somebody else did something meanwhile.", {
		meanwhile,
		...(first ? { first: { by: first.by, at: first.at } } : {}),
	});
}

function refuse({ entries, now }: Handling, { kind, note, undoes }: HandlingGiven, { user }: SignedIn): void {
	if (kind === "taken_back") {
		const refusal = refusalToUndo(entries, undoes ?? 0, { id: user.id, isAdmin: may(user.role, "administer") });
		if (refusal) throw new ApiError(refusal === "not_yours" ? 403 : 409, refusal, undoSentences[refusal]);
		return;
	}
	if (!roleMayAdd(user.role, kind)) throw new ApiError(403, "not_allowed", "Your role may not do this.");
	if (!mayAdd(kind, now.state)) {
		throw new ApiError(409, "not_now", `In the state ${now.state} nothing can be said of this kind: ${kind}.`);
	}
	if (needsNote(kind, now.state) && note === null) throw badInput({ path: "note", message: "says why" });
}

const undoSentences: Readonly<Record<UndoRefusal, string>> = {
	nothing_said: "There is nothing to take back.",
	not_yours: "Only who said it, or an administrator, can take it back.",
	followed: "Something was done since: it cannot be taken back any more.",
};

/** To whom the alert is given: one of those who may be sent to its site. What is pushed to a phone tells of that site. */
function given(
	store: Store,
	alertId: string,
	{ to }: HandlingGiven,
): { toUserId: string | null; toName: string | null } {
	if (to === null) return { toUserId: null, toName: null };
	if ("name" in to) return { toUserId: null, toName: to.name };
	const [site] = objects.alert.find({ store }, alertId)?.sites ?? [];
	if (!site || !peopleAt(store, [site]).some(({ id }) => id === to.userId))
		throw badInput({ path: "to.userId", message: "there is no such person" });
	return { toUserId: to.userId, toName: null };
}
