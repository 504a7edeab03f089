import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FactorDraft, FactorSetUp } from "#contract/factor-api.ts";
import { resetFactorByName } from "../../src/server/accounts/accounts-actions.ts";
import {
	browserAt,
	buildStrictApp,
	codeNow,
	errorOf,
	ledgerRows,
	nextCode,
	setUp,
	withFactor,
} from "../support/second-factor.ts";
import { buildTestApp, password, type TestApp } from "../support/server-app.ts";

let server: TestApp;
beforeEach(async () => {
	server = await buildStrictApp();
});
afterEach(() => server.close());

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const isMethod = (text: string): text is (typeof methods)[number] => methods.some((method) => method === text);

describe("a role that needs a second factor", () => {
	it("reaches nothing before it is set up, but what it needs for that", async () => {
		await server.person("boss", "admin");
		const boss = browserAt(server);
		expect((await boss.signIn("boss")).json()).toMatchObject({ factorDue: true, mustChangePassword: false });
		const open: string[] = [];
		for (const { method, url, access } of server.routes) {
			const path = url.replace(/:\w+/g, "none-such");
			const isAsked = access !== "public" && access !== "edge" && isMethod(method);
			if (!isAsked || `${method} ${path}` === "DELETE /api/session") continue; // it would sign out
			const answer = await boss.call(method, path, method === "GET" ? {} : { json: {} });
			if (errorOf(answer) !== "factor_due") open.push(`${method} ${path}`);
		}
		expect(open.sort()).toEqual([
			"GET /api/account/factor",
			"GET /api/session",
			"POST /api/account/factor/draft",
			"PUT /api/account/factor",
			"PUT /api/session/password",
		]);
		await setUp(server, boss);
		expect((await boss.call("GET", "/api/session")).json()).toMatchObject({ factorDue: false });
		expect((await boss.call("GET", "/api/users")).statusCode).toBe(200);
	});

	it("comes after a password of one's own", async () => {
		const { desk } = await withFactor(server, "boss");
		const json = { name: "second", role: "admin", scopes: [{ kind: "all" }] };
		const first = (await desk.call("POST", "/api/users", { json })).json<{ password: string }>().password;
		const second = browserAt(server);
		expect((await second.signIn("second", {}, first)).json()).toMatchObject({
			mustChangePassword: true,
			factorDue: false,
		});
		expect(errorOf(await second.call("POST", "/api/account/factor/draft", { json: {} }))).toBe("password_due");
		const own = { current: first, next: "槐树开花的时候去东门" };
		expect((await second.call("PUT", "/api/session/password", { json: own })).statusCode).toBe(204);
		expect((await second.call("GET", "/api/session")).json()).toMatchObject({
			mustChangePassword: false,
			factorDue: true,
		});
		await setUp(server, second);
		expect((await second.call("GET", "/api/users")).statusCode).toBe(200);
	});

	it("is told at once to whoever is given such a role", async () => {
		const { desk } = await withFactor(server, "boss");
		const officer = await server.person("anna", "duty_officer");
		expect((await officer("GET", "/api/wall")).statusCode).toBe(200);
		const { users } = (await desk.call("GET", "/api/users")).json<{
			users: { id: string; name: string; revision: number; factor: string }[];
		}>();
		expect(users.map(({ name, factor }) => `${name} ${factor}`)).toEqual(["anna none", "boss set_up"]);
		const [anna] = users;
		const grant = { role: "fire_station", scopes: [{ kind: "all" }] };
		const changed = await desk.call("PATCH", `/api/users/${anna?.id}`, { json: { revision: anna?.revision, grant } });
		expect(changed.json()).toMatchObject({ factor: "due" });
		expect(errorOf(await officer("GET", "/api/wall"))).toBe("factor_due");
	});

	it("asks nobody where it is off, and lets whom it is offered to do without", async () => {
		for (const secondFactor of ["off", { admin: "offered" }]) {
			const lax = await buildTestApp({ accounts: { secondFactor } });
			try {
				const boss = await lax.person("boss", "admin");
				expect((await boss("GET", "/api/users")).statusCode).toBe(200);
			} finally {
				await lax.close();
			}
		}
	});
});

