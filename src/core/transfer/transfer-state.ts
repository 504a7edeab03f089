import type { EntryKind, TransferState } from "./transfer-words.ts";

/** What the receiver let us know, as one row. */
export interface TransferEntry {
	/** Grows with each row. */
	readonly id: number;
	readonly kind: EntryKind;
	/** The day at the site on which it happened there, `2026-11-26`. */
	readonly on: string;
	/** The row that this one stands in the place of. */
	readonly corrects: number | null;
}

/** The rows that hold, by their days: none that was corrected, and no withdrawal, which only ends another. */
export function entriesThatHold<E extends TransferEntry>(entries: readonly E[]): readonly E[] {
	const corrected = new Set(entries.map(({ corrects }) => corrects));
	return entries
		.filter(({ id, kind }) => !corrected.has(id) && kind !== "withdrawn")
		.sort((a, b) => (a.on === b.on ? a.id - b.id : a.on < b.on ? -1 : 1));
}

/** Where a transfer stands by what its receiver let us know. */
export function transferState(entries: readonly TransferEntry[]): TransferState {
	return entriesThatHold(entries).reduce<TransferState>((state, { kind }) => after[kind](state), "sent");
}

const isNew = (state: TransferState) => state === "sent" || state === "received";
const stays = (state: TransferState) => state;
const acceptedUnlessDecided = (state: TransferState) => (isNew(state) ? "accepted" : state);

/** What a row makes of the state before it. Whoever sends a notice or tows has accepted the clue. */
const after: Readonly<Record<EntryKind, (state: TransferState) => TransferState>> = {
	receipt: (state) => (state === "sent" ? "received" : state),
	accepted: () => "accepted",
	returned: () => "returned",
	notice_sent: acceptedUnlessDecided,
	towed: acceptedUnlessDecided,
	handled: () => "handled",
	objection: stays,
	objection_upheld: stays, // what was entered is to be cancelled yet
	objection_rejected: stays,
	cancelled: () => "returned",
	withdrawn: stays,
};
