import { z } from "zod";
import { passwordBody, sessionAnswer, signInBody } from "#contract/session-api.ts";
import type { App } from "../http/app-type.ts";
import { writeSessionCookie } from "../http/cookies.ts";
import { isSecure, personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { changeOwnPassword, sessionAnswerOf, signIn, signOut } from "./accounts-actions.ts";

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
		async (request) => sessionAnswerOf(parts.store, personOf(request)),
	);

	app.put(
		"/api/session/password",
		{
			config: { access: "session" },
			bodyLimit: 4096,
			schema: { tags, summary: "Change one's own password", body: passwordBody, response: { 204: z.null() } },
		},
		async (request, reply) => {
			await changeOwnPassword(parts, personOf(request), request.body);
			return reply.code(204).send(null);
		},
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
