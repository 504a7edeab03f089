import { join } from "node:path";
import type { MarkingAnswer, MarkingKind } from "#contract/markings-api.ts";
import type { Store } from "../store/open-store.ts";

/** `markings/<id>` */
export const markingsFolder = (dataFolder: string) => join(dataFolder, "markings");
export const markingFile = (dataFolder: string, id: string) => join(markingsFolder(dataFolder), id);

const select = `SELECT m.id, m.lane_id AS laneId, m.kind, m.content_type AS contentType, m.bytes, m.width_px AS widthPx,
		m.height_px AS heightPx, m.sha256, m.taken_at AS takenAt, u.name AS by, m.stored_at AS storedAt
	FROM marking_photos m JOIN users u ON u.id = m.stored_by WHERE m.removed_at IS NULL`;

/** Those that hold: one of each kind at most. */
export function markingsOfLane(store: Store, laneId: string): MarkingAnswer[] {
	return store.prepare<[string], MarkingAnswer>(`${select} AND m.lane_id = ? ORDER BY m.kind`).all(laneId);
}

export function findMarking(store: Store, id: string): MarkingAnswer | undefined {
	return store.prepare<[string], MarkingAnswer>(`${select} AND m.id = ?`).get(id);
}

export function findMarkingOfLane(store: Store, laneId: string, kind: MarkingKind): MarkingAnswer | undefined {
	return store.prepare<[string, string], MarkingAnswer>(`${select} AND m.lane_id = ? AND m.kind = ?`).get(laneId, kind);
}

export function listMarkings(store: Store): readonly MarkingAnswer[] {
	return store.prepare<[], MarkingAnswer>(`${select} ORDER BY m.stored_at, m.id`).all();
}

/** Only once its file lies whole and fsynced in its place, and the one before of its kind is removed. */
export function insertMarking(
	store: Store,
	marking: Omit<MarkingAnswer, "by"> & { readonly userId: string; readonly ledgerSeq: number },
): void {
	store
		.prepare(
			`INSERT INTO marking_photos (id, lane_id, kind, content_type, bytes, width_px, height_px, sha256, taken_at, stored_by,
				stored_at, ledger_seq)
			VALUES (@id, @laneId, @kind, @contentType, @bytes, @widthPx, @heightPx, @sha256, @takenAt, @userId, @storedAt,
				@ledgerSeq)`,
		)
		.run(marking);
}

export function setMarkingRemoved(store: Store, id: string, { userId, at }: { userId: string; at: number }): void {
	store.prepare("UPDATE marking_photos SET removed_by = ?, removed_at = ? WHERE id = ?").run(userId, at, id);
}
