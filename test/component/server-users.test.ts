import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PasswordAnswer, UserAnswer } from "#contract/users-api.ts";
import { buildTestApp, type Inject, password, type TestApp } from "../support/server-app.ts";

let server: TestApp;
let boss: Inject;
beforeEach(async () => {
	server = await buildTestApp();
	boss = await server.person("boss", "admin");
	server.edge("edge-1", "estate");
	server.edge("edge-2", "harbour");
});
afterEach(() => server.close());

const atEstate = [{ kind: "site" as const, id: "estate" }];
const usersOf = async (by: Inject) => (await by("GET", "/api/users")).json<{ users: UserAnswer[] }>().users;
const add = async (json: object, by = boss) => by("POST", "/api/users", { json });
const named = async (name: string, by = boss): Promise<UserAnswer> => {
	const user = (await usersOf(by)).find((one) => one.name === name);
	if (!user) throw new Error(`${name} is not listed`);
	return user;
};
async function signIn(name: string, secret: string): Promise<Inject> {
	const answer = await server.nobody("POST", "/api/session", { json: { name, password: secret } });
	if (answer.statusCode !== 200) throw new Error(answer.body);
	const sessionIn = (headers: object) => /keepclear=[^;]+/.exec(JSON.stringify(headers))?.[0] ?? "";
	let cookie = sessionIn(answer.headers);
	const csrfToken = async () =>
		(await server.nobody("GET", "/api/session", { headers: { cookie } })).json<{ csrfToken?: string }>().csrfToken ??
		"";
	return async (method, url, more = {}) => {
		const headers = { cookie, "x-csrf-token": await csrfToken(), ...more.headers };
		const came = await server.nobody(method, url, { ...more, headers });
		if (came.headers["set-cookie"] !== undefined) cookie = sessionIn(came.headers); // as a browser does
		return came;
	};
}

describe("adding a user", () => {
	it("tells a one-time password once; until another is chosen nothing else is let through", async () => {
		const answer = await add({ name: "小赵 Zhao", role: "duty_officer", scopes: atEstate });
		expect(answer.statusCode).toBe(201);
		expect(answer.headers["cache-control"]).toBe("no-store");
		const { user, password: first } = answer.json<PasswordAnswer>();
		expect(user).toMatchObject({ role: "duty_officer", mustChangePassword: true, signedInAt: null, sessions: 0 });
		expect(JSON.stringify(await usersOf(boss))).not.toContain(first);

		const zhao = await signIn("小赵 Zhao", first);
		expect((await zhao("GET", "/api/session")).json()).toMatchObject({ mustChangePassword: true });
		const refused = await zhao("GET", "/api/wall");
		expect([refused.statusCode, refused.json<{ error: string }>().error]).toEqual([403, "password_due"]);
		const change = (current: string, next: string) => zhao("PUT", "/api/session/password", { json: { current, next } });
		expect((await change("wrong", "a-new-password-8")).json()).toMatchObject({ problems: [{ path: "current" }] });
		expect((await change(first, "short")).json()).toMatchObject({ problems: [{ path: "next" }] });
		expect((await change(first, first)).json()).toMatchObject({ problems: [{ path: "next" }] });
		const second = await signIn("小赵 Zhao", first); // another browser
		expect((await change(first, "a-new-password-8")).statusCode).toBe(204);
		expect((await zhao("GET", "/api/wall")).statusCode).toBe(200);
		expect((await second("GET", "/api/session")).statusCode).toBe(401);
		expect(await named("小赵 Zhao")).toMatchObject({ mustChangePassword: false, sessions: 1 });
		expect((await named("小赵 Zhao")).signedInAt).toBe(server.clock.now);
	});

	it("says at the field what is wrong", async () => {
		const at = async (json: object) => (await add(json)).json<{ problems: { path: string }[] }>().problems[0];
		await add({ name: "anna", role: "guard", scopes: atEstate });
		expect(await at({ name: "ANNA", role: "guard", scopes: atEstate })).toEqual({
			path: "name",
			message: "name_taken",
		});
		for (const name of ["", "🚒", "-x", "x".repeat(81), "a\nb"]) {
			expect(await at({ name, role: "guard", scopes: atEstate }), name).toMatchObject({ path: "name" });
		}
		expect(await at({ name: "x", role: "guard", scopes: [] })).toMatchObject({ path: "scopes" });
		expect(await at({ name: "x", role: "guard", scopes: [{ kind: "site", id: "none" }] })).toMatchObject({
			...{ path: "scopes" },
		});
		expect(await at({ name: "x", role: "traffic_police", scopes: [] })).toMatchObject({ path: "receiverId" });
		expect(await at({ name: "x", role: "boss", scopes: atEstate })).toMatchObject({ path: "role" });
	});
});

