import type { RetentionAnswer } from "#contract/retention-api.ts";
import { deletesAt, type Kept, retentionClassOf, type RetentionDays } from "#core/retention/retention.ts";
import type { Store } from "../store/open-store.ts";

export interface Hold {
	readonly id: number;
	readonly userId: string;
	readonly by: string;
	readonly at: number;
	readonly reason: string;
}

export function findHold(store: Store, alertId: string): Hold | null {
	return (
		store
			.prepare<[string], Hold>(
				`SELECT h.id, h.said_by AS userId, u.name AS by, h.said_at AS at, h.reason
				FROM legal_holds h JOIN users u ON u.id = h.said_by WHERE h.alert_id = ? AND h.ended_at IS NULL`,
			)
			.get(alertId) ?? null
	);
}

export function insertHold(store: Store, alertId: string, hold: { userId: string; at: number; reason: string }): void {
	store
		.prepare("INSERT INTO legal_holds (alert_id, said_by, said_at, reason) VALUES (@alertId, @userId, @at, @reason)")
		.run({ ...hold, alertId });
}

export function endHold(store: Store, id: number, end: { userId: string; at: number; reason: string }): void {
	store
		.prepare("UPDATE legal_holds SET ended_by = @userId, ended_at = @at, end_reason = @reason WHERE id = @id")
		.run({ ...end, id });
}

interface KeptRow {
	readonly clearedAt: number | null;
	readonly deletedAt: number | null;
	readonly confirmed: number;
	readonly transferredAt: number | null;
	readonly held: number;
}

/**
 * What counts as confirmed: the first step says true, and no second one says otherwise. Not over before we heard of it: an
 * edge whose clock is years behind must not have its evidence deleted within the hour.
 */
const keptColumns = `max(a.cleared_at, a.received_at) AS clearedAt, a.evidence_deleted_at AS deletedAt,
	(EXISTS (SELECT 1 FROM review_steps r WHERE r.alert_id = a.id AND r.taken_back_at IS NULL
			AND r.step = 'confirmation' AND r.verdict = 'true')
		AND NOT EXISTS (SELECT 1 FROM review_steps r WHERE r.alert_id = a.id AND r.taken_back_at IS NULL
			AND r.step = 'approval' AND r.verdict <> 'true')) AS confirmed,
	(SELECT max(t.made_at) FROM transfers t WHERE t.alert_id = a.id) AS transferredAt,
	EXISTS (SELECT 1 FROM legal_holds h WHERE h.alert_id = a.id AND h.ended_at IS NULL) AS held`;

const keptOf = ({ clearedAt, confirmed, transferredAt, held }: KeptRow): Kept => ({
	...{ clearedAt, transferredAt, isConfirmed: confirmed === 1, isHeld: held === 1 },
});

export function retentionOf(store: Store, alertId: string, days: RetentionDays): RetentionAnswer | null {
	const row = store.prepare<[string], KeptRow>(`SELECT ${keptColumns} FROM alerts a WHERE a.id = ?`).get(alertId);
	if (!row) return null;
	const kept = keptOf(row);
	const hold = findHold(store, alertId);
	return {
		class: retentionClassOf(kept),
		deletesAt: row.deletedAt === null ? deletesAt(kept, days) : null,
		deletedAt: row.deletedAt,
		hold: hold && { by: hold.by, at: hold.at, reason: hold.reason },
	};
}

export interface Expired {
	readonly alertId: string;
	readonly class: ReturnType<typeof retentionClassOf>;
}

/** Alerts whose time is over, the oldest first; and evidence, or a list of it, whose alert never came. */
export function* findExpired(store: Store, days: RetentionDays, now: number): Generator<Expired> {
	const shortestMs = Math.min(...Object.values(days)) * 24 * 3_600_000;
	const rows = store
		.prepare<[number], KeptRow & { id: string }>(
			`SELECT a.id, ${keptColumns} FROM alerts a
			WHERE a.evidence_deleted_at IS NULL AND a.cleared_at <= ? ORDER BY a.cleared_at`,
		)
		.all(now - shortestMs);
	for (const row of rows) {
		const kept = keptOf(row);
		const at = deletesAt(kept, days);
		if (at !== null && at <= now) yield { alertId: row.id, class: retentionClassOf(kept) };
	}
	const orphans = store
		.prepare<[number], { alertId: string }>(
			`SELECT alertId FROM (SELECT alert_id AS alertId, stored_at AS at FROM evidence
				UNION ALL SELECT alert_id, received_at FROM evidence_sets)
			WHERE alertId NOT IN (SELECT id FROM alerts) GROUP BY alertId HAVING max(at) <= ?`,
		)
		.all(now - days.unconfirmed * 24 * 3_600_000);
	for (const { alertId } of orphans) yield { alertId, class: "unconfirmed" };
}

/** In the transaction in which evidence, or a list of it, came: what comes after the rest was deleted goes likewise. */
export function hasEvidenceAgain(store: Store, alertId: string): void {
	store
		.prepare("UPDATE alerts SET evidence_deleted_at = NULL WHERE id = ? AND evidence_deleted_at IS NOT NULL")
		.run(alertId);
}

export interface FileToDelete {
	readonly alertId: string;
	readonly id: string;
}

export const filesToDelete = (store: Store): readonly FileToDelete[] =>
	store.prepare<[], FileToDelete>("SELECT alert_id AS alertId, evidence_id AS id FROM files_to_delete").all();

export function settleDeleted(store: Store, { alertId, id }: FileToDelete): void {
	store.prepare("DELETE FROM files_to_delete WHERE alert_id = ? AND evidence_id = ?").run(alertId, id);
}
