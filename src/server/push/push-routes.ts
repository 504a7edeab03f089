import { z } from "zod";
import { endpointBody, pushAnswer, subscriptionBody } from "#contract/push-api.ts";
import { hostOf } from "#platform/host-of.ts";
import { badInput } from "../http/api-error.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import { isIP } from "node:net";
import { isPublicAddress } from "../notices/public-address.ts";
import type { ServerParts } from "../server-parts.ts";
import type { PushKey } from "./push-key.ts";
import { dropSubscription, putSubscription } from "./push-store.ts";

const tags = ["push"];
const config = { access: "session" } as const;

export function pushRoutes(app: App, { store, config: { push }, now }: ServerParts, { publicKey }: PushKey): void {
	app.get(
		"/api/push",
		{ config, schema: { tags, summary: "What a browser subscribes with", response: { 200: pushAnswer } } },
		async () => ({ publicKey }),
	);

	app.put(
		"/api/push/subscription",
		{
			config,
			schema: {
				...{ tags, summary: "Tell me on this phone of what is given to me, until I sign out here" },
				...{ body: subscriptionBody, response: { 204: z.null() } },
			},
		},
		async (request, reply) => {
			refuseUnfit(request.body.endpoint, push.allowPrivateAddress);
			const { user, sessionId } = personOf(request);
			putSubscription(store, request.body, { userId: user.id, sessionId, at: now() });
			return reply.code(204).send(null);
		},
	);

	app.delete(
		"/api/push/subscription",
		{ config, schema: { tags, summary: "No more", body: endpointBody, response: { 204: z.null() } } },
		async (request, reply) => {
			dropSubscription(store, request.body.endpoint, personOf(request).user.id);
			return reply.code(204).send(null);
		},
	);
}

/** What its name stands for is looked at anew at each call. @throws ApiError 400 */
function refuseUnfit(endpoint: string, allowPrivateAddress: boolean): void {
	if (allowPrivateAddress) return;
	const url = new URL(endpoint);
	const host = hostOf(url);
	if (url.protocol !== "https:") throw badInput({ path: "endpoint", message: "must begin with https://" });
	if (isIP(host) !== 0 && !isPublicAddress(host))
		throw badInput({ path: "endpoint", message: "must be the address of a push service on the internet" });
}
