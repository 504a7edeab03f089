import { type Json, canonicalJson } from "#core/evidence/canonical-json.ts";
import { beforeTheFirst, type LedgerEntry, ledgerText } from "#core/evidence/ledger-chain.ts";
import type { LedgerWord } from "#contract/ledger.ts";
import { sha256Of } from "#platform/digest.ts";
import type { Store } from "../store/open-store.ts";

export interface NewLedgerEntry {
	readonly at: number;
	readonly who: LedgerEntry["who"];
	readonly what: LedgerWord;
	/** `kind`: one of the objects of `scope/objects.ts`, or manifest, plate, ledger, user, system. */
	readonly on: { readonly kind: string; readonly id: string };
	readonly alertId?: string;
	readonly why?: string;
	readonly detail?: Json;
}

export type LedgerRow = LedgerEntry & { readonly hash: string };

/** In the transaction of what it tells of: neither is there without the other. Answers the row's `seq`. */
export function appendToLedger(store: Store, entry: NewLedgerEntry): number {
	if (!store.inTransaction) throw new Error("the ledger is written in the transaction of what it tells of");
	const last = store
		.prepare<[], { seq: number; hash: string }>("SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1")
		.get();
	const row: LedgerEntry = {
		...entry,
		seq: (last?.seq ?? 0) + 1,
		alertId: entry.alertId ?? null,
		why: entry.why ?? null,
		detail: entry.detail ?? {},
		previous: last?.hash ?? beforeTheFirst,
	};
	store
		.prepare(
			`INSERT INTO ledger (seq, at, who_kind, who, what, on_kind, on_id, alert_id, why, detail, previous, hash)
			VALUES (@seq, @at, @whoKind, @who, @what, @onKind, @onId, @alertId, @why, @detail, @previous, @hash)`,
		)
		.run({
			...row,
			whoKind: row.who.kind,
			who: row.who.id,
			onKind: row.on.kind,
			onId: row.on.id,
			on: null,
			detail: canonicalJson(row.detail),
			hash: sha256Of(ledgerText(row)),
		});
	return row.seq;
}

/** Whether something like this stands in the ledger since `since`. */
export function standsInLedger(
	store: Store,
	{ who, what, on, since }: Pick<NewLedgerEntry, "who" | "what" | "on"> & { readonly since: number },
): boolean {
	return (
		store
			.prepare(
				`SELECT 1 FROM ledger WHERE on_kind = ? AND on_id = ? AND what = ? AND at > ? AND who_kind = ? AND who = ? LIMIT 1`,
			)
			.get(on.kind, on.id, what, since, who.kind, who.id) !== undefined
	);
}

const columns = `seq, at, who_kind AS whoKind, who, what, on_kind AS onKind, on_id AS onId, alert_id AS alertId, why,
	detail, previous, hash`;

interface Row extends Omit<LedgerRow, "who" | "on" | "detail"> {
	readonly whoKind: LedgerEntry["who"]["kind"];
	readonly who: string;
	readonly onKind: string;
	readonly onId: string;
	readonly detail: string;
}

/** In their order. `detail` that cannot be read is given as text: the row's hash then does not fit. */
export function* eachLedgerRow(store: Store): Generator<LedgerRow> {
	for (const row of store.prepare<[], Row>(`SELECT ${columns} FROM ledger ORDER BY seq`).iterate()) yield rowOf(row);
}

export const ledgerOfAlert = (store: Store, alertId: string): readonly LedgerRow[] =>
	ledgerRows(store, "WHERE alert_id = @alertId ORDER BY seq", { alertId });

/** @param where a condition and an order, of this program's own words; what is asked for goes by `parameters` */
export function ledgerRows(store: Store, where: string, parameters: object): readonly LedgerRow[] {
	return store.prepare<[object], Row>(`SELECT ${columns} FROM ledger ${where}`).all(parameters).map(rowOf);
}

function rowOf({ whoKind, who, onKind, onId, detail, ...row }: Row): LedgerRow {
	return { ...row, who: { kind: whoKind, id: who }, on: { kind: onKind, id: onId }, detail: readDetail(detail) };
}

/** The text itself is hashed: a blank more would be the same value and another row. */
function readDetail(text: string): Json {
	try {
		const value = JSON.parse(text) as Json;
		return canonicalJson(value) === text ? value : text;
	} catch {
		return text;
	}
}
