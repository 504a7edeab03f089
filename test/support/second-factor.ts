import { expect } from "vitest";
import type { FactorDraft, FactorSetUp } from "#contract/factor-api.ts";
import type { Role } from "#contract/session-api.ts";
import { appCode } from "./authenticator.ts";
import { buildTestApp, type Inject, password, type TestApp } from "./server-app.ts";

/** A server as it is by default: administrators, police and fire service need a second factor. */
export const buildStrictApp = () => buildTestApp({ accounts: {}, listen: { trustedProxies: ["127.0.0.1"] } });

/** A browser: it keeps the cookies that it is given, and sends them. */
export function browserAt(server: TestApp, address = "10.0.0.1") {
	const jar = new Map<string, string>();
	let csrfToken = "";
	const call: Inject = async (method, url, more = {}) => {
		const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
		const headers = { cookie, "x-csrf-token": csrfToken, "x-forwarded-for": address, ...more.headers };
		const answer = await server.nobody(method, url, { ...more, headers });
		for (const line of [answer.headers["set-cookie"] ?? []].flat()) {
			const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (value === "") jar.delete(name);
			else jar.set(name, value);
		}
		const { session, ...body } = bodyOf<{ csrfToken?: string; session?: { csrfToken: string } }>(answer);
		csrfToken = body.csrfToken ?? session?.csrfToken ?? csrfToken;
		return answer;
	};
	return {
		...{ call, jar },
		signIn: (name: string, more: object = {}, secret = password) =>
			call("POST", "/api/session", { json: { name, password: secret, ...more } }),
		code: (code: string) => call("POST", "/api/session/code", { json: { code } }),
	};
}
export type TestBrowser = ReturnType<typeof browserAt>;

export const errorOf = (answer: { body: string }) => bodyOf<{ error?: string }>(answer).error;
const bodyOf = <T extends object>({ body }: { body: string }) =>
	(body.startsWith("{") ? JSON.parse(body) : {}) as Partial<T>;

/** What the app shows now, or so many steps later. */
export const codeNow = ({ clock }: TestApp, secret: string, steps = 0) => appCode(secret, clock.now, steps);

/** The code of now was taken: the next is due. */
export function nextCode(server: TestApp, secret: string): string {
	server.clock.now += 30_000;
	return codeNow(server, secret);
}

export const ledgerRows = ({ parts: { store } }: TestApp, what: string) =>
	store
		.prepare<[string], { who: string; detail: string }>("SELECT who, detail FROM ledger WHERE what = ? ORDER BY seq")
		.all(what)
		.map(({ who, detail }) => ({ who, detail: JSON.parse(detail) as Record<string, unknown> }));

export async function setUp(server: TestApp, by: TestBrowser, proof: object = {}) {
	const drafted = await by.call("POST", "/api/account/factor/draft", { json: proof });
	expect(drafted.statusCode, drafted.body).toBe(200);
	const { secret } = drafted.json<FactorDraft>();
	const made = await by.call("PUT", "/api/account/factor", { json: { code: codeNow(server, secret) } });
	expect(made.statusCode, made.body).toBe(200);
	return { secret, codes: made.json<FactorSetUp>().recoveryCodes };
}

/** A person with a factor, signed in at a desk; the step of its first code is over. */
export async function withFactor(server: TestApp, name: string, role: Role = "admin") {
	await server.person(name, role);
	const desk = browserAt(server);
	await desk.signIn(name);
	const made = await setUp(server, desk);
	server.clock.now += 60_000;
	return { ...made, desk };
}
