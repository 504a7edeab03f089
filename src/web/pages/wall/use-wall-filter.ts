import { useCallback, useMemo } from "react";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { laneStates } from "#contract/messages/edge-to-server.ts";
import { heldFilter, isAlertIn, isLaneIn, type PlaceFilter } from "../../filter/lane-filter.ts";
import { placeFilterOf, placeWords, useFilterAddress, wordsOfPlace } from "../../filter/use-filter-address.ts";
import { usePlaces } from "../../filter/use-places.ts";
import type { LaneFilter, WallPicture } from "../../live/wall-picture.ts";

const names = [...placeWords, "state", "q"];

/** What of the wall is shown: its lanes, and of its alerts those that `isHere`. Worked out here, nothing is asked for it. */
export function useWallFilter({ lanes, openAlerts }: WallPicture) {
	const places = usePlaces();
	const { words, change, onlyThese } = useFilterAddress(names, "wallFilter");
	// A letter typed in the search changes none of these, and costs no look at the places.
	const { district, street, site, party, cause } = placeFilterOf(words);
	const place = useMemo(
		() => heldFilter({ district, street, site, party, cause }, places),
		[district, street, site, party, cause, places],
	);
	const filter: LaneFilter = useMemo(
		() => ({ state: laneStates.find((state) => state === words["state"]) ?? "all", text: words["q"] ?? "" }),
		[words],
	);
	const lanesHere = useMemo(
		() =>
			new Map(
				[...lanes].filter(([, lane]) => {
					const alert = lane.openAlertId === null ? undefined : openAlerts.get(lane.openAlertId);
					return isLaneIn(lane, alert?.cause ?? null, place, places);
				}),
			),
		[lanes, openAlerts, place, places],
	);
	const isHere = useCallback((alert: AlertAnswer) => isAlertIn(alert, lanes, place, places), [lanes, place, places]);
	const setFilter = useCallback(
		({ state, text }: LaneFilter) => change({ state: state === "all" ? "" : state, q: text }),
		[change],
	);
	const setPlace = useCallback((next: PlaceFilter) => change(wordsOfPlace(next)), [change]);
	const showAll = useCallback(() => onlyThese({}), [onlyThese]);
	return { filter, setFilter, place, setPlace, places, isHere, lanesHere, showAll };
}
