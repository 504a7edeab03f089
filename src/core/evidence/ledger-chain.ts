import { canonicalJson, type Json } from "./canonical-json.ts";

/** One row of the ledger, without its own hash. */
export interface LedgerEntry {
	/** 1 for the first, and one more for each that follows. */
	readonly seq: number;
	/** Unix milliseconds. */
	readonly at: number;
	readonly who: { readonly kind: "user" | "edge" | "system"; readonly id: string };
	/** What was done; `src/contract/ledger.ts` has the words. */
	readonly what: string;
	readonly on: { readonly kind: string; readonly id: string };
	/** The alert that it belongs to, where it does. */
	readonly alertId: string | null;
	readonly why: string | null;
	readonly detail: Json;
	/** Hash of the row before it; of the first, `beforeTheFirst`. */
	readonly previous: string;
}

/** 64 zeros: what the first row follows. */
export const beforeTheFirst = "0".repeat(64);

/** What a row's hash is the SHA-256 of: the whole row with the hash of the one before it, in canonical form. */
export const ledgerText = ({ seq, at, who, what, on, alertId, why, detail, previous }: LedgerEntry): string =>
	canonicalJson({ seq, at, who: { ...who }, what, on: { ...on }, alertId, why, detail, previous });

/** Why a row cannot follow the one before it (null: it is the first); null where it does. */
export function brokenLedgerRow(
	row: LedgerEntry & { readonly hash: string },
	before: { readonly seq: number; readonly hash: string } | null,
	hashOf: (text: string) => string,
): string | null {
	const seq = (before?.seq ?? 0) + 1;
	if (row.seq !== seq) return `row ${seq} is missing`;
	if (row.previous !== (before?.hash ?? beforeTheFirst))
		return "does not follow the row before it: the chain is broken";
	return hashOf(ledgerText(row)) === row.hash ? null : "was changed: its hash is not that of what it says";
}
