import type { AuditAnswer, AuditQuery, AuditTableQuery } from "#contract/audit-api.ts";
import type { LedgerWord } from "#contract/ledger.ts";
import { writeCsv } from "#platform/csv.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { appendToLedger, type LedgerRow } from "../ledger/ledger-store.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { auditRows, peopleInLedger } from "./audit-store.ts";

type Parts = Pick<ServerParts, "store" | "now">;

/** More than this is no table that a person reads: narrow it by time. */
const mostInTable = 50_000;

export function readAudit({ store }: Parts, { limit, ...filters }: AuditQuery, { sites }: SignedIn): AuditAnswer {
	const found = auditRows(store, filters, sites, limit + 1);
	const nameOf = namesOf(store);
	return {
		rows: found.slice(0, limit).map((row) => answerOf(row, nameOf)),
		more: found.length > limit,
		people: peopleInLedger(store, sites),
	};
}

/** Recorded before it is made. Times are UTC, ISO 8601. */
export function saveAudit({ store, now }: Parts, { reason, ...filters }: AuditTableQuery, person: SignedIn): string {
	store.transaction(() =>
		appendToLedger(store, {
			...{ at: now(), who: { kind: "user", id: person.user.id }, what: "exported", why: reason },
			...{ on: { kind: "ledger", id: "table" }, detail: asked(filters) },
		}),
	)();
	const nameOf = namesOf(store);
	const rows = auditRows(store, filters, person.sites, mostInTable).map((row) => answerOf(row, nameOf));
	return writeCsv([
		["seq", "at", "who", "name", "what", "on_kind", "on_id", "alert_id", "why", "detail", "hash"],
		...rows.map(({ seq, at, who, whoName, what, on, alertId, why, detail, hash }) => [
			...[seq, new Date(at).toISOString(), who.id, whoName, what, on.kind, on.id, alertId, why],
			...[JSON.stringify(detail), hash],
		]),
	]);
}

/** What was asked for, without what was not. */
const asked = (filters: object): Record<string, string | number> =>
	Object.fromEntries(
		Object.entries(filters).filter((each): each is [string, string | number] => each[1] !== undefined),
	);

function namesOf(store: Store): (row: LedgerRow) => string | null {
	const query = store.prepare<[string], { name: string }>("SELECT name FROM users WHERE id = ?");
	return ({ who }) => (who.kind === "user" ? (query.get(who.id)?.name ?? null) : null);
}

const answerOf = (row: LedgerRow, nameOf: (row: LedgerRow) => string | null) => ({
	...row,
	what: row.what as LedgerWord, // written by this program alone
	detail: row.detail as AuditAnswer["rows"][number]["detail"],
	whoName: nameOf(row),
});
