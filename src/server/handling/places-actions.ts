import type { PlaceBody } from "#contract/handling-api.ts";
import { ApiError, badInput, notFound } from "../http/api-error.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";

interface PlacedLane {
	readonly siteId: string;
	readonly sameAs: string | null;
}

/**
 * "This lane shows the same place as that one": their alerts are one case from now on, and so are those of the past that
 * overlap. Places have one level: a lane that others point to points to none itself. So those that point to the lane go with
 * it to another place; where it leaves for a place of its own, the first of them is what the rest point to.
 *
 * @throws ApiError 400, 404; 409 where somebody else has joined or separated it since the writer looked
 */
export function setPlace({ store, feed, now }: ServerParts, laneId: string, { sameAs, before }: PlaceBody): void {
	store.transaction(() => {
		const lane = findLane(store, laneId);
		if (!lane) throw notFound("lane");
		if (before !== undefined && before !== lane.sameAs) {
			throw new ApiError(409, "changed_meanwhile", "Somebody else has changed what is joined here meanwhile.");
		}
		if (sameAs !== null) refuseOther(store, laneId, lane, sameAs);
		const followers = followersOf(store, laneId);
		const [heir, ...rest] = followers;
		const put = store.prepare("UPDATE lanes SET same_as = ? WHERE id = ?");
		put.run(sameAs, laneId);
		if (sameAs !== null) for (const id of followers) put.run(sameAs, id);
		else if (heir !== undefined) {
			put.run(null, heir);
			for (const id of rest) put.run(heir, id);
		}
		const at = now();
		const touched = new Set([laneId, ...followers, ...[sameAs, lane.sameAs].filter((id) => id !== null)]);
		const open = store.prepare("SELECT id FROM alerts WHERE lane_id = ? AND cleared_at IS NULL").pluck();
		for (const touchedId of touched) {
			feed.append("lane", touchedId, at);
			for (const id of open.all(touchedId) as string[]) feed.append("alert", id, at);
		}
	})();
}

/** @throws ApiError 400 */
function refuseOther(store: Store, laneId: string, lane: PlacedLane, sameAs: string): void {
	const refuse = (message: string) => badInput({ path: "sameAs", message });
	const other = findLane(store, sameAs);
	if (!other || sameAs === laneId) throw refuse("must be another lane");
	if (other.siteId !== lane.siteId) throw refuse("must be a lane of the same site");
	if (other.sameAs !== null) throw refuse(`is itself the same place as ${other.sameAs}: name that one`);
}

const findLane = (store: Store, id: string) =>
	store
		.prepare<[string], PlacedLane>(
			"SELECT site_id AS siteId, same_as AS sameAs FROM lanes WHERE id = ? AND removed_at IS NULL",
		)
		.get(id);

/** Those that were removed last. */
const followersOf = (store: Store, laneId: string) =>
	store
		.prepare("SELECT id FROM lanes WHERE same_as = ? ORDER BY removed_at IS NOT NULL, id")
		.pluck()
		.all(laneId) as string[];
