import type { HandoverAnswer, HandoverItem } from "#contract/handovers-api.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

interface Row extends Omit<HandoverAnswer, "items" | "taken"> {
	readonly sites: string;
	readonly userId: string;
	readonly takenBy: string | null;
	readonly takenAt: number | null;
	readonly items: string;
}

export type HandoverRow = HandoverAnswer & {
	readonly userId: string;
	/** What the one who gave it was on duty for. */
	readonly sites: VisibleSites;
};

const select = `SELECT h.id, h.given_by AS userId, g.name AS "by", h.given_at AS at, h.note, h.items, h.sites, t.name AS takenBy,
		h.taken_at AS takenAt, h.withdrawn_at AS withdrawnAt
	FROM shift_handovers h JOIN users g ON g.id = h.given_by LEFT JOIN users t ON t.id = h.taken_by`;

/** Newest first: those of which the reader may know every site. */
export function listHandovers(store: Store, sites: VisibleSites, limit: number): HandoverRow[] {
	const isForeign = `@sites IS NOT NULL AND (h.sites = 'null'
		OR EXISTS (SELECT 1 FROM json_each(h.sites) s WHERE NOT ${inVisibleSites("s.value")}))`;
	return store
		.prepare<[object], Row>(`${select} WHERE NOT (${isForeign}) ORDER BY h.id DESC LIMIT @limit`)
		.all({ sites: sitesParameter(sites), limit })
		.map(rowOf);
}

export function findHandover(store: Store, id: number): HandoverRow | undefined {
	const row = store.prepare<[number], Row>(`${select} WHERE h.id = ?`).get(id);
	return row && rowOf(row);
}

/** The one for these very sites that nobody took yet. */
export function waitingHandover(store: Store, sites: VisibleSites): HandoverRow | undefined {
	const row = store
		.prepare<[string], Row>(`${select} WHERE h.taken_at IS NULL AND h.withdrawn_at IS NULL AND h.sites = ?`)
		.get(textOf(sites));
	return row && rowOf(row);
}

export function insertHandover(
	store: Store,
	row: {
		readonly userId: string;
		readonly at: number;
		readonly note: string | null;
		readonly items: readonly HandoverItem[];
		readonly sites: VisibleSites;
	},
): number {
	const { lastInsertRowid } = store
		.prepare(
			"INSERT INTO shift_handovers (given_by, given_at, note, items, sites) VALUES (@userId, @at, @note, @items, @sites)",
		)
		.run({ ...row, items: JSON.stringify(row.items), sites: textOf(row.sites) });
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

/** The same sites are the same text. */
const textOf = (sites: VisibleSites) => JSON.stringify(sites && [...sites].sort());

function rowOf({ items, sites, takenBy, takenAt, ...row }: Row): HandoverRow {
	return {
		...row,
		items: JSON.parse(items) as HandoverItem[],
		sites: JSON.parse(sites) as VisibleSites,
		taken: takenBy !== null && takenAt !== null ? { by: takenBy, at: takenAt } : null,
	};
}
