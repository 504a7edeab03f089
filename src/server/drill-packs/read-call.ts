import type { CallAnswer, CallLane } from "#contract/drill-packs-api.ts";
import type { SiteCardAnswer } from "#contract/site-cards-api.ts";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { callStateOf, wayStateOf } from "#core/drill/call-state.ts";
import { lanesOfWay, ways } from "#core/drill/ways.ts";
import { isWithin } from "#core/policy/hours-of-day.ts";
import { listLanes } from "../lanes/lanes-store.ts";
import { siteTimeZone } from "../lanes/site-time-zone.ts";
import { findPlan } from "../plans/plans-store.ts";
import { readCard } from "../site-cards/site-cards-actions.ts";
import type { Store } from "../store/open-store.ts";
import { acceptedByLane, lanesWithExempt, obstructionOf } from "./call-store.ts";

/** Every lane of a site at this minute, and which way in is free. @throws ApiError 404 */
export function readCall(store: Store, siteId: string, now: number): CallAnswer {
	return store.transaction(() => {
		const card = readCard(store, siteId);
		const lanes = callLanes(store, siteId, card, now);
		return {
			...{ now, siteId, siteName: card.siteName, address: card.address },
			ways: ways.flatMap((way) => {
				const those = lanes.filter((lane) => lane.ways.includes(way));
				// That there is no other way in is nothing to be told; that the best one is unknown is.
				if (those.length === 0 && way === "other") return [];
				const state = wayStateOf(those.map((lane) => lane.state));
				return [{ way, state, laneIds: those.map(({ laneId }) => laneId) }];
			}),
			lanes,
			plan: findPlan(store, siteId) ?? null,
			card,
		};
	})();
}

function callLanes(store: Store, siteId: string, { card, lanes: all }: SiteCardAnswer, now: number): CallLane[] {
	const timeZone = siteTimeZone(store);
	const [left, accepted] = [lanesWithExempt(store, siteId), acceptedByLane(store, siteId)];
	const entries = new Map(card.lanes.map(({ laneId, entry }) => [laneId, entry]));
	const placed = all.map(({ laneId, kind }) => ({ laneId, kind, entry: entries.get(laneId) }));
	const onWay = new Map(ways.map((way) => [way, new Set(lanesOfWay(placed, way).map(({ laneId }) => laneId))]));
	const watched = new Map(listLanes(store, [siteId], now).map((lane) => [lane.id, lane]));
	return all.map(({ laneId, name, kind }) => {
		const lane = watched.get(laneId);
		const said = {
			...{ laneId, name, kind, ways: ways.filter((way) => onWay.get(way)?.has(laneId)) },
			accepted: accepted.get(laneId) ?? 0,
		};
		// Nobody watches it: whatever it is, it is not free.
		if (!lane) return { ...said, ...unwatched };
		const { state, reason } = callStateOf({
			state: lane.state,
			isArmed: lane.armed?.some((hours) => isWithin(hours, now, timeZone)) ?? true,
			isLeftStanding: left.has(laneId),
			mayAnyStand: mayAnyStand(lane, now),
		});
		return {
			...said,
			...{ state, reason, laneState: lane.state, unknownReason: lane.reason, since: lane.since },
			obstruction: lane.openAlertId === null ? null : obstructionOf(store, lane.openAlertId),
			...{ clearance: lane.clearance, cameraName: lane.cameraName, pictureAt: lane.pictureAt },
		};
	});
}

const unwatched: Omit<CallLane, "laneId" | "name" | "kind" | "ways" | "accepted"> = {
	...{ state: "unknown" as const, reason: "not_known" as const, laneState: "unknown" as const, unknownReason: null },
	...{ since: null, obstruction: null, clearance: null, cameraName: "", pictureAt: null },
};

const mayAnyStand = ({ permits = [] }: LaneAnswer, now: number) =>
	permits.some(({ plate, from, until }) => plate === null && from <= now && now < until);
