import type { CustodyAnswer, LedgerWord } from "#contract/ledger.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { requireAlert } from "../alerts/alerts-actions.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { appendToLedger, ledgerOfAlert, standsInLedger } from "./ledger-store.ts";

/** A page asks for the same picture over and over; once an hour says as much, and the ledger stays readable. */
export const viewedAnewAfterMs = 3_600_000;

/**
 * Writes down that a person was shown a file of evidence. Who cannot be written down is shown nothing: custody that has
 * gaps is none.
 */
export function noteViewed(
	{ store, now }: Pick<ServerParts, "store" | "now">,
	{ user }: SignedIn,
	{ id, alertId }: { readonly id: string; readonly alertId: string },
): void {
	const viewing = { who: { kind: "user", id: user.id }, what: "viewed", on: { kind: "evidence", id } } as const;
	store.transaction(() => {
		const at = now();
		if (standsInLedger(store, { ...viewing, since: at - viewedAnewAfterMs })) return;
		appendToLedger(store, { ...viewing, at, alertId });
	})();
}

/** Everything that was done with one alert's evidence. @throws ApiError 404 */
export function readCustody(store: Store, alertId: string): CustodyAnswer {
	requireAlert(store, alertId);
	const nameOf = store.prepare<[string], { name: string }>("SELECT name FROM users WHERE id = ?");
	return {
		alertId,
		rows: ledgerOfAlert(store, alertId).map((row) => ({
			...row,
			what: row.what as LedgerWord, // written by this program alone
			detail: row.detail as CustodyAnswer["rows"][number]["detail"],
			whoName: row.who.kind === "user" ? (nameOf.get(row.who.id)?.name ?? null) : null,
		})),
	};
}
