import type { HandoverAnswer } from "#contract/handovers-api.ts";
import { may } from "#core/roles/role-table.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import {
	findHandover,
	type HandoverRow,
	insertHandover,
	setTaken,
	setWithdrawn,
	waitingHandover,
} from "./handovers-store.ts";
import { itemOf, openCases } from "./open-cases.ts";

type Parts = Pick<ServerParts, "store" | "now">;

/** More would not be read through at a change of shifts. */
const mostItems = 200;

/** One at a time for the same sites: until it is taken or withdrawn nobody gives another. @throws ApiError 409 already_waiting */
export function giveHandover({ store, now }: Parts, note: string, { user, sites }: SignedIn): HandoverAnswer {
	return store.transaction(() => {
		const waiting = waitingHandover(store, sites);
		if (waiting) {
			const { by, at } = waiting;
			throw new ApiError(409, "already_waiting", "A handover waits to be taken.", { first: { by, at } });
		}
		const items = openCases(store, sites, mostItems).map(itemOf);
		const id = insertHandover(store, { userId: user.id, at: now(), note: note === "" ? null : note, items, sites });
		return requireHandover(store, id);
	})();
}

/** Signed by another person than who gave it; the items are those of this moment. @throws ApiError 403, 404, 409 */
export function takeHandover({ store, now }: Parts, id: number, { user }: SignedIn): HandoverAnswer {
	return store.transaction(() => {
		const row = requireWaiting(store, id);
		if (row.userId === user.id) {
			throw new ApiError(403, "same_person", "Who hands over does not take it: another person must.");
		}
		setTaken(store, id, { userId: user.id, at: now(), items: openCases(store, row.sites, mostItems).map(itemOf) });
		return requireHandover(store, id);
	})();
}

/** @throws ApiError 403 not_yours, 404, 409 */
export function withdrawHandover({ store, now }: Parts, id: number, { user }: SignedIn): void {
	store.transaction(() => {
		const row = requireWaiting(store, id);
		if (row.userId !== user.id && !may(user.role, "administer")) {
			throw new ApiError(403, "not_yours", "Only who gave it, or an administrator, can withdraw it.");
		}
		setWithdrawn(store, id, now());
	})();
}

function requireWaiting(store: Store, id: number): HandoverRow {
	const row = requireHandover(store, id);
	if (row.taken) throw new ApiError(409, "not_waiting", "Somebody took it already.", { first: row.taken });
	if (row.withdrawnAt !== null) throw new ApiError(409, "not_waiting", "It was withdrawn.");
	return row;
}

function requireHandover(store: Store, id: number): HandoverRow {
	const row = findHandover(store, id);
	if (!row) throw notFound("handover");
	return row;
}
