import {
	compareAnswer,
	historyAlertsAnswer,
	type HistoryAlertsQuery,
	historyAnswer,
	historyLinesAnswer,
	type HistoryLinesQuery,
	historyPlacesAnswer,
	type HistoryQuery,
	type HistoryTableQuery,
} from "#contract/history-api.ts";
import { request } from "./http.ts";

/** Calls of the HTTP API about occupancy history; the paths stand in src/contract. */

type Signal = AbortSignal | undefined;

export const queryText = (query: Readonly<Record<string, string | number | undefined>>): string =>
	new URLSearchParams(
		Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
	).toString();

export const loadHistory = (query: HistoryQuery, signal?: Signal) =>
	request("GET", `/api/history?${queryText(query)}`, historyAnswer, { signal });
export const loadHistoryLines = (query: HistoryLinesQuery, signal?: Signal) =>
	request("GET", `/api/history/lines?${queryText(query)}`, historyLinesAnswer, { signal });
export const compareHistory = (query: HistoryQuery, signal?: Signal) =>
	request("GET", `/api/history/compare?${queryText(query)}`, compareAnswer, { signal });
export const loadHistoryAlerts = (query: Omit<HistoryAlertsQuery, "limit">, signal?: Signal) =>
	request("GET", `/api/history/alerts?${queryText(query)}`, historyAlertsAnswer, { signal });
export const loadHistoryPlaces = (signal?: Signal) =>
	request("GET", "/api/history/places", historyPlacesAnswer, { signal });
export const historyTableUrl = (query: HistoryTableQuery): string => `/api/history/table?${queryText(query)}`;
