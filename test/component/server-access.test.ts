import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Access } from "../../src/server/http/app-type.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

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
			else expect(byEdge, `edge: ${method} ${url}`).toBe(401);
			if (access !== "edge") continue;
			expect((await admin(method, url)).statusCode, `admin: ${method} ${url}`).toBe(401);
		}
	});

	it("takes nothing that changes something without the CSRF token, or from another site's page", async () => {
		for (const { method, url, access } of routes()) {
			if (!["POST", "PUT", "PATCH", "DELETE"].includes(method) || !isForPersons(access)) continue;
			const without = await admin(method, url, { headers: { "x-csrf-token": "" }, json: {} });
			expect(without.json(), `${method} ${url}`).toMatchObject({ error: "csrf_token_missing" });
			const foreign = await admin(method, url, { headers: { origin: "https://evil.example" }, json: {} });
			expect(foreign.json(), `${method} ${url}`).toMatchObject({ error: "foreign_origin" });
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
		expect((await call(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`)).statusCode).toBe(401);
		expect((await call(token.replace("edge-2", "edge-1"))).statusCode).toBe(401);
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
