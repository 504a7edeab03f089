import type { AlertAnswer } from "#contract/alerts-api.ts";
import { attentionOrder, isFresh, type WallPicture } from "../../live/wall-picture.ts";

/** The address with another window open, or none; the filter stays. */
export function withOpened(before: URLSearchParams, opened: Readonly<Record<string, string>>): URLSearchParams {
	const after = new URLSearchParams(before);
	for (const name of ["alert", "lane", "live"]) after.delete(name);
	for (const [name, id] of Object.entries(opened)) after.set(name, id);
	return after;
}

type IsHere = (alert: AlertAnswer) => boolean;

/**
 * The alert under the keyboard's focus, otherwise the newest that nobody has seen, otherwise the first of the list. Of those
 * that the filter shows: no key acts on what nobody sees.
 */
export function chosenAlertId(picture: WallPicture, isHere: IsHere, reachedLaneId: string | null): string | null {
	const card = document.activeElement?.closest<HTMLElement>("[data-alert]");
	if (card?.dataset.alert) return card.dataset.alert;
	const onTile = document.activeElement?.closest("[data-lane]") !== null && reachedLaneId !== null;
	if (onTile) return picture.lanes.get(reachedLaneId)?.openAlertId ?? null;
	const order = attentionOrder(picture.openAlerts.values()).filter(isHere);
	return (order.find(isFresh) ?? order[0])?.id ?? null;
}

/** The lane under the keyboard's focus, otherwise that of the newest alert that nobody has seen. */
export function chosenLaneId(picture: WallPicture, isHere: IsHere, reachedLaneId: string | null): string | null {
	if (document.activeElement?.closest("[data-lane]") && reachedLaneId !== null) return reachedLaneId;
	const alertId = chosenAlertId(picture, isHere, reachedLaneId);
	return (alertId === null ? undefined : picture.openAlerts.get(alertId))?.laneId ?? null;
}
