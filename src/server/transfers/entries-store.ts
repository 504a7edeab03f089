import type { EntryAnswer, EntryBody } from "#contract/transfers-api.ts";
import type { Store } from "../store/open-store.ts";

/** In the order in which they were written down. */
export function entriesOf(store: Store, number: string): EntryAnswer[] {
	return store
		.prepare<[string], EntryAnswer>(
			`SELECT e.id, e.kind, e.on_day AS "on", e.person, e.reference, e.reason, e.note, e.corrects, c.id AS correctedBy,
				u.name AS by, e.said_at AS at
			FROM transfer_entries e JOIN users u ON u.id = e.said_by
			LEFT JOIN transfer_entries c ON c.corrects = e.id
			WHERE e.number = ? ORDER BY e.id`,
		)
		.all(number);
}

export function insertEntry(
	store: Store,
	entry: EntryBody & {
		readonly number: string;
		readonly userId: string;
		readonly at: number;
		readonly ledgerSeq: number;
	},
): void {
	store
		.prepare(
			`INSERT INTO transfer_entries (number, kind, on_day, person, reference, reason, note, corrects, said_by, said_at,
				ledger_seq)
			VALUES (@number, @kind, @on, @person, @reference, @reason, @note, @corrects, @userId, @at, @ledgerSeq)`,
		)
		.run(entry);
}
