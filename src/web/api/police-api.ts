import { type ClueSearchBody, clueAnswer, clueSearchAnswer, clueVerificationAnswer } from "#contract/clues-api.ts";
import { request } from "./http.ts";

/** Calls of the HTTP API of those to whom clues are handed; the paths stand in src/contract. */

type Signal = AbortSignal | undefined;
const ofClue = (number: string) => `/api/clues/${encodeURIComponent(number)}`;
/** Every file of a package is read for it. */
const slowMs = 120_000;

export const loadClue = (number: string, signal?: Signal) => request("GET", ofClue(number), clueAnswer, { signal });
export const verifyClue = (number: string, signal?: Signal) =>
	request("GET", `${ofClue(number)}/verification`, clueVerificationAnswer, { signal, withinMs: slowMs });
export const searchClues = (body: ClueSearchBody) => request("POST", "/api/clue-searches", clueSearchAnswer, { body });
