import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CodeAnswer, type EnrolAnswer, type EnrolGrant, enrolText } from "#contract/enrolment-api.ts";
import type { EdgeAnswer } from "#contract/edges-api.ts";
import { codeAgainForMs, codeForMs, mostCodeFailures } from "#core/enrolment/code.ts";
import { sha256Of } from "#platform/digest.ts";
import { type EnrolmentKeys, enrolmentKeysOf, isProof } from "#platform/enrolment-keys.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

let server: TestApp;
let admin: Inject;
let oldToken: string;

beforeEach(async () => {
	server = await buildTestApp();
	admin = await server.person("boss", "admin");
	oldToken = server.edge("edge-1").token;
});
afterEach(() => server.close());

const makeCode = async (id = "edge-1") => (await admin("POST", `/api/edges/${id}/code`)).json<CodeAnswer>();
const edgeNow = async (id = "edge-1") =>
	(await admin("GET", "/api/edges")).json<{ edges: EdgeAnswer[] }>().edges.find((edge) => edge.id === id);
const configWith = async (token: string) =>
	(await server.nobody("GET", "/api/edge/config", { headers: { authorization: `Bearer ${token}` } })).statusCode;

/** They take a while to make. */
const keysOf = new Map<string, EnrolmentKeys>();

/** As an edge asks; `forge`: with a signature of another text. */
async function ask(code: string, token: string, { forge = false, address = "10.1.1.1" } = {}) {
	const keys = keysOf.get(code) ?? enrolmentKeysOf(code);
	keysOf.set(code, keys);
	const asked = { publicKey: keys.publicKey, tokenSha256: sha256Of(token) };
	const signatureBase64 = keys.sign(forge ? "another text" : enrolText(asked));
	return server.app.inject({
		...{ method: "POST", url: "/api/enrolment", remoteAddress: address },
		payload: { ...asked, signatureBase64 },
	});
}

