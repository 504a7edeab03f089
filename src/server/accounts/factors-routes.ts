import { z } from "zod";
import {
	draftBody,
	factorAnswer,
	factorDraft,
	factorSetUp,
	proofBody,
	recoveryCodesAnswer,
} from "#contract/factor-api.ts";
import { codeBody } from "#contract/session-api.ts";
import type { App } from "../http/app-type.ts";
import { writeSessionCookie } from "../http/cookies.ts";
import { isSecure, personOf, visitorOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { draftFactor, factorOf, removeFactor, renewRecoveryCodes, setUpFactor } from "./factors-actions.ts";

const tags = ["session"];
const bodyLimit = 4096;

export function factorsRoutes(app: App, parts: ServerParts): void {
	const secure = isSecure(parts);

	app.get(
		"/api/account/factor",
		{
			config: { access: "own_password" },
			schema: { tags, summary: "One's own second factor", response: { 200: factorAnswer } },
		},
		async (request, reply) => reply.header("cache-control", "no-store").send(factorOf(parts, personOf(request))),
	);

	app.post(
		"/api/account/factor/draft",
		{
			...{ config: { access: "own_password" }, bodyLimit },
			schema: { tags, summary: "A secret to scan", body: draftBody, response: { 200: factorDraft } },
		},
		async (request, reply) =>
			reply.header("cache-control", "no-store").send(await draftFactor(parts, personOf(request), request.body)),
	);

	app.put(
		"/api/account/factor",
		{
			...{ config: { access: "own_password" }, bodyLimit },
			schema: { tags, summary: "Confirm it by its first code", body: codeBody, response: { 200: factorSetUp } },
		},
		async (request, reply) => {
			const { cookie, maxAgeMs, ...answer } = setUpFactor(
				parts,
				personOf(request),
				request.body,
				visitorOf(request, parts),
			);
			return reply
				.header("set-cookie", writeSessionCookie(cookie, { secure, maxAgeMs }))
				.header("cache-control", "no-store")
				.send(answer);
		},
	);

	app.post(
		"/api/account/factor/remove",
		{
			...{ config: { access: "session" }, bodyLimit },
			schema: { tags, summary: "Do without it again", body: proofBody, response: { 204: z.null() } },
		},
		async (request, reply) => {
			await removeFactor(parts, personOf(request), request.body);
			return reply.code(204).send(null);
		},
	);

	app.post(
		"/api/account/factor/recovery-codes",
		{
			...{ config: { access: "session" }, bodyLimit },
			schema: { tags, summary: "New recovery codes", body: proofBody, response: { 200: recoveryCodesAnswer } },
		},
		async (request, reply) =>
			reply
				.header("cache-control", "no-store")
				.send({ recoveryCodes: await renewRecoveryCodes(parts, personOf(request), request.body) }),
	);
}
