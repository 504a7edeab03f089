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

/** What was read to a lane in some time, oldest first. */
export function announcementsTo(store: Store, laneId: string, from: number, until: number): AnnouncementAnswer[] {
	return store
		.prepare<[string, number, number], AnnouncementAnswer>(
			"SELECT id, channel, text, at, state, why FROM announcements WHERE lane_id = ? AND at BETWEEN ? AND ? ORDER BY at",
		)
		.all(laneId, from, until);
}