describe("an edge's one-time code", () => {
	it("gives its edge the token that it asks for, ends the one before, and proves the answer", async () => {
		const { code, until, edge } = await makeCode();
		expect(until).toBe(server.clock.now + codeForMs);
		expect(edge).toMatchObject({ id: "edge-1", codeUntil: until, enrolledAt: null });
		expect(await configWith(oldToken)).toBe(200);
		const answer = await ask(code, "a-new-token");
		expect(answer.statusCode, answer.body).toBe(200);
		const { grant, proof } = answer.json<EnrolAnswer>();
		const keys = enrolmentKeysOf(code);
		const text = enrolText({ publicKey: keys.publicKey, tokenSha256: sha256Of("a-new-token") });
		expect(isProof(keys.serverKey, text + grant, proof)).toBe(true);
		expect(JSON.parse(grant)).toEqual({
			...{ edgeId: "edge-1", siteId: "estate", name: "edge-1" },
			...{ mqtt: { port: 1883, tls: false }, authority: null },
		} satisfies EnrolGrant);
		expect([await configWith(oldToken), await configWith("a-new-token")]).toEqual([401, 200]);
		expect(await edgeNow()).toMatchObject({ enrolledAt: server.clock.now, codeUntil: null });
		const ledger = server.parts.store.prepare("SELECT what, who FROM ledger WHERE on_id = 'edge-1'").all();
		expect(ledger).toContainEqual({ what: "edge_enrolled", who: "edge-1" });
		expect(ledger).toContainEqual({ what: "enrolment_code_made", who: expect.any(String) as string });
	});

	it("comes with a new edge, which has no other way in", async () => {
		const json = { id: "edge-2", siteId: "estate", name: "东门" };
		const answer = await admin("POST", "/api/edges", { json });
		expect(answer.statusCode).toBe(201);
		expect(answer.json()).not.toHaveProperty("token");
		const { code } = answer.json<CodeAnswer>();
		expect((await ask(code, "token-of-edge-2")).statusCode).toBe(200);
		expect(await configWith("token-of-edge-2")).toBe(200);
	});

	it("works once: the same token is granted again for some minutes, another never", async () => {
		const { code } = await makeCode();
		const first = (await ask(code, "mine")).json<EnrolAnswer>();
		server.clock.now += codeAgainForMs - 1;
		expect((await ask(code, "mine")).json()).toEqual(first);
		expect((await ask(code, "theirs")).json()).toMatchObject({ error: "code_used" });
		expect([await configWith("mine"), await configWith("theirs")]).toEqual([200, 401]);
		server.clock.now += 2;
		expect((await ask(code, "mine")).json()).toMatchObject({ error: "code_used" });
		expect(await configWith("mine")).toBe(200);
	});

	it("does not bring back what a newer code or a revocation ended", async () => {
		const { code } = await makeCode();
		await ask(code, "first");
		const newer = await makeCode();
		expect((await ask(code, "first")).json()).toMatchObject({ error: "wrong_code" });
		await ask(newer.code, "second");
		await admin("DELETE", "/api/edges/edge-1");
		expect((await ask(newer.code, "second")).json()).toMatchObject({ error: "wrong_code" });
		expect([await configWith("first"), await configWith("second")]).toEqual([401, 401]);
	});

	it("holds half an hour", async () => {
		const { code, until } = await makeCode();
		server.clock.now = until + 1;
		expect((await ask(code, "mine")).json()).toMatchObject({ error: "code_over" });
		expect(await configWith(oldToken)).toBe(200);
	});

	it("is void after some requests that name it and are not signed with it", async () => {
		const { code } = await makeCode();
		for (let n = 0; n < mostCodeFailures; n++) {
			expect((await ask(code, "mine", { forge: true, address: `10.2.0.${n}` })).json()).toMatchObject({
				error: "wrong_code",
			});
		}
		expect((await ask(code, "mine")).json()).toMatchObject({ error: "code_over" });
	});

	it("is not found by trying: ten tries an address in a quarter of an hour, also from one network of IPv6", async () => {
		const { code } = await makeCode();
		const wrong = (await makeCode()).code === code ? "" : code; // replaced: it is none any more
		const { code: right } = await makeCode();
		const tries = async (address: (n: number) => string) => {
			const seen: number[] = [];
			for (let n = 0; n < 11; n++) seen.push((await ask(wrong, "mine", { address: address(n) })).statusCode);
			return seen;
		};
		expect(await tries(() => "10.3.3.3")).toEqual([...Array<number>(10).fill(401), 429]);
		expect(await tries((n) => `2001:db8:1:2::${n + 1}`)).toEqual([...Array<number>(10).fill(401), 429]);
		expect((await ask(right, "mine", { address: "10.3.3.3" })).statusCode).toBe(429);
		expect((await ask(right, "mine", { address: "10.3.3.4" })).statusCode).toBe(200);
		const anna = await server.person("anna", "duty_officer"); // people sign in from there all the same
		expect((await anna("GET", "/api/wall")).statusCode).toBe(200);
	});

	it("stands in no file of the server, and neither does what proves its answer", async () => {
		const { code } = await makeCode();
		const { serverKey, publicKey } = enrolmentKeysOf(code);
		const names = await readdir(server.dataFolder, { recursive: true, withFileTypes: true });
		const files = names.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
		const texts = await Promise.all(files.map((file) => readFile(file)));
		for (const secret of [code, code.replaceAll("-", ""), serverKey]) {
			expect(texts.some((text) => text.includes(secret))).toBe(false);
		}
		expect(texts.some((text) => text.includes(publicKey))).toBe(true); // the search finds what is there
	});

	it("is refused in a body that is none", async () => {
		const post = (json: object) => server.nobody("POST", "/api/enrolment", { json });
		expect((await post({})).statusCode).toBe(400);
		const body = { publicKey: "00".repeat(32), tokenSha256: "00".repeat(32), signatureBase64: "AAAA" };
		expect((await post(body)).statusCode).toBe(401);
		expect((await post({ ...body, more: 1 })).statusCode).toBe(400);
		const headers = { origin: "https://evil.example" };
		expect((await server.nobody("POST", "/api/enrolment", { json: body, headers })).statusCode).toBe(403);
	});
});
