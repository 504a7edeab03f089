import { z } from "zod";
import {
	type DraftBody,
	factorAnswer,
	factorDraft,
	factorSetUp,
	type ProofBody,
	recoveryCodesAnswer,
} from "#contract/factor-api.ts";
import type { CodeBody } from "#contract/session-api.ts";
import { request } from "./http.ts";

/** Calls of the HTTP API about the own second factor; the paths stand in src/contract/factor-api.ts. */
const path = "/api/account/factor";

export const loadFactor = (signal?: AbortSignal) => request("GET", path, factorAnswer, { signal });
export const draftFactor = (body: DraftBody) => request("POST", `${path}/draft`, factorDraft, { body });
export const confirmFactor = (body: CodeBody) => request("PUT", path, factorSetUp, { body });
export const removeFactor = (body: ProofBody) => request("POST", `${path}/remove`, z.undefined(), { body });
export const renewRecoveryCodes = (body: ProofBody) =>
	request("POST", `${path}/recovery-codes`, recoveryCodesAnswer, { body });
