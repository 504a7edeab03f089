import { z } from "zod";
import type { UserBody, UserPatch } from "#contract/users-api.ts";
import { passwordAnswer, userAnswer, usersAnswer } from "#contract/users-api.ts";
import { request } from "./http.ts";

const ofUser = (id: string) => `/api/users/${encodeURIComponent(id)}`;

export const loadUsers = (signal?: AbortSignal) => request("GET", "/api/users", usersAnswer, { signal });
export const addUser = (body: UserBody) => request("POST", "/api/users", passwordAnswer, { body });
export const changeUser = (id: string, body: UserPatch) => request("PATCH", ofUser(id), userAnswer, { body });
export const renewPassword = (id: string) => request("POST", `${ofUser(id)}/password`, passwordAnswer);
export const endSessions = (id: string) => request("DELETE", `${ofUser(id)}/sessions`, z.undefined());
export const resetFactor = (id: string) => request("DELETE", `${ofUser(id)}/factor`, z.undefined());
