import type { AnnouncementAnswer } from "#contract/notices-api.ts";
import type { Store } from "../store/open-store.ts";

export function insertAnnouncement(
	store: Store,
	row: { readonly id: string; readonly laneId: string; readonly channel: string; readonly text: string; at: number },
): void {
	store
		.prepare(
			`INSERT INTO announcements (id, lane_id, channel, text, at, state) VALUES (@id, @laneId, @channel, @text, @at, 'sending')`,
		)
		.run(row);
}

export function settleAnnouncement(store: Store, id: string, why: string | null): void {
	store
		.prepare("UPDATE announcements SET state = ?, why = ? WHERE id = ?")
		.run(why === null ? "sent" : "failed", why, id);
}

/** A lane with an alert that is held keeps all of its. */
export function deleteAnnouncementsBefore(store: Store, at: number): void {
	store
		.prepare(
			`DELETE FROM announcements WHERE at < ? AND lane_id NOT IN
				(SELECT a.lane_id FROM legal_holds h JOIN alerts a ON a.id = h.alert_id WHERE h.ended_at IS NULL)`,
		)
		.run(at);
}

/** What was read to a lane in some time, oldest first. */
export function announcementsTo(store: Store, laneId: string, from: number, until: number): AnnouncementAnswer[] {
	return store
		.prepare<[string, number, number], AnnouncementAnswer>(
			"SELECT id, channel, text, at, state, why FROM announcements WHERE lane_id = ? AND at BETWEEN ? AND ? ORDER BY at",
		)
		.all(laneId, from, until);
}
