import { z } from "zod";
import { planAnswer, type PlanMarks, plansAnswer } from "#contract/plans-api.ts";
import { request } from "./http.ts";

const ofSite = (siteId: string) => `/api/plans/${encodeURIComponent(siteId)}`;
/** 50 MB over a slow line. */
const slowMs = 300_000;

export const loadPlans = (signal?: AbortSignal) => request("GET", "/api/plans", plansAnswer, { signal });
export const putPlanPicture = (siteId: string, file: Blob) =>
	request("PUT", `${ofSite(siteId)}/picture`, planAnswer, { body: file, withinMs: slowMs });
export const savePlanMarks = (siteId: string, revision: number, marks: PlanMarks) =>
	request("PUT", `${ofSite(siteId)}/marks`, planAnswer, { body: { revision, marks } });
export const removePlan = (siteId: string) => request("DELETE", ofSite(siteId), z.undefined());
/** Another picture has another address. */
export const planPictureUrl = (siteId: string, pictureId: string) => `${ofSite(siteId)}/picture?v=${pictureId}`;
