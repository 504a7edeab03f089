import { useCallback, useMemo } from "react";
import { alertStates, type AlertAnswer } from "#contract/alerts-api.ts";
import type { LaneAnswer } from "#contract/wall-api.ts";
import type { AlertsFilter } from "../../api/keepclear-api.ts";
import { countChosen, heldFilter, isAlertIn, isLaneIn, type PlaceFilter } from "../../filter/lane-filter.ts";
import { placeFilterOf, placeWords, useFilterAddress, wordsOfPlace } from "../../filter/use-filter-address.ts";
import { usePlaces } from "../../filter/use-places.ts";
import { live } from "../../live/live-store.ts";
import { useObservable } from "../../observable.ts";

const names = [...placeWords, "state", "lane"];
const noLanes = new Map<string, never>();

/** The filter of the list of alerts: what the server is asked for, and the same for what the feed tells. */
export function useAlertsFilter() {
	const places = usePlaces();
	const lanes = useObservable(live, ({ picture }) => picture?.lanes) ?? noLanes;
	const { words, change, onlyThese } = useFilterAddress(names, "alertsFilter");
	const place = useMemo(() => heldFilter(placeFilterOf(words), places), [words, places]);
	const state = alertStates.find((each) => each === words["state"]) ?? "all";
	const laneId = words["lane"];
	const asked: AlertsFilter = useMemo(
		() => ({
			state,
			laneId,
			districtId: place.district ?? undefined,
			streetId: place.street ?? undefined,
			siteId: place.site ?? undefined,
			partyId: place.party ?? undefined,
			cause: place.cause ?? undefined,
		}),
		[state, laneId, place],
	);
	const isAsked = useCallback(
		(alert: AlertAnswer) =>
			(state === "all" || alert.state === state) &&
			(laneId === undefined || alert.laneId === laneId) &&
			isAlertIn(alert, lanes, place, places),
		[state, laneId, lanes, place, places],
	);
	/** Whether alerts of this lane are shown, whatever their class. */
	const byLane = useCallback(
		(lane: LaneAnswer) =>
			(laneId === undefined || laneId === lane.id) && isLaneIn(lane, null, { ...place, cause: null }, places),
		[laneId, place, places],
	);
	return {
		...{ state, laneId, place, places, asked, isAsked, byLane },
		filtered: state !== "all" || laneId !== undefined || countChosen(place) > 0,
		choose: change,
		choosePlace: useCallback((next: PlaceFilter) => change(wordsOfPlace(next)), [change]),
		onlyThese,
	};
}
