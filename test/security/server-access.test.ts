import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Access } from "../../src/server/http/app-type.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { tried } from "./support/tried.ts";

let server: TestApp;
let admin: Inject;
let edge: Inject;

beforeAll(async () => {
	server = await buildTestApp();
	admin = await server.person("boss", "admin");
	edge = server.edge("edge-1");
});
afterAll(() => server.close());

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
const noSession = "routes without a session";
const csrf = "CSRF, foreign origins (also SSE, WebSocket)";
/** What a browser says of another site's page, of a sandboxed frame, of a subdomain, of the same host by another port. */
const foreignPages = [
	{ origin: "https://evil.example" },
	{ origin: "null" },
	{ origin: "http://localhost.evil.example" },
	{ "sec-fetch-site": "cross-site" },
];
const errorOf = (answer: { json(): unknown }) => (answer.json() as { error?: string }).error;
const isForPersons = (access: Access) => access !== "public" && access !== "edge" && access !== "metrics";
const isMethod = (text: string): text is (typeof methods)[number] => (methods as readonly string[]).includes(text);

/** Every route of the program as it is, each with ids in place of its parameters. */
function routes() {
	return server.routes.flatMap(({ method, url, access }) =>
		isMethod(method) ? [{ method, access, url: url.replace(/:\w+/g, "none-such").replace("*", "some/page") }] : [],
	);
}

describe("who may call what", () => {
	it("knows the routes it speaks of", () => {
		const listed = routes().map(({ method, url }) => `${method} ${url}`);
		expect(listed).toContain("GET /api/wall");
		expect(listed).toContain("PATCH /api/edge/evidence/none-such");
		expect(listed.length).toBeGreaterThan(30);
	});

	it("answers nothing but sign-in, health and the page's files without a session", async () => {
		const open: string[] = [];
		for (const { method, url } of routes()) {
			const { statusCode } = await server.nobody(method, url, { json: {} });
			if (statusCode !== 401) open.push(`${method} ${url}`);
			else tried(noSession, `${method} ${url}`, true);
		}
		expect(open.sort()).toEqual([
			"GET /healthz",
			"GET /readyz",
			"GET /some/page",
			"HEAD /some/page",
			"POST /api/enrolment",
			"POST /api/session",
			"POST /api/session/code",
		]);
	});

	it("lets no edge token into what is for people, and no person into what is for edges", async () => {
		for (const { method, url, access } of routes()) {
			if (access === "public") continue;
			const byEdge = (await edge(method, url)).statusCode;
			if (access === "edge") expect(byEdge, `edge: ${method} ${url}`).not.toBe(401);
			else tried(noSession, `by an edge's token: ${method} ${url}`, byEdge === 401, byEdge);
			if (access !== "edge") continue;
			const byAdmin = (await admin(method, url)).statusCode;
			tried(noSession, `by an administrator: ${method} ${url}`, byAdmin === 401, byAdmin);
		}
	});

	it("takes nothing that changes something without the CSRF token, or from another site's page", async () => {
		for (const { method, url, access } of routes()) {
			if (!["POST", "PUT", "PATCH", "DELETE"].includes(method) || !isForPersons(access)) continue;
			const without = await admin(method, url, { headers: { "x-csrf-token": "" }, json: {} });
			tried(csrf, `${method} ${url}, no token`, errorOf(without) === "csrf_token_missing", without.body);
			for (const headers of foreignPages) {
				const foreign = await admin(method, url, { headers, json: {} });
				const what = `${method} ${url}, ${JSON.stringify(headers)}`;
				tried(csrf, what, errorOf(foreign) === "foreign_origin", foreign.body);
			}
		}
	});

	it("answers no other site's page, whatever it asks: events and live video neither", async () => {
		const reading = routes().filter(({ method, access }) => method === "GET" && isForPersons(access));
		expect(reading.map(({ url }) => url)).toEqual(
			expect.arrayContaining(["/api/feed", "/api/cameras/none-such/stream"]),
		);
		for (const { method, url } of reading) {
			for (const headers of foreignPages) {
				const { statusCode, body, headers: told } = await admin(method, url, { headers });
				tried(csrf, `${method} ${url}, ${JSON.stringify(headers)}`, statusCode === 403, `${statusCode} ${body}`);
				expect(told["access-control-allow-origin"], url).toBeUndefined();
			}
		}
	});

	it("does not say which addresses there are to who is not signed in", async () => {
		expect((await server.nobody("GET", "/api/nothing-here")).statusCode).toBe(401);
		expect((await server.nobody("DELETE", "/api/wall")).statusCode).toBe(401);
		expect((await admin("GET", "/api/nothing-here")).statusCode).toBe(404);
	});

	it("takes no token of a revoked edge, and no token with a changed letter", async () => {
		const { token } = server.edge("edge-2");
		const call = (bearer: string) =>
			server.nobody("GET", "/api/edge/config", { headers: { authorization: `Bearer ${bearer}` } });
		expect((await call(token)).statusCode).toBe(200);
		const changed = `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`;
		for (const bearer of [changed, token.replace("edge-2", "edge-1"), token.slice(0, -1), `${token}A`, "", "%00"]) {
			const { statusCode } = await call(bearer);
			tried(noSession, `an edge's token with a change`, statusCode === 401, statusCode);
		}
		expect((await admin("DELETE", "/api/edges/edge-2")).statusCode).toBe(204);
		expect((await call(token)).statusCode).toBe(401);
		expect((await admin("POST", "/api/edges/edge-2/token")).json()).toMatchObject({ error: "revoked" });
		server.edge("edge-3");
		const renewed = (await admin("POST", "/api/edges/edge-3/token")).json<{ token: string }>().token;
		expect((await call(renewed)).statusCode).toBe(200);
	});

	it("shows metrics to an administrator, or who has the token, and nobody else", async () => {
		const guarded = await buildTestApp({}, { metricsToken: "scrape-me" });
		try {
			const get = (authorization: string) => guarded.nobody("GET", "/metrics", { headers: { authorization } });
			expect((await get("Bearer scrape-me")).body).toContain("keepclear_alerts_open 0");
			expect((await get("Bearer scrape-you")).statusCode).toBe(401);
			const [anna, boss] = [await guarded.person("anna", "duty_officer"), await guarded.person("boss", "admin")];
			expect((await boss("GET", "/metrics")).statusCode).toBe(200);
			expect((await anna("GET", "/metrics")).statusCode).toBe(403);
		} finally {
			await guarded.close();
		}
	});
});
