import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changePassword, disableUser, resetFactorByName } from "../../src/server/accounts/accounts-actions.ts";
import { browserAt, buildStrictApp, codeNow, errorOf, ledgerRows, withFactor } from "../support/second-factor.ts";
import { password, type TestApp } from "../support/server-app.ts";

let server: TestApp;
beforeEach(async () => {
	server = await buildStrictApp();
});
afterEach(() => server.close());

describe("signing in with it", () => {
	it("takes the password, then a code, once; a ticket opens nothing", async () => {
		const { secret } = await withFactor(server, "boss");
		const desk = browserAt(server);
		const half = await desk.signIn("boss");
		expect([half.statusCode, half.json()]).toEqual([202, { secondStep: "code", endsAt: server.clock.now + 600_000 }]);
		expect([...desk.jar.keys()]).toEqual(["keepclear-ticket"]);
		expect(String(half.headers["set-cookie"])).toMatch(/HttpOnly; SameSite=Strict; Max-Age=600/);
		const ticket = desk.jar.get("keepclear-ticket") ?? "";
		const asSession = await server.nobody("GET", "/api/session", { headers: { cookie: `keepclear=${ticket}` } });
		expect(asSession.statusCode).toBe(401);

		expect(errorOf(await desk.code("000000"))).toBe("wrong_code");
		const code = codeNow(server, secret);
		const entered = await desk.code(`${code.slice(0, 3)} ${code.slice(3)}`);
		expect(entered.json()).toMatchObject({ user: { name: "boss" }, factorDue: false });
		expect([...desk.jar.keys()].sort()).toEqual(["keepclear", "keepclear-browser"]);
		expect((await desk.call("GET", "/api/users")).statusCode).toBe(200);

		// The same code, from whoever looked over the shoulder; the ticket is used up as well.
		const other = browserAt(server);
		other.jar.set("keepclear-ticket", ticket);
		expect(errorOf(await other.code(code))).toBe("ticket_over");
		await other.signIn("boss");
		const used = await other.code(code);
		expect(errorOf(used)).toBe("wrong_code");
		expect(used.body).toBe((await other.code("000000")).body);
		expect(errorOf(await other.code(codeNow(server, secret, -1)))).toBe("wrong_code"); // one before it is no better
		expect((await other.code(codeNow(server, secret, 1))).statusCode).toBe(200);
	});

	it("takes a code one step early and one late, and none beyond", async () => {
		const { secret } = await withFactor(server, "boss");
		for (const [steps, status] of [
			[-2, 401],
			[2, 401],
			[-1, 200],
			[1, 200],
		] as const) {
			server.clock.now += 300_000;
			const desk = browserAt(server);
			await desk.signIn("boss");
			expect([steps, (await desk.code(codeNow(server, secret, steps))).statusCode]).toEqual([steps, status]);
		}
	});

	it("takes one of two that come at once", async () => {
		const { secret } = await withFactor(server, "boss");
		const [one, other] = [browserAt(server), browserAt(server)];
		await one.signIn("boss");
		await other.signIn("boss");
		const code = codeNow(server, secret);
		const answers = await Promise.all([one.code(code), other.code(code)]);
		expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401]);
	});

	it("ends a ticket after five wrong codes, and says so to the owner's administrator", async () => {
		const { secret } = await withFactor(server, "boss");
		const thief = browserAt(server, "10.6.6.6");
		await thief.signIn("boss");
		const said = [];
		for (let i = 0; i < 5; i++) said.push(errorOf(await thief.code("000000")));
		expect(said).toEqual([...Array<string>(4).fill("wrong_code"), "ticket_over"]);
		expect(errorOf(await thief.code(codeNow(server, secret)))).toBe("ticket_over");
		expect(ledgerRows(server, "code_refused").map(({ detail }) => detail)).toEqual([{ address: "10.6.6.6" }]);
	});

	it("stops who has the password and guesses codes from many addresses; the usual desk goes on", async () => {
		const { secret, desk } = await withFactor(server, "boss");
		const statuses = [];
		for (let i = 0; i < 4; i++) {
			const thief = browserAt(server, `10.6.0.${i}`);
			await thief.signIn("boss");
			for (let guess = 0; guess < 4; guess++) statuses.push((await thief.code("000000")).statusCode);
		}
		expect(statuses.filter((status) => status === 401)).toHaveLength(10);
		expect(statuses.at(-1)).toBe(429);
		const stranger = browserAt(server, "10.7.0.1");
		expect((await stranger.signIn("boss")).statusCode).toBe(202);
		expect((await stranger.code(codeNow(server, secret))).statusCode).toBe(429);
		// Somebody signed in at this desk before.
		await desk.call("DELETE", "/api/session");
		expect((await desk.signIn("boss")).statusCode).toBe(202);
		expect((await desk.code(codeNow(server, secret))).statusCode).toBe(200);
		server.clock.now += 15 * 60_000 + 1;
		await stranger.signIn("boss");
		expect((await stranger.code(codeNow(server, secret))).statusCode).toBe(200);
	});

	it("counts wrong codes as failed sign-ins of their address", async () => {
		await withFactor(server, "boss");
		const thief = browserAt(server, "10.6.6.6");
		for (let i = 0; i < 2; i++) {
			await thief.signIn("boss");
			for (let guess = 0; guess < 5; guess++) await thief.code("000000");
		}
		expect((await thief.signIn("boss")).statusCode).toBe(429);
	});

	it("begins anew after ten minutes, and after a new password, a disabled user and a reset in between", async () => {
		const { secret } = await withFactor(server, "boss");
		await server.person("other boss", "admin");
		const desk = browserAt(server);
		await desk.signIn("boss");
		server.clock.now += 10 * 60_000;
		expect(errorOf(await desk.code(codeNow(server, secret)))).toBe("ticket_over");
		await desk.signIn("boss");
		disableUser(server.parts.store, "boss", server.clock.now);
		expect(errorOf(await desk.code(codeNow(server, secret)))).toBe("ticket_over");
		await changePassword(server.parts.store, "boss", password);
		await desk.signIn("boss");
		await changePassword(server.parts.store, "boss", password);
		expect(errorOf(await desk.code(codeNow(server, secret)))).toBe("ticket_over");
		await desk.signIn("boss");
		resetFactorByName(server.parts.store, "boss", server.clock.now);
		expect(errorOf(await desk.code(codeNow(server, secret)))).toBe("ticket_over");
		expect(server.parts.store.prepare("SELECT count(*) FROM sign_in_tickets").pluck().get()).toBe(0);
	});

	it("gives nobody a session that somebody prepared, and takes no ticket for another person", async () => {
		const { secret } = await withFactor(server, "boss");
		const mallory = await withFactor(server, "mallory");
		const victim = browserAt(server);
		victim.jar.set("keepclear", mallory.desk.jar.get("keepclear") ?? "");
		const planted = browserAt(server);
		await planted.signIn("mallory");
		victim.jar.set("keepclear-ticket", planted.jar.get("keepclear-ticket") ?? "");
		await victim.signIn("boss");
		expect((await victim.code(codeNow(server, secret))).json()).toMatchObject({ user: { name: "boss" } });
		expect(victim.jar.get("keepclear")).not.toBe(mallory.desk.jar.get("keepclear"));
		expect((await mallory.desk.call("GET", "/api/session")).statusCode).toBe(401);
		expect(errorOf(await planted.code(codeNow(server, mallory.secret)))).toBe("ticket_over"); // it was thrown away
	});

	it("tells nothing of it before the password is right", async () => {
		await withFactor(server, "boss");
		await server.person("anna", "duty_officer");
		const desk = browserAt(server);
		const bodies = [];
		for (const name of ["boss", "anna", "nobody"]) bodies.push((await desk.signIn(name, {}, "wrong-password")).body);
		expect(new Set(bodies).size).toBe(1);
		expect(desk.jar.size).toBe(0);
	});
});

