import type { FastifyReply } from "fastify";
import { z } from "zod";
import {
	accountSessionsAnswer,
	codeBody,
	endSessionBody,
	passwordBody,
	secondStepAnswer,
	sessionAnswer,
	signInBody,
} from "#contract/session-api.ts";
import { ticketForMs } from "#core/accounts/second-factor.ts";
import type { App } from "../http/app-type.ts";
import { writeBrowserCookie, writeSessionCookie, writeTicketCookie } from "../http/cookies.ts";
import { isSecure, personOf, visitorOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { knownForMs } from "./known-browsers.ts";
import { changeOwnPassword } from "./password-actions.ts";
import { endOtherSessions, endSession, sessionAnswerOf, sessionsOf, signOut } from "./sessions-actions.ts";
import { enterCode, type Entered, signIn } from "./sign-in-actions.ts";

const tags = ["session"];

export function accountsRoutes(app: App, parts: ServerParts): void {
	const secure = isSecure(parts);

	/** The cookies of somebody who is in, and owes no code any more. */
	function letIn<R extends FastifyReply>(
		reply: R,
		{ cookie, maxAgeMs, browser }: Omit<Entered, "answer" | "browser"> & { browser?: string },
	): R {
		const cookies = [writeSessionCookie(cookie, { secure, maxAgeMs })];
		if (browser !== undefined) {
			cookies.push(writeBrowserCookie(browser, { secure, maxAgeMs: knownForMs }));
			cookies.push(writeTicketCookie("", { secure, maxAgeMs: 0 }));
		}
		return reply.header("set-cookie", cookies).header("cache-control", "no-store") as R;
	}

	app.post(
		"/api/session",
		{
			config: { access: "public" },
			bodyLimit: 4096,
			schema: {
				...{ tags, summary: "Sign in; 202: the password was right, and a code is asked for", body: signInBody },
				response: { 200: sessionAnswer, 202: secondStepAnswer },
			},
		},
		async (request, reply) => {
			const entered = await signIn(parts, request.body, visitorOf(request, parts));
			if ("answer" in entered) return letIn(reply, entered).code(200).send(entered.answer);
			return reply
				.code(202)
				.header("set-cookie", writeTicketCookie(entered.ticket, { secure, maxAgeMs: ticketForMs }))
				.header("cache-control", "no-store")
				.send({ secondStep: "code", endsAt: entered.endsAt });
		},
	);

	app.post(
		"/api/session/code",
		{
			config: { access: "public" },
			bodyLimit: 4096,
			schema: { tags, summary: "The second step", body: codeBody, response: { 200: sessionAnswer } },
		},
		async (request, reply) => {
			const entered = enterCode(parts, request.body, visitorOf(request, parts));
			return letIn(reply, entered).send(entered.answer);
		},
	);

	app.get(
		"/api/session",
		{
			config: { access: "entered" },
			schema: { tags, summary: "Who is signed in", response: { 200: sessionAnswer } },
		},
		async (request) => sessionAnswerOf(parts, personOf(request)),
	);

	app.delete(
		"/api/session",
		{ config: { access: "entered" }, schema: { tags, summary: "Sign out", response: { 204: z.null() } } },
		async (request, reply) => {
			signOut(parts, personOf(request));
			return reply
				.code(204)
				.header("set-cookie", writeSessionCookie("", { secure, maxAgeMs: 0 }))
				.send(null);
		},
	);

	app.get(
		"/api/account/sessions",
		{
			config: { access: "session" },
			schema: { tags, summary: "Where one is signed in", response: { 200: accountSessionsAnswer } },
		},
		async (request, reply) =>
			reply.header("cache-control", "no-store").send({ sessions: sessionsOf(parts, personOf(request)) }),
	);

	app.post(
		"/api/account/sessions/end",
		{
			config: { access: "session" },
			bodyLimit: 4096,
			schema: { tags, summary: "End them", body: endSessionBody, response: { 200: accountSessionsAnswer } },
		},
		async (request) => {
			const person = personOf(request);
			if ("id" in request.body) endSession(parts, person, request.body.id);
			else endOtherSessions(parts, person);
			return { sessions: sessionsOf(parts, person) };
		},
	);

	app.put(
		"/api/session/password",
		{
			config: { access: "entered" },
			bodyLimit: 4096,
			schema: { tags, summary: "Change one's own password", body: passwordBody, response: { 204: z.null() } },
		},
		async (request, reply) => {
			const entered = await changeOwnPassword(parts, personOf(request), request.body, visitorOf(request, parts));
			return letIn(reply, entered).code(204).send(null);
		},
	);
}
