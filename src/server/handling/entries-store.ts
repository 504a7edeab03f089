import type { HandlingEntryAnswer } from "#contract/handling-api.ts";
import type { HandlingEntry } from "#core/handling/handling-facts.ts";
import type { HandlingKind } from "#core/handling/handling-words.ts";
import type { Store } from "../store/open-store.ts";

/** One row, with the names that people read. */
export interface EntryRow extends HandlingEntry {
	readonly alertId: string;
	readonly byName: string | null;
	readonly clockOffMs: number | null;
	readonly reason: string | null;
	readonly note: string | null;
	readonly toUserId: string | null;
	readonly to: string | null;
	readonly detail: HandlingEntryAnswer["detail"];
	readonly photo: HandlingEntryAnswer["photo"];
}

type Row = Omit<EntryRow, "detail" | "photo"> & {
	readonly detail: string | null;
	readonly photoId: string | null;
	readonly moment: "before" | "after" | null;
	readonly takenAt: number | null;
	readonly deletedAt: number | null;
};

/** Of all these alerts, in the order in which they were written down. */
export function entriesOf(store: Store, alertIds: readonly string[]): EntryRow[] {
	return store
		.prepare<[string], Row>(
			`SELECT h.position, h.alert_id AS alertId, h.kind, h.said_by AS "by", u.name AS byName, h.at,
				h.happened_at AS happenedAt, h.clock_off_ms AS clockOffMs, h.reason, h.note, h.to_user AS toUserId,
				coalesce(t.name, h.to_name) AS "to", h.level, h.detail, h.undoes,
				p.id AS photoId, p.moment, p.taken_at AS takenAt, p.deleted_at AS deletedAt
			FROM handling_entries h
			LEFT JOIN users u ON u.id = h.said_by
			LEFT JOIN users t ON t.id = h.to_user
			LEFT JOIN handling_photos p ON p.position = h.position
			WHERE h.alert_id IN (SELECT value FROM json_each(?)) ORDER BY h.position`,
		)
		.all(JSON.stringify(alertIds))
		.map(({ photoId, moment, takenAt, deletedAt, detail, ...row }) => ({
			...row,
			detail: detail === null ? null : (JSON.parse(detail) as EntryRow["detail"]),
			photo: photoId === null || moment === null ? null : { id: photoId, moment, takenAt, deleted: deletedAt !== null },
		}));
}

export interface NewEntry {
	readonly alertId: string;
	readonly kind: HandlingKind;
	/** Null: the server. */
	readonly by: string | null;
	readonly at: number;
	readonly madeId?: string | undefined;
	readonly happenedAt?: number | null;
	readonly clockOffMs?: number | null;
	readonly reason?: string | null;
	readonly note?: string | null;
	readonly toUserId?: string | null;
	readonly toName?: string | null;
	readonly level?: string | null;
	readonly detail?: object | null;
	readonly undoes?: number | null;
}

/** Answers its position. */
export function insertEntry(store: Store, entry: NewEntry): number {
	const { detail } = entry;
	const { lastInsertRowid } = store
		.prepare(
			`INSERT INTO handling_entries (alert_id, kind, said_by, at, made_id, happened_at, clock_off_ms, reason, note, to_user,
				to_name, level, detail, undoes)
			VALUES (@alertId, @kind, @by, @at, @madeId, @happenedAt, @clockOffMs, @reason, @note, @toUserId, @toName, @level,
				@detail, @undoes)`,
		)
		.run({
			...{ madeId: null, happenedAt: null, clockOffMs: null, reason: null, note: null, toUserId: null, toName: null },
			...{ level: null, undoes: null },
			...entry,
			detail: detail ? JSON.stringify(detail) : null,
		});
	return Number(lastInsertRowid);
}

/** Of whom, and for which alert, an entry with this id is already there. */
export function findMade(store: Store, madeId: string): { alertId: string; by: string | null } | undefined {
	return store
		.prepare<[string], { alertId: string; by: string | null }>(
			`SELECT alert_id AS alertId, said_by AS "by" FROM handling_entries WHERE made_id = ?`,
		)
		.get(madeId);
}

export function entryAnswerOf(row: EntryRow): HandlingEntryAnswer {
	const {
		position,
		alertId,
		kind,
		byName,
		at,
		happenedAt,
		clockOffMs,
		reason,
		note,
		to,
		level,
		detail,
		undoes,
		photo,
	} = row;
	return {
		...{ position, alertId, kind, by: byName, at, happenedAt, clockOffMs, reason, note, to, level, detail, undoes },
		photo,
	};
}
