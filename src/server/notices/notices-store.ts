import type { NoticeAnswer } from "#contract/notices-api.ts";
import type { Store } from "../store/open-store.ts";

/** One that waits to be sent. */
export interface QueuedNotice {
	readonly id: string;
	readonly alertId: string;
	readonly channel: string;
	readonly text: string;
	readonly phone: string | null;
	/** Of those that go out by Web Push: which subscription. */
	readonly pushTo: string | null;
	readonly at: number;
	readonly attempts: number;
}

export interface NewNotice extends Omit<QueuedNotice, "attempts" | "pushTo"> {
	readonly pushTo?: string;
	/** Null: the server, of an escalation. */
	readonly userId: string | null;
	readonly phoneShown: string | null;
}

export function insertNotice(store: Store, notice: NewNotice): void {
	store
		.prepare(
			`INSERT INTO notices (id, alert_id, channel, text, phone, phone_shown, push_to, sent_by, at, state, attempts, next_at)
			VALUES (@id, @alertId, @channel, @text, @phone, @phoneShown, @pushTo, @userId, @at, 'queued', 0, @at)`,
		)
		.run({ pushTo: null, ...notice });
}

/** Newest first. */
export function noticesOfAlert(store: Store, alertId: string): NoticeAnswer[] {
	return store
		.prepare<[string], NoticeAnswer>(
			`SELECT n.id, n.channel, n.text, n.phone_shown AS phone, n.state, coalesce(u.name, 'Keepclear') AS by, n.at, n.attempts,
				n.settled_at AS settledAt, n.why
			FROM notices n LEFT JOIN users u ON u.id = n.sent_by WHERE n.alert_id = ? ORDER BY n.at DESC, n.rowid DESC`,
		)
		.all(alertId);
}

/** How many a person sent; those of the server do not count. */
export const sentByPeople = (store: Store, alertId: string): number =>
	store
		.prepare("SELECT count(*) FROM notices WHERE alert_id = ? AND sent_by IS NOT NULL")
		.pluck()
		.get(alertId) as number;

/** @param mostWaitMs for which one is ever put off: beyond that its time was set by a clock that was ahead */
export function dueNotices(store: Store, at: number, mostWaitMs: number, limit: number): QueuedNotice[] {
	return store
		.prepare<[number, number, number], QueuedNotice>(
			`SELECT id, alert_id AS alertId, channel, text, phone, push_to AS pushTo, at, attempts FROM notices
			WHERE state = 'queued' AND (next_at <= ? OR next_at > ?) ORDER BY next_at, id LIMIT ?`,
		)
		.all(at, at + mostWaitMs, limit);
}

export function settleNotice(
	store: Store,
	id: string,
	{ state, at, why }: { readonly state: "sent" | "failed"; readonly at: number; readonly why: string | null },
): void {
	store
		.prepare(
			`UPDATE notices SET state = ?, attempts = attempts + 1, next_at = NULL, settled_at = ?, why = ?, phone = NULL
			WHERE id = ?`,
		)
		.run(state, at, why, id);
}

export function tryNoticeAgain(store: Store, id: string, { nextAt, why }: { nextAt: number; why: string }): void {
	store.prepare("UPDATE notices SET attempts = attempts + 1, next_at = ?, why = ? WHERE id = ?").run(nextAt, why, id);
}

/** Not tried, for its channel was used enough: no attempt, and no failure. */
export function postponeNotice(store: Store, id: string, nextAt: number): void {
	store.prepare("UPDATE notices SET next_at = ? WHERE id = ?").run(nextAt, id);
}

/** Not what was sent in a time to come: by a clock that was ahead, and would silence the channel until then. */
export const sentBetween = (store: Store, channel: string, after: number, until: number): number =>
	store
		.prepare("SELECT count(*) FROM notices WHERE channel = ? AND state = 'sent' AND settled_at > ? AND settled_at <= ?")
		.pluck()
		.get(channel, after, until) as number;
