import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changePassword, createFirstAdministrator, disableUser } from "../../src/server/accounts/accounts-actions.ts";
import { buildTestApp, password, type TestApp } from "../support/server-app.ts";

let server: TestApp;
beforeEach(async () => {
	server = await buildTestApp();
});
afterEach(() => server.close());

const signIn = (name: string, secret: string, headers: Record<string, string> = {}) =>
	server.nobody("POST", "/api/session", { json: { name, password: secret }, headers });

describe("signing in", () => {
	it("makes an administrator with a random password at the first start, and only then", async () => {
		const first = await createFirstAdministrator(server.parts.store, 1);
		expect(first).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
		expect(await createFirstAdministrator(server.parts.store, 2)).toBeNull();
		expect((await signIn("ADMIN", first ?? "")).json()).toMatchObject({ user: { name: "admin", role: "admin" } });
	});

	it("keeps neither password nor cookie in the database", async () => {
		await server.person("anna", "duty_officer");
		const [answer] = [await signIn("anna", password)];
		const cookie = String(answer.headers["set-cookie"]).match(/keepclear=([^;]+)/)?.[1] ?? "";
		expect(cookie.length).toBeGreaterThan(40);
		const rows = JSON.stringify([
			server.parts.store.prepare("SELECT * FROM users").all(),
			server.parts.store.prepare("SELECT * FROM sessions").all(),
		]);
		expect(rows).toContain("$argon2id$");
		expect(rows).not.toContain(password);
		expect(rows).not.toContain(cookie);
	});

	it("sets a cookie that scripts do not see and that other sites' pages do not send; with https, Secure too", async () => {
		await server.person("anna", "duty_officer");
		const plain = String((await signIn("anna", password)).headers["set-cookie"]);
		expect(plain).toContain("HttpOnly");
		expect(plain).toContain("SameSite=Strict");
		expect(plain).not.toContain("Secure");
		const https = await buildTestApp({ publicUrl: "https://keepclear.example" });
		try {
			await https.person("anna", "duty_officer");
			const answer = await https.nobody("POST", "/api/session", { json: { name: "anna", password } });
			expect(String(answer.headers["set-cookie"])).toMatch(/^__Host-keepclear=.*; Secure$/);
			expect(answer.headers["strict-transport-security"]).toBeDefined();
		} finally {
			await https.close();
		}
	});

	it("says the same of a wrong password, an unknown name and a disabled user", async () => {
		await server.person("anna", "duty_officer");
		await server.person("boss", "admin");
		disableUser(server.parts.store, "anna", 5);
		const answers = [
			await signIn("boss", "wrong-password"),
			await signIn("nobody", password),
			await signIn("anna", password),
		];
		expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401]);
		expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
	});

	it("stops guessing from one address, and lets in again after a while", async () => {
		await server.person("anna", "duty_officer");
		for (let i = 0; i < 10; i++) expect((await signIn(`guess-${i}`, "wrong-password")).statusCode).toBe(401);
		const refused = await signIn("anna", password);
		expect(refused.statusCode).toBe(429);
		expect(Number(refused.headers["retry-after"])).toBeGreaterThan(800);
		server.clock.now += 15 * 60_000 + 1;
		expect((await signIn("anna", password)).statusCode).toBe(200);
	});

	it("stops guessing one name from many addresses, known or not", async () => {
		const spread = await buildTestApp({ listen: { trustedProxies: ["127.0.0.1"] } });
		try {
			for (const name of ["anna", "no-such-name"]) {
				const statuses = [];
				for (let i = 0; i < 31; i++) {
					const headers = { "x-forwarded-for": `10.0.${name.length}.${i}` };
					const json = { name, password: "wrong-password" };
					statuses.push((await spread.nobody("POST", "/api/session", { json, headers })).statusCode);
				}
				expect(statuses.filter((status) => status === 401)).toHaveLength(30);
				expect(statuses.at(-1)).toBe(429);
			}
		} finally {
			await spread.close();
		}
	});

	it("does not believe X-Forwarded-For of who is no proxy of ours", async () => {
		for (let i = 0; i < 10; i++) await signIn(`guess-${i}`, "wrong-password", { "x-forwarded-for": `10.0.0.${i}` });
		expect((await signIn("anna", "x", { "x-forwarded-for": "10.9.9.9" })).statusCode).toBe(429);
	});

	it("counts many tries at once each", async () => {
		const answers = await Promise.all(Array.from({ length: 20 }, () => signIn("anna", "wrong-password")));
		expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(10);
	});

	it("ends a session that was idle, and every session in the end", async () => {
		const { idleMs, absoluteMs } = server.parts.config.sessions;
		const idle = await server.person("anna", "duty_officer");
		server.clock.now += idleMs - 1;
		expect((await idle("GET", "/api/session")).statusCode).toBe(200);
		server.clock.now += idleMs - 1;
		expect((await idle("GET", "/api/session")).statusCode).toBe(200);
		server.clock.now += idleMs;
		expect((await idle("GET", "/api/session")).statusCode).toBe(401);

		const busy = await server.person("berta", "duty_officer");
		for (let passed = 0; passed < absoluteMs; passed += idleMs / 2) {
			expect((await busy("GET", "/api/session")).statusCode).toBe(200);
			server.clock.now += idleMs / 2;
		}
		expect((await busy("GET", "/api/session")).statusCode).toBe(401);
	});

	it("ends sessions by signing out, by a new password, and by disabling the user", async () => {
		const anna = await server.person("anna", "duty_officer");
		expect((await anna("DELETE", "/api/session")).statusCode).toBe(204);
		expect((await anna("GET", "/api/session")).statusCode).toBe(401);

		const berta = await server.person("berta", "duty_officer");
		await changePassword(server.parts.store, "berta");
		expect((await berta("GET", "/api/session")).statusCode).toBe(401);

		const chris = await server.person("chris", "duty_officer");
		disableUser(server.parts.store, "chris", 5);
		expect((await chris("GET", "/api/session")).statusCode).toBe(401);
	});

	it("refuses a sign-in that another site's page sends", async () => {
		await server.person("anna", "duty_officer");
		const answer = await signIn("anna", password, { origin: "https://evil.example" });
		expect(answer.json()).toMatchObject({ error: "foreign_origin" });
		expect(
			(await signIn("anna", password, { origin: "http://localhost:8080", host: "localhost:8080" })).statusCode,
		).toBe(200);
	});

	it("never disables the last administrator", async () => {
		await server.person("boss", "admin");
		expect(() => disableUser(server.parts.store, "boss", 5)).toThrow("last administrator");
	});
});
