import { z } from "zod";
import {
	callAnswer,
	callSitesAnswer,
	chanceAnswer,
	type ChanceQuery,
	drillPackAnswer,
} from "#contract/drill-packs-api.ts";
import { drillAnswer, type DrillBody, drillsAnswer } from "#contract/drills-api.ts";
import { type SiteCard, siteCardAnswer, siteCardChangesAnswer } from "#contract/site-cards-api.ts";
import { queryText } from "./history-api.ts";
import { request } from "./http.ts";

/** Calls about sites as a fire station needs them; the paths stand in src/contract. */

type Signal = AbortSignal | undefined;
const ofSite = (siteId: string) => `/api/sites/${encodeURIComponent(siteId)}`;
/** 15 MB over a slow line. */
const slowMs = 120_000;
/** Who waits for a call's lanes for longer is told that nothing is known. */
const callWithinMs = 8_000;

export const loadSiteCard = (siteId: string, signal?: Signal) =>
	request("GET", `${ofSite(siteId)}/card`, siteCardAnswer, { signal });
export const saveSiteCard = (siteId: string, revision: number, card: SiteCard) =>
	request("PUT", `${ofSite(siteId)}/card`, siteCardAnswer, { body: { revision, card } });
export const loadCardChanges = (siteId: string, signal?: Signal) =>
	request("GET", `${ofSite(siteId)}/card/changes`, siteCardChangesAnswer, { signal });

export const loadCallSites = (signal?: Signal) => request("GET", "/api/call/sites", callSitesAnswer, { signal });
export const loadCall = (siteId: string, signal?: Signal) =>
	request("GET", `${ofSite(siteId)}/call`, callAnswer, { signal, withinMs: callWithinMs });
export const smallPictureUrl = (laneId: string, pictureAt: number) =>
	`/api/lanes/${encodeURIComponent(laneId)}/small-picture?v=${pictureAt}`;

export const loadDrillPack = (siteId: string, signal?: Signal) =>
	request("GET", `${ofSite(siteId)}/drill-pack`, drillPackAnswer, { signal });
export const loadChance = (siteId: string, query: ChanceQuery, signal?: Signal) =>
	request("GET", `${ofSite(siteId)}/drill-pack/chance?${queryText(query)}`, chanceAnswer, { signal });
export const packPaperUrl = (siteId: string, language: string, hour: number) =>
	`${ofSite(siteId)}/drill-pack/paper?language=${language}&hour=${hour}`;

export const loadDrills = (query: { siteId?: string; before?: number; limit?: number }, signal?: Signal) =>
	request("GET", `/api/drills?${queryText(query)}`, drillsAnswer, { signal });
export const putDrill = (siteId: string, drillId: string, body: DrillBody) =>
	request("PUT", `${ofSite(siteId)}/drills/${drillId}`, drillAnswer, { body });
export const putDrillPhoto = (siteId: string, photoId: string, photo: Blob) =>
	request("PUT", `${ofSite(siteId)}/drill-photos/${photoId}`, z.undefined(), { body: photo, withinMs: slowMs });
export const drillPhotoUrl = (siteId: string, photoId: string) =>
	`${ofSite(siteId)}/drill-photos/${encodeURIComponent(photoId)}`;
