import { errorAnswer } from "#contract/error-answer.ts";
import { policyAnswer, policyChangesAnswer, policyChangesQuery, sitePolicyBody } from "#contract/policy-api.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { changeSitePolicy, readPolicy } from "./policy-actions.ts";
import { listPolicyChanges } from "./policy-store.ts";

const tags = ["policy"];

export function policyRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/policy",
		{
			config: { access: { right: "watch" } },
			schema: { tags, summary: "The site's policy, and which edges work by it", response: { 200: policyAnswer } },
		},
		async (request) => readPolicy(parts, personOf(request).sites),
	);

	app.put(
		"/api/policy",
		{
			config: { access: { right: "configure", everySite: true } },
			schema: {
				tags,
				summary: "Change the site's policy",
				body: sitePolicyBody,
				response: { 200: policyAnswer, 409: errorAnswer },
			},
		},
		async (request) => changeSitePolicy(parts, request.body, personOf(request)),
	);

	app.get(
		"/api/policy/changes",
		{
			config: { access: { right: "watch" } },
			schema: {
				tags,
				summary: "Who changed which policy, newest first",
				querystring: policyChangesQuery,
				response: { 200: policyChangesAnswer },
			},
		},
		async (request) => {
			const { query } = request;
			const { sites } = personOf(request);
			const changes = listPolicyChanges(parts.store, { ...query, limit: query.limit + 1, sites });
			return { changes: changes.slice(0, query.limit), more: changes.length > query.limit };
		},
	);
}
