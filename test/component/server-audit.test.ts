import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditAnswer } from "#contract/audit-api.ts";
import { findBrokenPromises } from "../../src/server/check/check-data.ts";
import { type ClueWorld, putClue, startClueWorld } from "../support/clue.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

let server: TestApp;
let world: ClueWorld;
let auditor: Inject;
beforeAll(async () => {
	server = await buildTestApp({ name: "阳光花园" });
	world = await startClueWorld(server);
	await putClue(world, "clue-1");
	await world.anna("GET", "/api/evidence/clue-1.panorama_entry");
	auditor = await server.person("审计员", "auditor");
});
afterAll(() => server.close());

const audit = async (query = "", by = auditor) => (await by("GET", `/api/audit${query}`)).json<AuditAnswer>();

describe("the auditor", () => {
	it("finds who saw what, by person, action and object, newest first", async () => {
		const { rows, people } = await audit();
		expect(rows.map(({ seq }) => seq)).toEqual(rows.map(({ seq }) => seq).toSorted((a, b) => b - a));
		expect(people.map(({ name }) => name)).toContain("anna");
		const anna = people.find(({ name }) => name === "anna")!.id;
		expect((await audit(`?who=${anna}&what=viewed`)).rows).toMatchObject([
			{ whoName: "anna", what: "viewed", on: { kind: "evidence", id: "clue-1.panorama_entry" }, alertId: "clue-1" },
		]);
		const ofAlert = (await audit("?on=clue-1")).rows;
		expect(ofAlert.length).toBeGreaterThan(1);
		expect(ofAlert.every(({ alertId }) => alertId === "clue-1")).toBe(true);
		const { at } = rows[0]!;
		expect((await audit(`?from=${at + 1}`)).rows).toEqual([]);
		expect((await audit(`?until=${at}`)).rows.every((row) => row.at < at)).toBe(true);
	});

	it("pages through all of it without a gap", async () => {
		const all = (await audit("?limit=200")).rows;
		const first = await audit("?limit=3");
		expect(first.more).toBe(true);
		const next = await audit(`?limit=200&before=${first.rows.at(-1)!.seq}`);
		expect([...first.rows, ...next.rows].map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq));
	});

	it("sees who signed in, and who changed the set-up, without what was in it", async () => {
		expect((await audit("?what=signed_in")).rows.map(({ whoName }) => whoName)).toEqual(
			expect.arrayContaining(["anna", "boss", "审计员"]),
		);
		const json = { name: "西门", edgeId: "edge-1", url: "rtsp://root:hush@10.0.0.9/1" };
		const { id } = (await world.boss("POST", "/api/cameras", { json })).json<{ id: string }>();
		expect((await world.boss("DELETE", `/api/cameras/${id}`)).statusCode).toBe(204);
		const { rows } = await audit(`?what=change_asked&on=${id}`);
		expect(rows).toMatchObject([
			{ whoName: "boss", on: { kind: "camera", id }, detail: { method: "DELETE", route: "/api/cameras/:id" } },
		]);
		expect(JSON.stringify(await audit("?limit=200"))).not.toContain("hush");
	});

	it("is not told of what was refused before it was done", async () => {
		const before = (await audit("?what=change_asked&limit=200")).rows.length;
		expect((await world.anna("POST", "/api/edges", { json: { id: "edge-9", name: "x" } })).statusCode).toBe(403);
		expect((await world.boss("POST", "/api/cameras", { json: {} })).statusCode).toBe(400);
		expect((await audit("?what=change_asked&limit=200")).rows).toHaveLength(before);
	});

	it("takes it away as a table with a reason, and that stands in it too", async () => {
		const answer = await auditor("GET", `/api/audit/table?on=clue-1&reason=${encodeURIComponent("季度检查")}`);
		expect(answer.headers["content-type"]).toContain("text/csv");
		expect(answer.body).toContain("clue-1.panorama_entry");
		expect((await audit("?what=exported")).rows).toMatchObject([
			{ whoName: "审计员", why: "季度检查", on: { kind: "ledger" }, detail: { on: "clue-1" } },
		]);
		expect((await auditor("GET", "/api/audit/table")).statusCode).toBe(400);
	});

	it("does nothing else, and nobody else audits, an administrator neither", async () => {
		for (const path of ["/api/wall", "/api/alerts", "/api/transfers", "/api/evidence/clue-1.panorama_entry"]) {
			expect((await auditor("GET", path)).statusCode, path).toBe(403);
		}
		for (const by of [world.anna, world.lead, world.boss]) expect((await by("GET", "/api/audit")).statusCode).toBe(403);
	});

	it("of one site sees what belongs to it alone", async () => {
		const scopes = [{ kind: "site" as const, id: "estate" }];
		const local = await server.person("local", "auditor", { scopes });
		const { rows } = await audit("?limit=200", local);
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.every(({ alertId }) => alertId === "clue-1")).toBe(true);
		server.edge("edge-2", "harbour");
		const none = await server.person("elsewhere", "auditor", { scopes: [{ kind: "site", id: "harbour" }] });
		expect((await audit("", none)).rows).toEqual([]);
	});

	it("can rely on it: the chain holds", async () => {
		const broken: string[] = [];
		for await (const sentence of findBrokenPromises(server.parts.store, server.dataFolder)) broken.push(sentence);
		expect(broken).toEqual([]);
	});
});
