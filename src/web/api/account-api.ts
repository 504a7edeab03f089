import { z } from "zod";
import { accountSessionsAnswer, type EndSessionBody, type PasswordBody } from "#contract/session-api.ts";
import { request } from "./http.ts";

/** Calls of the HTTP API about the own account; the paths stand in src/contract/session-api.ts. */

export const loadSessions = (signal?: AbortSignal) =>
	request("GET", "/api/account/sessions", accountSessionsAnswer, { signal });
export const endSessions = (body: EndSessionBody) =>
	request("POST", "/api/account/sessions/end", accountSessionsAnswer, { body });
export const changePassword = (body: PasswordBody) => request("PUT", "/api/session/password", z.undefined(), { body });
