import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setDisabledAt, setPasswordHash } from "../../src/server/accounts/accounts-store.ts";
import { removeFactor } from "../../src/server/accounts/factors-actions.ts";
import { hasFactor } from "../../src/server/accounts/factors-store.ts";
import { changeOwnPassword } from "../../src/server/accounts/password-actions.ts";
import { hashPassword, passwordFits } from "../../src/server/accounts/password-hash.ts";
import type { Visitor } from "../../src/server/accounts/sessions-actions.ts";
import { deleteSessionsOf, type SignedIn } from "../../src/server/accounts/sessions-store.ts";
import { signIn } from "../../src/server/accounts/sign-in-actions.ts";
import { buildStrictApp, codeNow, withFactor } from "../support/second-factor.ts";
import { password, type TestApp } from "../support/server-app.ts";

const next = "another-horse-battery";
const visitor: Visitor = { address: "10.0.0.7", agent: "", session: null, browser: null, ticket: null };

let server: TestApp;
beforeEach(async () => {
	server = await buildStrictApp();
});
afterEach(() => server.close());

const rowOf = (name: string) =>
	server.parts.store
		.prepare<[string], { id: string; name: string; hash: string }>(
			"SELECT id, name, password_hash AS hash FROM users WHERE name = ?",
		)
		.get(name)!;
const countOf = (table: string, userId: string) =>
	server.parts.store.prepare(`SELECT count(*) FROM ${table} WHERE user_id = ?`).pluck().get(userId);
const personOf = (name: string) =>
	({
		user: { ...rowOf(name), role: "duty_officer", receiverId: null, scopes: [] },
		sessionId: "x",
	}) as unknown as SignedIn;

/** What an administrator does while a password is being looked at, which has begun. */
async function meanwhile<T>(
	begin: () => Promise<T>,
	userId: string,
	change: "password" | "disabled",
): Promise<unknown> {
	const { store, now } = server.parts;
	const hash = await hashPassword(next);
	const under = begin(); // up to the look at the password, which takes a while
	if (change === "password") setPasswordHash(store, userId, hash);
	else setDisabledAt(store, userId, now());
	deleteSessionsOf(store, userId);
	return under.then(
		() => "done",
		(error: unknown) => (error as { status?: number }).status,
	);
}

describe.each(["password", "disabled"] as const)("while a password is looked at (%s is changed)", (change) => {
	it("a sign-in by the one before opens nothing", async () => {
		await server.person("anna", "duty_officer");
		const { id } = rowOf("anna");
		const begin = () => signIn(server.parts, { name: "anna", password }, visitor);
		expect(await meanwhile(begin, id, change)).toBe(401);
		expect(countOf("sessions", id)).toBe(0);
	});

	it("nor does one that owes a code get as far as that", async () => {
		await withFactor(server, "boss");
		const { id } = rowOf("boss");
		const begin = () => signIn(server.parts, { name: "boss", password }, visitor);
		expect(await meanwhile(begin, id, change)).toBe(401);
		expect(countOf("sign_in_tickets", id)).toBe(0);
	});

	it("a change by the one before does not put its own in the place", async () => {
		await server.person("anna", "duty_officer");
		const { id, hash } = rowOf("anna");
		const begin = () =>
			changeOwnPassword(server.parts, personOf("anna"), { current: password, next: "a-thief-s-own-battery" }, visitor);
		expect(await meanwhile(begin, id, change)).toBe(400);
		expect(countOf("sessions", id)).toBe(0);
		if (change === "password") expect(await passwordFits(next, rowOf("anna").hash)).toBe(true);
		else expect(rowOf("anna").hash).toBe(hash);
	});

	it("a second factor does not go by the one before, and its code is not used up", async () => {
		const { secret } = await withFactor(server, "anna", "duty_officer");
		const { id } = rowOf("anna");
		const code = codeNow(server, secret);
		expect(await meanwhile(() => removeFactor(server.parts, personOf("anna"), { password, code }), id, change)).toBe(
			400,
		);
		expect(hasFactor(server.parts.store, id)).toBe(true);
	});
});

it("a password is looked at as long as it takes, and lets in where nothing was changed meanwhile", async () => {
	await server.person("anna", "duty_officer");
	expect(await signIn(server.parts, { name: "anna", password }, visitor)).toHaveProperty("cookie");
});
