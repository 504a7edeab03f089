import { z } from "zod";
import { markingAnswer, type MarkingKind, markingsAnswer } from "#contract/markings-api.ts";
import { type ApprovalBody, type ConfirmationBody, reviewAnswer } from "#contract/reviews-api.ts";
import {
	type EntryBody,
	receiverAnswer,
	type ReceiverBody,
	receiversAnswer,
	transferAnswer,
	type TransferBody,
	transferQuestionAnswer,
	transfersAnswer,
	type TransfersQuery,
} from "#contract/transfers-api.ts";
import type { ReviewStep } from "#core/review/review-words.ts";
import { request } from "./http.ts";

/** Calls of the HTTP API about reviews, markings and transfers; the paths stand in src/contract. */

const nothing = z.undefined();
type Signal = AbortSignal | undefined;
const ofAlert = (id: string) => `/api/alerts/${encodeURIComponent(id)}`;
/** A photo of 15 MB over a slow line; a package with its letter. */
const slowMs = 180_000;

export const loadReview = (alertId: string, signal?: Signal) =>
	request("GET", `${ofAlert(alertId)}/review`, reviewAnswer, { signal });
export const confirmAlert = (alertId: string, body: ConfirmationBody) =>
	request("PUT", `${ofAlert(alertId)}/review/confirmation`, reviewAnswer, { body });
export const approveAlert = (alertId: string, body: ApprovalBody) =>
	request("PUT", `${ofAlert(alertId)}/review/approval`, reviewAnswer, { body });
export const takeBackStep = (alertId: string, step: ReviewStep) =>
	request("DELETE", `${ofAlert(alertId)}/review/${step}`, reviewAnswer);

export const loadTransferQuestion = (alertId: string, signal?: Signal) =>
	request("GET", `${ofAlert(alertId)}/transfer`, transferQuestionAnswer, { signal });
export const transferAlert = (alertId: string, body: TransferBody) =>
	request("POST", `${ofAlert(alertId)}/transfer`, transferAnswer, { body, withinMs: slowMs });
export function loadTransfers({ state, before }: Pick<TransfersQuery, "state" | "before">, signal?: Signal) {
	const query = new URLSearchParams({ state });
	if (before !== undefined) query.set("before", String(before));
	return request("GET", `/api/transfers?${query.toString()}`, transfersAnswer, { signal });
}
export const packageUrl = (number: string) => `/api/transfers/${number}/package`;
export const addEntry = (number: string, body: EntryBody) =>
	request("POST", `/api/transfers/${number}/entries`, transferAnswer, { body });

export const loadReceivers = (signal?: Signal) => request("GET", "/api/receivers", receiversAnswer, { signal });
export const addReceiver = (body: ReceiverBody) => request("POST", "/api/receivers", receiverAnswer, { body });
export const changeReceiver = (id: string, body: ReceiverBody) =>
	request("PUT", `/api/receivers/${encodeURIComponent(id)}`, receiverAnswer, { body });
export const removeReceiver = (id: string) => request("DELETE", `/api/receivers/${encodeURIComponent(id)}`, nothing);

const ofLane = (laneId: string) => `/api/lanes/${encodeURIComponent(laneId)}/markings`;
export const loadMarkings = (laneId: string, signal?: Signal) =>
	request("GET", ofLane(laneId), markingsAnswer, { signal });
export const putMarking = (laneId: string, kind: MarkingKind, photo: Blob) =>
	request("PUT", `${ofLane(laneId)}/${kind}`, markingAnswer, { body: photo, withinMs: slowMs });
export const removeMarking = (laneId: string, kind: MarkingKind) =>
	request("DELETE", `${ofLane(laneId)}/${kind}`, nothing);
export const markingUrl = (id: string) => `/api/markings/${encodeURIComponent(id)}`;