describe("recovery codes", () => {
	it("let in once each, as they are written or typed, and stand in the ledger", async () => {
		const { codes } = await withFactor(server, "boss");
		const other = await withFactor(server, "other boss");
		const desk = browserAt(server);
		const tries = [
			[other.codes[0], 401],
			[codes[0]?.toUpperCase().replaceAll("-", " "), 200],
			[codes[0], 401],
			[codes[1], 200],
		] as const;
		for (const [code = "", status] of tries) {
			await desk.signIn("boss");
			expect([code, (await desk.code(code)).statusCode]).toEqual([code, status]);
		}
		expect((await desk.call("GET", "/api/account/factor")).json()).toMatchObject({ recoveryCodesLeft: 8 });
		expect(ledgerRows(server, "recovery_code_used").map(({ detail }) => detail)).toEqual([{ left: 9 }, { left: 8 }]);
	});

	it("are renewed by password and code; those before end", async () => {
		const { secret, codes, desk } = await withFactor(server, "boss");
		const renew = (json: object) => desk.call("POST", "/api/account/factor/recovery-codes", { json });
		const renewed = (await renew({ password, code: codeNow(server, secret) })).json<{ recoveryCodes: string[] }>()
			.recoveryCodes;
		expect(renewed.filter((code) => codes.includes(code))).toEqual([]);
		const other = browserAt(server);
		await other.signIn("boss");
		expect((await other.code(codes[3] ?? "")).statusCode).toBe(401);
		expect((await other.code(renewed[3] ?? "")).statusCode).toBe(200);
		expect(ledgerRows(server, "recovery_codes_renewed")).toHaveLength(1);
	});
});