describe("setting it up", () => {
	it("takes a code of the secret that was shown to this session, and gives a new session; what was open without it ends", async () => {
		await server.person("boss", "admin");
		const [desk, other] = [browserAt(server), browserAt(server, "10.0.0.2")];
		await desk.signIn("boss");
		await other.signIn("boss");
		const before = desk.jar.get("keepclear");
		expect(errorOf(await desk.call("PUT", "/api/account/factor", { json: { code: "123456" } }))).toBe("no_draft");
		const { secret } = (await desk.call("POST", "/api/account/factor/draft", { json: {} })).json<FactorDraft>();
		expect(errorOf(await other.call("PUT", "/api/account/factor", { json: { code: codeNow(server, secret) } }))).toBe(
			"no_draft",
		);
		expect(
			(await desk.call("PUT", "/api/account/factor", { json: { code: codeNow(server, secret, 5) } })).json(),
		).toMatchObject({
			problems: [{ path: "code" }],
		});
		const made = await desk.call("PUT", "/api/account/factor", { json: { code: codeNow(server, secret) } });
		expect(new Set(made.json<FactorSetUp>().recoveryCodes).size).toBe(10);
		expect(desk.jar.get("keepclear")).not.toBe(before);
		expect((await desk.call("GET", "/api/users")).statusCode).toBe(200);
		expect((await other.call("GET", "/api/session")).statusCode).toBe(401);
		const old = await server.nobody("GET", "/api/session", { headers: { cookie: `keepclear=${before}` } });
		expect(old.statusCode).toBe(401);
		expect(ledgerRows(server, "factor_set_up")).toHaveLength(1);
	});

	it("is too late after a quarter of an hour; and then the password is asked for again", async () => {
		await server.person("anna", "duty_officer");
		const anna = browserAt(server);
		await anna.signIn("anna");
		const { secret } = (await anna.call("POST", "/api/account/factor/draft", { json: {} })).json<FactorDraft>();
		server.clock.now += 15 * 60_000;
		expect(errorOf(await anna.call("PUT", "/api/account/factor", { json: { code: codeNow(server, secret) } }))).toBe(
			"no_draft",
		);
		const draft = (json: object) => anna.call("POST", "/api/account/factor/draft", { json });
		expect((await anna.call("GET", "/api/account/factor")).json()).toMatchObject({
			draftAsks: "password",
			mode: "offered",
		});
		for (const json of [{}, { password: "wrong-password" }]) {
			expect((await draft(json)).json()).toMatchObject({ problems: [{ path: "proof" }] });
		}
		await setUp(server, anna, { password });
	});
});

describe("a screen on a wall", () => {
	it("is signed in with the code of who puts it there, and stays when that person takes another telephone", async () => {
		await server.person("boss", "admin");
		const wall = browserAt(server, "10.0.0.9");
		expect(errorOf(await wall.signIn("boss", { isScreen: true }))).toBe("factor_first");
		const desk = browserAt(server);
		await desk.signIn("boss");
		const { secret } = await setUp(server, desk);
		expect((await wall.signIn("boss", { isScreen: true })).statusCode).toBe(202);
		expect((await wall.code(nextCode(server, secret))).json()).toMatchObject({
			isScreen: true,
			user: { rights: ["watch"] },
		});
		await setUp(server, desk, { password, code: nextCode(server, secret) });
		expect((await wall.call("GET", "/api/wall")).statusCode).toBe(200);
		expect((await wall.call("GET", "/api/account/factor")).statusCode).toBe(403);
		expect((await wall.call("POST", "/api/account/factor/draft", { json: { password } })).statusCode).toBe(403);
		resetFactorByName(server.parts.store, "boss", server.clock.now);
		expect((await wall.call("GET", "/api/wall")).statusCode).toBe(401);
	});

	it("that was signed in before the factor was needed goes on showing", async () => {
		await server.person("anna", "duty_officer");
		const wall = browserAt(server, "10.0.0.9");
		await wall.signIn("anna", { isScreen: true });
		server.parts.store.prepare("UPDATE users SET role = 'fire_station' WHERE name = 'anna'").run();
		expect((await wall.call("GET", "/api/wall")).statusCode).toBe(200);
		expect((await wall.call("GET", "/api/session")).json()).toMatchObject({ factorDue: false });
	});
});
