import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FactorDraft } from "#contract/factor-api.ts";
import { resetFactorByName } from "../../src/server/accounts/accounts-actions.ts";
import { keyFileOf } from "../../src/server/secrets/key-file.ts";
import { forgetSecrets, rotateKey } from "../../src/server/secrets/sealed-values.ts";
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
import { password, type TestApp } from "../support/server-app.ts";

let server: TestApp;
beforeEach(async () => {
	server = await buildStrictApp();
});
afterEach(() => server.close());

describe("secrets of the second factor", () => {
	it("lie sealed, and recovery codes as hashes; another key opens them", async () => {
		const { secret, codes, desk } = await withFactor(server, "boss");
		const drafted = await desk.call("POST", "/api/account/factor/draft", {
			json: { password, code: codeNow(server, secret) },
		});
		const { store, config } = server.parts;
		const stored = ["user_factors", "factor_drafts", "recovery_codes", "sign_in_tickets", "ledger"]
			.flatMap((table) => store.prepare(`SELECT * FROM ${table}`).all())
			.map((row) => JSON.stringify(row))
			.join("\n");
		expect(stored).toContain("k1.");
		for (const known of [
			secret,
			drafted.json<FactorDraft>().secret,
			...codes,
			...codes.map((code) => code.replaceAll("-", "")),
		]) {
			expect(stored).not.toContain(known);
		}
		for (const path of ["/api/account/factor", "/api/users", "/api/session", "/api/audit"]) {
			expect((await desk.call("GET", path)).body, path).not.toContain(secret);
		}
		expect(await rotateKey(store, keyFileOf(config))).toBe(2);
		await desk.signIn("boss");
		expect((await desk.code(nextCode(server, secret))).statusCode).toBe(200);
	});

	it("go with a key that is lost: it is set up anew", async () => {
		const { desk } = await withFactor(server, "boss");
		const { store, config } = server.parts;
		expect(await forgetSecrets(store, keyFileOf(config))).toEqual({ cameras: 0, factors: 1 });
		expect((await desk.signIn("boss")).json()).toMatchObject({ factorDue: true });
	});
});

describe("another in its place, or none", () => {
	it("asks for the password and a code, and does not say which was wrong; a code is not used up by a wrong password", async () => {
		const { secret, desk } = await withFactor(server, "anna", "duty_officer");
		const remove = (json: object) => desk.call("POST", "/api/account/factor/remove", { json });
		const wrong = [
			await remove({ password: "wrong-password", code: codeNow(server, secret) }),
			await remove({ password, code: "000000" }),
			await remove({ password: "wrong-password", code: "000000" }),
		];
		expect(wrong.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400]);
		expect(new Set(wrong.map(({ body }) => body)).size).toBe(1);
		expect((await remove({ password, code: codeNow(server, secret) })).statusCode).toBe(204);
		expect((await desk.signIn("anna")).statusCode).toBe(200);
		expect(ledgerRows(server, "factor_removed")).toHaveLength(1);
	});

	it("stops who guesses at a page that was left open", async () => {
		const { secret, desk } = await withFactor(server, "anna", "duty_officer");
		const remove = (json: object) => desk.call("POST", "/api/account/factor/remove", { json });
		for (let i = 0; i < 10; i++)
			expect((await remove({ password: "guess-guess", code: codeNow(server, secret) })).statusCode).toBe(400);
		expect((await remove({ password, code: codeNow(server, secret) })).statusCode).toBe(429);
	});

	it("is not removed where the role needs it, but replaced: the one before holds until the new one is confirmed", async () => {
		const { secret, codes, desk } = await withFactor(server, "boss");
		const refused = await desk.call("POST", "/api/account/factor/remove", {
			json: { password, code: codeNow(server, secret) },
		});
		expect(errorOf(refused)).toBe("factor_required");
		const draft = (json: object) => desk.call("POST", "/api/account/factor/draft", { json });
		expect((await draft({})).json()).toMatchObject({ problems: [{ path: "proof" }] });
		expect((await draft({ password })).json()).toMatchObject({ problems: [{ path: "proof" }] });
		await draft({ password, code: codeNow(server, secret) });
		const other = browserAt(server, "10.0.0.2");
		await other.signIn("boss");
		expect((await other.code(nextCode(server, secret))).statusCode).toBe(200);

		// The telephone is lost, a recovery code is not.
		const another = await setUp(server, desk, { password, code: codes[0] });
		expect((await other.call("GET", "/api/session")).statusCode).toBe(401);
		await other.signIn("boss");
		expect((await other.code(nextCode(server, secret))).statusCode).toBe(401);
		expect((await other.code(codes[1] ?? "")).statusCode).toBe(401);
		expect((await other.code(codeNow(server, another.secret))).statusCode).toBe(200);
		expect(ledgerRows(server, "factor_set_up").map(({ detail }) => detail)[1]).toMatchObject({
			instead: true,
		});
	});
});

describe("a lost telephone", () => {
	it("is reset by another administrator: sessions end, the next sign-in sets it up anew, and it is recorded", async () => {
		const { desk } = await withFactor(server, "boss");
		const lost = await withFactor(server, "lost", "fire_station");
		const idOf = (name: string) =>
			server.parts.store.prepare("SELECT id FROM users WHERE name = ?").pluck().get(name) as string;
		const reset = (name: string) => desk.call("DELETE", `/api/users/${idOf(name)}/factor`);
		expect(errorOf(await reset("boss"))).toBe("own_account");
		expect((await reset("lost")).statusCode).toBe(204);
		expect(errorOf(await reset("lost"))).toBe("no_factor");
		expect((await lost.desk.call("GET", "/api/session")).statusCode).toBe(401);
		expect((await lost.desk.signIn("lost")).json()).toMatchObject({ factorDue: true });
		await setUp(server, lost.desk);
		expect(ledgerRows(server, "factor_reset").map(({ who }) => who)).toEqual([idOf("boss")]);
	});

	it("is reset on the command line", async () => {
		const { desk } = await withFactor(server, "boss");
		resetFactorByName(server.parts.store, "boss", server.clock.now);
		expect(() => resetFactorByName(server.parts.store, "boss", server.clock.now)).toThrow("boss: has no second factor");
		expect((await desk.call("GET", "/api/session")).statusCode).toBe(401);
		expect(ledgerRows(server, "factor_reset").map(({ who }) => who)).toEqual(["command line"]);
	});
});
