import { targetsAnswer, type TargetsChange } from "#contract/handling-targets-api.ts";
import { request } from "./http.ts";

const ofSite = (siteId: string) => `/api/sites/${encodeURIComponent(siteId)}/targets`;

export const loadTargets = (siteId: string, signal?: AbortSignal) =>
	request("GET", ofSite(siteId), targetsAnswer, { signal });
export const changeTargets = (siteId: string, body: TargetsChange) =>
	request("PUT", ofSite(siteId), targetsAnswer, { body });
