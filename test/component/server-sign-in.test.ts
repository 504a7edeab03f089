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

	it("never disables the last administrator", async () => {
		await server.person("boss", "admin");
		await server.person("half", "admin", { scopes: [{ kind: "street", id: "unassigned" }] });
		expect(() => disableUser(server.parts.store, "boss", 5)).toThrow("last administrator");
		disableUser(server.parts.store, "half", 5);
		await server.person("other", "admin");
		disableUser(server.parts.store, "boss", 5);
		expect(() => disableUser(server.parts.store, "other", 5)).toThrow("last administrator");
	});
});
