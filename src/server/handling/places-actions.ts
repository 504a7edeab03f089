import { badInput, notFound } from "../http/api-error.ts";
import type { ServerParts } from "../server-parts.ts";

/**
 * "This lane shows the same place as that one": their alerts are one case from now on, and so are those of the past that
 * overlap. Places have one level: a lane that others point to points to none itself.
 *
 * @throws ApiError 400, 404
 */
export function setPlace({ store, feed, now }: ServerParts, laneId: string, sameAs: string | null): void {
	store.transaction(() => {
		const find = store.prepare<[string], { siteId: string; sameAs: string | null }>(
			"SELECT site_id AS siteId, same_as AS sameAs FROM lanes WHERE id = ? AND removed_at IS NULL",
		);
		const lane = find.get(laneId);
		if (!lane) throw notFound("lane");
		if (sameAs !== null) {
			const other = find.get(sameAs);
			const refuse = (message: string) => badInput({ path: "sameAs", message });
			if (!other || sameAs === laneId) throw refuse("must be another lane");
			if (other.siteId !== lane.siteId) throw refuse("must be a lane of the same site");
			if (other.sameAs !== null) throw refuse(`is itself the same place as ${other.sameAs}: name that one`);
			const followers = store.prepare("SELECT id FROM lanes WHERE same_as = ?").pluck().all(laneId);
			if (followers.length > 0) throw refuse(`other lanes are the same place as ${laneId}: change those first`);
		}
		store.prepare("UPDATE lanes SET same_as = ? WHERE id = ?").run(sameAs, laneId);
		const at = now();
		feed.append("lane", laneId, at);
		const open = store.prepare("SELECT id FROM alerts WHERE lane_id IN (?, ?) AND cleared_at IS NULL").pluck();
		for (const id of open.all(laneId, sameAs ?? laneId) as string[]) feed.append("alert", id, at);
	})();
}
