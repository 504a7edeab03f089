import { z } from "zod";
import { sessionAnswer, signInBody } from "#contract/session-api.ts";
import type { App } from "../http/app-type.ts";
import { writeSessionCookie } from "../http/cookies.ts";
import { isSecure, personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { sessionAnswerOf, signIn, signOut } from "./accounts-actions.ts";

const tags = ["session"];

export function accountsRoutes(app: App, parts: ServerParts): void {
	const secure = isSecure(parts);

	app.post(
		"/api/session",
		{
			config: { access: "public" },
			bodyLimit: 4096,
			schema: { tags, summary: "Sign in", body: signInBody, response: { 200: sessionAnswer } },
		},
		async (request, reply) => {
			const { cookie, answer } = await signIn(parts, request.body, request.ip);
			const maxAgeMs = parts.config.sessions.absoluteMs;
			return reply.header("set-cookie", writeSessionCookie(cookie, { secure, maxAgeMs })).send(answer);
		},
	);

	app.get(
		"/api/session",
		{
			config: { access: "session" },
			schema: { tags, summary: "Who is signed in", response: { 200: sessionAnswer } },
		},
		async (request) => sessionAnswerOf(personOf(request)),
	);

	app.delete(
		"/api/session",
		{ config: { access: "session" }, schema: { tags, summary: "Sign out", response: { 204: z.null() } } },
		async (request, reply) => {
			signOut(parts.store, personOf(request));
			return reply
				.code(204)
				.header("set-cookie", writeSessionCookie("", { secure, maxAgeMs: 0 }))
				.send(null);
		},
	);
}
