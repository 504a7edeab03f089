import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClueAnswer, ClueSearchAnswer, ClueVerificationAnswer } from "#contract/clues-api.ts";
import type { TransferAnswer } from "#contract/transfers-api.ts";
import { type ClueWorld, putClue, review, startMarkedWorld } from "../support/clue.ts";
import type { Inject, TestApp } from "../support/server-app.ts";

let server: TestApp;
let world: ClueWorld;
let police: Inject;
let others: Inject;
let number: string;

beforeAll(async () => {
	world = await startMarkedWorld();
	({ server } = world);
	const json = { name: "青山区交警大队", kind: "traffic_police", contact: "" };
	const { id } = (await world.boss("POST", "/api/receivers", { json })).json<{ id: string }>();
	police = await server.person("wang", "traffic_police", { scopes: [], receiverId: world.police.id });
	others = await server.person("li", "police_station", { scopes: [], receiverId: id });
	await putClue(world, "clue-1");
	await putClue(world, "clue-2");
	await review("clue-1", world.anna, world.lead);
	const sent = await world.lead("POST", "/api/alerts/clue-1/transfer", { json: { receiver: world.police.id } });
	number = sent.json<TransferAnswer>().number;
});
afterAll(() => server.close());

const ledger = (what: string) =>
	server.parts.store
		.prepare("SELECT who, on_kind AS kind, on_id AS id, why, detail FROM ledger WHERE what = ?")
		.all(what);

describe("an authority", () => {
	it("sees the clue that was handed to it, with the whole plate, the photos and who reviewed it", async () => {
		const clue = (await police("GET", `/api/clues/${number}`)).json<ClueAnswer>();
		expect(clue).toMatchObject({
			siteName: "阳光花园",
			roadClass: "public_road",
			plate: { text: "蒙B12345", colour: "blue" },
			transfer: { number, state: "sent" },
			alert: { laneName: "东门消防车通道" },
		});
		expect(clue.reviews.map(({ step, by }) => [step, by])).toEqual([
			["confirmed", "anna"],
			["approved", "lead"],
		]);
		for (const { id } of clue.alert.evidence) {
			expect((await police("GET", `/api/evidence/${id}`)).headers["content-type"]).toBe("image/jpeg");
		}
		expect(ledger("viewed")).toContainEqual(expect.objectContaining({ kind: "transfer", id: number }));
	});

	it("sees nothing that was not handed to it: no alert, no lane, no other evidence, no clue of another", async () => {
		for (const path of ["/api/alerts", "/api/alerts/clue-1", "/api/wall", "/api/cameras", "/api/feed"]) {
			expect((await police("GET", path)).statusCode, path).toBe(403);
		}
		expect((await police("GET", "/api/evidence/clue-2.panorama_entry")).statusCode).toBe(404);
		expect((await others("GET", `/api/clues/${number}`)).statusCode).toBe(404);
		expect((await others("GET", `/api/clues/${number}/verification`)).statusCode).toBe(404);
		expect((await others("GET", "/api/evidence/clue-1.panorama_entry")).statusCode).toBe(404);
		expect((await others("GET", "/api/transfers")).json<{ transfers: TransferAnswer[] }>().transfers).toEqual([]);
		expect((await world.anna("GET", `/api/clues/${number}`)).statusCode).toBe(403);
	});

	it("says what becomes of it", async () => {
		const say = (json: object) =>
			police("POST", `/api/transfers/${number}/entries`, { json: { on: "2026-11-26", ...json } });
		expect((await say({ kind: "receipt", person: "王警官" })).json()).toMatchObject({ state: "received" });
		expect((await say({ kind: "accepted" })).json()).toMatchObject({ state: "accepted" });
		expect((await say({ kind: "returned", reason: "unclear_picture" })).json()).toMatchObject({ state: "returned" });
	});

	it("searches its own clues by plate, and why is recorded without the plate", async () => {
		const search = (by: Inject, json: object) => by("POST", "/api/clue-searches", { json });
		const json = { plate: "蒙b·12345", reason: "当事人提出异议" };
		const found = (await search(police, json)).json<ClueSearchAnswer>();
		expect(found.transfers.map((each) => each.number)).toEqual([number]);
		expect((await search(others, json)).json<ClueSearchAnswer>().transfers).toEqual([]);
		expect(ledger("searched")).toHaveLength(2);
		expect(ledger("searched")[0]).toMatchObject({ kind: "plate", why: "当事人提出异议" });
		expect(JSON.stringify(ledger("searched"))).not.toContain("12345");
		const refused = await search(police, { plate: "蒙B12345", reason: " " });
		expect(refused.json()).toMatchObject({ problems: [{ path: "reason" }] });
		expect((await search(police, { plate: "hello", reason: "why not" })).statusCode).toBe(400);
		expect(ledger("searched")).toHaveLength(2);
	});

	it("is told whether it still is what was handed over", async () => {
		const verify = async () =>
			(await police("GET", `/api/clues/${number}/verification`)).json<ClueVerificationAnswer>();
		const before = await verify();
		expect(before).toMatchObject({ holds: true, damaged: null });
		expect(before.files).toBeGreaterThan(8);
		await writeFile(join(server.dataFolder, "evidence", "clue-1", "clue-1.panorama_entry"), "another picture");
		const after = await verify();
		expect(after.holds).toBe(false);
		expect(after.damaged).toContain("panorama_entry");
	});
});
