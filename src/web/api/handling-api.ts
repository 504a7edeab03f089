import { z } from "zod";
import { handlingAnswer, type HandlingBody, peopleAnswer, type PlaceBody } from "#contract/handling-api.ts";
import { dispatchesAnswer, type PhotoMoment } from "#contract/guard-api.ts";
import { handoverAnswer, handoversAnswer, openCasesAnswer } from "#contract/handovers-api.ts";
import { request } from "./http.ts";

/** Calls of the HTTP API about what people do; the paths stand in src/contract. */

type Signal = AbortSignal | undefined;
const nothing = z.undefined();
const ofAlert = (id: string) => `/api/alerts/${encodeURIComponent(id)}/handling`;

export const loadHandling = (alertId: string, signal?: Signal) =>
	request("GET", ofAlert(alertId), handlingAnswer, { signal });
export const addToHandling = (alertId: string, body: HandlingBody) =>
	request("POST", ofAlert(alertId), handlingAnswer, { body });
export const loadPeople = (signal?: Signal) => request("GET", "/api/handling/people", peopleAnswer, { signal });
export const setPlace = (laneId: string, body: PlaceBody) =>
	request("PUT", `/api/lanes/${encodeURIComponent(laneId)}/place`, nothing, { body });

export const loadOpenCases = (signal?: Signal) => request("GET", "/api/open-cases", openCasesAnswer, { signal });
export const loadHandovers = (signal?: Signal) => request("GET", "/api/handovers", handoversAnswer, { signal });
export const giveHandover = (note: string) => request("POST", "/api/handovers", handoverAnswer, { body: { note } });
export const takeHandover = (id: number) => request("POST", `/api/handovers/${id}/taken`, handoverAnswer);
export const withdrawHandover = (id: number) => request("DELETE", `/api/handovers/${id}`, nothing);

export const loadDispatches = (signal?: Signal) => request("GET", "/api/dispatches", dispatchesAnswer, { signal });
/** A photo of 15 MB over a slow line. */
const slowMs = 180_000;
export function putPhoto(
	{ alertId, id, ...query }: { alertId: string; id: string; moment: PhotoMoment; doneAt: number; sentAt: number },
	photo: Blob,
) {
	const { moment, doneAt, sentAt } = query;
	const words = new URLSearchParams({ moment, doneAt: String(doneAt), sentAt: String(sentAt) });
	const path = `${ofAlert(alertId)}/photos/${encodeURIComponent(id)}?${words.toString()}`;
	return request("PUT", path, handlingAnswer, { body: photo, withinMs: slowMs });
}
export const handlingPhotoUrl = (id: string) => `/api/handling-photos/${encodeURIComponent(id)}`;
