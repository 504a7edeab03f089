import { z } from "zod";
import { pushAnswer, type SubscriptionBody } from "#contract/push-api.ts";
import { request } from "./http.ts";

/** Calls of the HTTP API about being told on this phone; the paths stand in src/contract. */

const nothing = z.undefined();

export const loadPushKey = () => request("GET", "/api/push", pushAnswer);
export const putSubscription = (body: SubscriptionBody) => request("PUT", "/api/push/subscription", nothing, { body });
export const deleteSubscription = (endpoint: string) =>
	request("DELETE", "/api/push/subscription", nothing, { body: { endpoint } });
