import type { HandoverAnswer, HandoverItem } from "#contract/handovers-api.ts";
import type { Store } from "../store/open-store.ts";

interface Row extends Omit<HandoverAnswer, "items" | "taken"> {
	readonly userId: string;
	readonly takenBy: string | null;
	readonly takenAt: number | null;
	readonly items: string;
}

export type HandoverRow = HandoverAnswer & { readonly userId: string };

const select = `SELECT h.id, h.given_by AS userId, g.name AS "by", h.given_at AS at, h.note, h.items, t.name AS takenBy,
		h.taken_at AS takenAt, h.withdrawn_at AS withdrawnAt
	FROM shift_handovers h JOIN users g ON g.id = h.given_by LEFT JOIN users t ON t.id = h.taken_by`;

/** Newest first. */
export function listHandovers(store: Store, limit: number): HandoverRow[] {
	return store.prepare<[number], Row>(`${select} ORDER BY h.id DESC LIMIT ?`).all(limit).map(rowOf);
}

export function findHandover(store: Store, id: number): HandoverRow | undefined {
	const row = store.prepare<[number], Row>(`${select} WHERE h.id = ?`).get(id);
	return row && rowOf(row);
}

/** The one that nobody took yet. */
export function waitingHandover(store: Store): HandoverRow | undefined {
	const row = store.prepare<[], Row>(`${select} WHERE h.taken_at IS NULL AND h.withdrawn_at IS NULL`).get();
	return row && rowOf(row);
}

export function insertHandover(
	store: Store,
	row: {
		readonly userId: string;
		readonly at: number;
		readonly note: string | null;
		readonly items: readonly HandoverItem[];
	},
): number {
	const { lastInsertRowid } = store
		.prepare("INSERT INTO shift_handovers (given_by, given_at, note, items) VALUES (@userId, @at, @note, @items)")
		.run({ ...row, items: JSON.stringify(row.items) });
	return Number(lastInsertRowid);
}

export function setTaken(
	store: Store,
	id: number,
	taken: { readonly userId: string; readonly at: number; readonly items: readonly HandoverItem[] },
): void {
	store
		.prepare("UPDATE shift_handovers SET taken_by = @userId, taken_at = @at, items = @items WHERE id = @id")
		.run({ ...taken, id, items: JSON.stringify(taken.items) });
}

export function setWithdrawn(store: Store, id: number, at: number): void {
	store.prepare("UPDATE shift_handovers SET withdrawn_at = ? WHERE id = ?").run(at, id);
}

function rowOf({ items, takenBy, takenAt, ...row }: Row): HandoverRow {
	return {
		...row,
		items: JSON.parse(items) as HandoverItem[],
		taken: takenBy !== null && takenAt !== null ? { by: takenBy, at: takenAt } : null,
	};
}