describe("changing a user", () => {
	it("takes effect at once; the second of two who do it is told who was first", async () => {
		const lead = await server.person("lead", "admin");
		const anna = await server.person("anna", "duty_officer", { scopes: atEstate });
		const { id, revision } = await named("anna");
		const grant = { role: "guard", scopes: [{ kind: "site", id: "harbour" }] };
		const patch = (by: Inject, json: object) => by("PATCH", `/api/users/${id}`, { json });
		expect((await anna("GET", "/api/policy")).statusCode).toBe(200);
		expect((await patch(lead, { revision, grant })).json()).toMatchObject({ ...grant, revision: revision + 1 });
		expect((await anna("GET", "/api/handling/people")).statusCode).toBe(200);
		expect((await anna("GET", "/api/history")).statusCode).toBe(403);
		const late = await patch(boss, { revision, disabled: true });
		expect([late.statusCode, late.json()]).toMatchObject([
			409,
			{ error: "changed_meanwhile", meanwhile: [{ by: "lead", at: server.clock.now }] },
		]);
		expect((await named("anna")).disabledAt).toBeNull();
	});

	it("disables, which signs out, and enables again; ends sessions; makes a new one-time password", async () => {
		const anna = await server.person("anna", "duty_officer", { scopes: atEstate });
		const { id } = await named("anna");
		const disable = async (disabled: boolean) =>
			boss("PATCH", `/api/users/${id}`, { json: { revision: (await named("anna")).revision, disabled } });
		expect((await disable(true)).statusCode).toBe(200);
		expect((await anna("GET", "/api/session")).statusCode).toBe(401);
		await expect(signIn("anna", password)).rejects.toThrow("wrong_credentials");
		await disable(false);
		const again = await signIn("anna", password);
		expect((await boss("DELETE", `/api/users/${id}/sessions`)).statusCode).toBe(204);
		expect((await again("GET", "/api/session")).statusCode).toBe(401);
		const made = (await boss("POST", `/api/users/${id}/password`)).json<PasswordAnswer>();
		await expect(signIn("anna", password)).rejects.toThrow("wrong_credentials");
		expect((await (await signIn("anna", made.password))("GET", "/api/alerts")).statusCode).toBe(403);
	});

	it("never locks out the last administrator, nor lets anyone change himself", async () => {
		const own = await named("boss");
		const patch = (id: string, json: object, by = boss) => by("PATCH", `/api/users/${id}`, { json });
		const errorOf = async (answer: ReturnType<typeof patch>) => {
			const { statusCode, body } = await answer;
			return [statusCode, (JSON.parse(body) as { error: string }).error];
		};
		expect(await errorOf(patch(own.id, { revision: 1, disabled: true }))).toEqual([409, "own_account"]);
		expect(await errorOf(boss("POST", `/api/users/${own.id}/password`))).toEqual([409, "own_account"]);
		const lead = await server.person("lead", "admin");
		const { id, revision } = await named("lead");
		const grant = { role: "guard", scopes: atEstate };
		expect((await patch(id, { revision, grant })).statusCode).toBe(200);
		// Two administrators who disable each other at once: the database lets one of them through.
		await patch(id, { revision: revision + 1, grant: { role: "admin", scopes: [{ kind: "all" }] } });
		const answers = await Promise.all([
			patch(own.id, { revision: 1, disabled: true }, lead),
			patch(id, { revision: revision + 2, disabled: true }),
		]);
		const left = server.parts.store.prepare("SELECT count(*) FROM users WHERE role = 'admin' AND disabled_at IS NULL");
		expect(left.pluck().get(), answers.map(({ body }) => body).join()).toBe(1);
	});
});

describe("an administrator of one site", () => {
	it("sees and changes the people of that site alone, and gives no more than he has", async () => {
		const local = await server.person("local", "admin", { scopes: atEstate });
		await add({ name: "ours", role: "guard", scopes: atEstate });
		await add({ name: "theirs", role: "guard", scopes: [{ kind: "site", id: "harbour" }] });
		await add({ name: "both", role: "guard", scopes: [...atEstate, { kind: "site", id: "harbour" }] });
		expect((await usersOf(local)).map(({ name }) => name)).toEqual(["local", "ours"]);
		const theirs = await named("theirs");
		for (const call of [
			local("PATCH", `/api/users/${theirs.id}`, { json: { revision: 1, disabled: true } }),
			local("POST", `/api/users/${theirs.id}/password`),
			local("DELETE", `/api/users/${theirs.id}/sessions`),
		]) {
			expect((await call).statusCode).toBe(404);
		}
		const fields = async (json: object) => (await add(json, local)).json<{ problems: { path: string }[] }>().problems;
		expect(await fields({ name: "x", role: "admin", scopes: [{ kind: "all" }] })).toMatchObject([{ path: "scopes" }]);
		expect(await fields({ name: "x", role: "guard", scopes: theirs.scopes })).toMatchObject([{ path: "scopes" }]);
		expect((await add({ name: "second", role: "admin", scopes: atEstate }, local)).statusCode).toBe(201);
	});
});
