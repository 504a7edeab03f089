import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CustodyAnswer } from "#contract/ledger.ts";
import type { RetentionAnswer } from "#contract/retention-api.ts";
import type { TransferAnswer } from "#contract/transfers-api.ts";
import { sha256Of } from "#platform/digest.ts";
import { findBrokenPromises } from "../../src/server/check/check-data.ts";
import { insertAnnouncement } from "../../src/server/notices/announcements-store.ts";
import { deleteExpired } from "../../src/server/retention/delete-expired.ts";
import { alertId, evidenceOf, makeKey, manifestText, sendKey, sendManifest, store } from "../support/sealed.ts";
import { putClue, putMarkings, review, startClueWorld } from "../support/clue.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";

const dayMs = 86_400_000;
const [entry, clip] = [evidenceOf("still_entry"), evidenceOf("clip")];
const key = makeKey();

let server: TestApp;
let edge: Inject;
let anna: Inject;
let lead: Inject;
let clearedAt: number;
beforeEach(async () => {
	server = await buildTestApp({ sessions: { idleMs: 1e12, absoluteMs: 1e12 } }); // years pass
	edge = server.edge("edge-1");
	[anna, lead] = [await server.person("anna", "duty_officer"), await server.person("lead", "property_manager")];
	clearedAt = server.clock.now;
	const raisedAt = clearedAt - 60_000;
	putAlert(server.parts.store, {
		...{ id: alertId, edgeId: "edge-1", laneId: "lane-1", cameraId: "cam-1", raisedAt, clearedAt },
	});
	await sendKey(edge, key);
	for (const evidence of [entry, clip]) await store(server, evidence);
	await sendManifest(edge, key, manifestText(key, { sequence: 1, previous: null }, [entry, clip]), 1);
});
afterEach(() => server.close());

const after = async (days: number) => {
	server.clock.now = clearedAt + days * dayMs;
	await deleteExpired(server.parts);
};
const fileOf = (id: string) => join(server.dataFolder, "evidence", alertId, id);
const kept = async () => (await anna("GET", `/api/alerts/${alertId}/retention`)).json<RetentionAnswer>();
const hold = (by: Inject, reason = "复议") => by("PUT", `/api/alerts/${alertId}/legal-hold`, { json: { reason } });
const endHold = (by: Inject) => by("POST", `/api/alerts/${alertId}/legal-hold/end`, { json: { reason: "复议已结" } });
const confirm = () =>
	anna("PUT", `/api/alerts/${alertId}/review/confirmation`, {
		json: { verdict: "true", plate: { text: "蒙B12345", colour: "blue" } },
	});
const ledger = async () => (await lead("GET", `/api/alerts/${alertId}/custody`)).json<CustodyAnswer>().rows;
async function broken(): Promise<string[]> {
	const found: string[] = [];
	for await (const sentence of findBrokenPromises(server.parts.store, server.dataFolder)) found.push(sentence);
	return found;
}

describe("what grows without evidence", () => {
	it("goes too: who was told by push with its alert, what loudspeakers said after the longest time", async () => {
		const { store: db } = server.parts;
		db.prepare(
			"INSERT INTO lanes (id, site_id, name, kind, state) VALUES ('lane-9', 'estate', 'x', 'fire_lane', 'clear')",
		).run();
		const notice = db.prepare(
			`INSERT INTO notices (id, alert_id, channel, text, at, state, attempts, settled_at, push_to)
			VALUES (?, ?, ?, 'x', 1, 'sent', 1, 1, ?)`,
		);
		notice.run("notice-1", alertId, "web-push", "phone-1");
		notice.run("notice-2", alertId, "sms", null);
		const spoken = { id: "spoken-1", laneId: "lane-9", channel: "gate", text: "x", at: clearedAt };
		insertAnnouncement(db, spoken);
		const rows = () => [
			db.prepare("SELECT id FROM notices").pluck().all(),
			db.prepare("SELECT id FROM announcements").pluck().all(),
		];
		await after(31);
		expect(rows()).toEqual([["notice-2"], ["spoken-1"]]);
		await after(731);
		expect(rows()).toEqual([["notice-2"], []]);
	});
});

describe("evidence whose time is over", () => {
	it("is deleted with its rows, its file and its folder, and the ledger says what, when and why", async () => {
		await after(29);
		expect(existsSync(fileOf(clip.id))).toBe(true);
		expect(await kept()).toEqual({
			...{ class: "unconfirmed", deletesAt: clearedAt + 30 * dayMs, deletedAt: null, hold: null },
		});
		await after(30);
		expect(existsSync(join(server.dataFolder, "evidence", alertId))).toBe(false);
		expect((await anna("GET", `/api/evidence/${clip.id}`)).statusCode).toBe(404);
		expect(await kept()).toMatchObject({ deletesAt: null, deletedAt: server.clock.now });
		const deleted = (await ledger()).filter(({ what }) => what === "deleted");
		expect(deleted).toMatchObject([
			{ on: { kind: "evidence", id: entry.id }, detail: { sha256: sha256Of(entry.content) } },
			{ who: { kind: "system", id: "retention" }, on: { id: clip.id }, why: "unconfirmed: kept for 30 days" },
		]);
		expect(await broken()).toEqual([]);
		expect((await anna("GET", `/api/alerts/${alertId}`)).json()).toMatchObject({ evidence: [], evidenceSet: null });
	});

	it("is kept for a year once somebody confirmed the alert; then the plate goes too", async () => {
		await confirm();
		await after(364);
		expect(await kept()).toMatchObject({ class: "confirmed", deletesAt: clearedAt + 365 * dayMs });
		expect(existsSync(fileOf(clip.id))).toBe(true);
		await after(365);
		expect(existsSync(fileOf(clip.id))).toBe(false);
		const database = JSON.stringify(
			["review_steps", "ledger", "evidence_sets", "transfers"].map((table) =>
				server.parts.store.prepare(`SELECT * FROM ${table}`).all(),
			),
		);
		expect(database).not.toContain("12345");
		expect(await broken()).toEqual([]);
	});

	it("is kept while the alert is open, and while a supervisor holds it", async () => {
		expect((await hold(anna)).statusCode).toBe(403);
		expect((await hold(lead)).json()).toMatchObject({ deletesAt: null, hold: { by: "lead", reason: "复议" } });
		const again = await hold(await server.person("boss", "admin"));
		expect([again.statusCode, again.json()]).toMatchObject([409, { error: "already_said", first: { by: "lead" } }]);
		await after(1000);
		expect(existsSync(fileOf(clip.id))).toBe(true);
		expect((await endHold(lead)).json()).toMatchObject({ hold: null, deletesAt: clearedAt + 30 * dayMs });
		expect((await endHold(lead)).json()).toMatchObject({ error: "not_held" });
		expect((await ledger()).map(({ what }) => what).slice(-2)).toEqual(["held", "hold_ended"]);
		await after(1000);
		expect(existsSync(fileOf(clip.id))).toBe(false);
		expect((await hold(lead)).json()).toMatchObject({ error: "deleted" });
		server.parts.store.exec("UPDATE alerts SET cleared_at = NULL, cleared_by = NULL, evidence_deleted_at = NULL");
		expect(await kept()).toMatchObject({ deletesAt: null });
	});

	it("asks for a reason, and answers for no alert that there is not", async () => {
		expect((await hold(lead, " ")).json()).toMatchObject({ error: "bad_input", problems: [{ path: "reason" }] });
		expect((await anna("GET", "/api/alerts/none/retention")).statusCode).toBe(404);
		expect((await lead("PUT", "/api/alerts/none/legal-hold", { json: { reason: "x" } })).statusCode).toBe(404);
	});

	it("is kept from when the alert came on, where the edge's clock is years behind", async () => {
		server.parts.store.prepare("UPDATE alerts SET cleared_at = 1, received_at = ?").run(clearedAt);
		await after(29.9);
		expect(existsSync(fileOf(clip.id))).toBe(true);
		expect(await kept()).toMatchObject({ deletesAt: clearedAt + 30 * dayMs });
		await after(30);
		expect(existsSync(fileOf(clip.id))).toBe(false);
	});

	it("goes also where its alert never came", async () => {
		server.parts.store.exec("DELETE FROM alerts");
		await after(29.9);
		expect(existsSync(fileOf(clip.id))).toBe(true);
		await after(31);
		expect(existsSync(fileOf(clip.id))).toBe(false);
		expect(await broken()).toEqual([]);
	});

	it("goes also where there is no more than its list, whose alert never came", async () => {
		const { store } = server.parts;
		store.prepare("INSERT INTO evidence_sets VALUES ('lane-9.x', 'edge-1', 1, '{}', ?)").run(clearedAt);
		const lists = () => store.prepare("SELECT count(*) FROM evidence_sets WHERE alert_id = 'lane-9.x'").pluck().get();
		await after(29.9);
		expect(lists()).toBe(1);
		await after(31);
		expect(lists()).toBe(0);
	});

	it("goes also where it, or its list, came after the rest was deleted", async () => {
		await after(30);
		await store(server, entry);
		expect((await kept()).deletedAt).toBeNull();
		await deleteExpired(server.parts);
		expect(existsSync(fileOf(entry.id))).toBe(false);
		const body = {
			...{ v: 1, revision: 1, cameraId: "cam-1", laneId: "lane-1", enteredAt: 1_000, confirmAt: 181_000, items: [] },
			...{ stillness: null, clock: null, place: null, complete: true, plate: null },
		};
		const sent = await edge("PUT", `/api/edge/alerts/${alertId}/evidence-set`, { json: body });
		expect(sent.statusCode).toBe(204);
		const lists = () => server.parts.store.prepare("SELECT count(*) FROM evidence_sets").pluck().get();
		expect(lists()).toBe(1);
		await deleteExpired(server.parts);
		expect(lists()).toBe(0);
		expect(await broken()).toEqual([]);
	});

	it("is deleted to the end where the server was killed between rows and files", async () => {
		const { store: rows } = server.parts;
		await after(30);
		await mkdir(join(server.dataFolder, "evidence", alertId));
		await writeFile(fileOf(clip.id), clip.content);
		rows.prepare("INSERT INTO files_to_delete VALUES (?, ?)").run(alertId, clip.id);
		expect(await broken()).toEqual([]);
		await deleteExpired(server.parts);
		expect(existsSync(fileOf(clip.id))).toBe(false);
		expect(rows.prepare("SELECT count(*) FROM files_to_delete").pluck().get()).toBe(0);
	});
});

describe("what was transferred", () => {
	it("is kept for two years from then; its number, place and hashes for ever", async () => {
		const clues = await buildTestApp({ sessions: { idleMs: 1e12, absoluteMs: 1e12 } });
		const world = await startClueWorld(clues);
		await putMarkings(world);
		await putClue(world, "car-1");
		await review("car-1", world.anna, world.lead);
		const sent = await world.lead("POST", "/api/alerts/car-1/transfer", { json: { receiver: world.police.id } });
		const { number, sumsSha256 } = sent.json<TransferAnswer>();
		const transferredAt = clues.clock.now;
		const folder = join(clues.dataFolder, "transfers", number);
		const at = async (days: number) => {
			clues.clock.now = transferredAt + days * dayMs;
			await deleteExpired(clues.parts);
		};
		await at(729);
		expect((await world.lead("GET", `/api/transfers/${number}/package`)).statusCode).toBe(200);
		await at(730);
		expect(existsSync(folder)).toBe(false);
		const gone = await world.lead("GET", `/api/transfers/${number}/package`);
		expect([gone.statusCode, gone.json()]).toMatchObject([410, { error: "deleted" }]);
		expect((await world.lead("GET", `/api/transfers/${number}`)).json()).toMatchObject({
			...{ number, sumsSha256, laneName: "东门消防车通道", maskedPlate: null },
		});
		const database = JSON.stringify(
			["review_steps", "ledger", "evidence_sets", "transfers"].map((table) =>
				clues.parts.store.prepare(`SELECT * FROM ${table}`).all(),
			),
		);
		expect(database).not.toContain("12345");
		const found: string[] = [];
		for await (const sentence of findBrokenPromises(clues.parts.store, clues.dataFolder)) found.push(sentence);
		expect(found).toEqual([]);
		await clues.close();
	});
});

it("what was confirmed is kept for no less than what was not", async () => {
	await expect(buildTestApp({ retention: { unconfirmed: 400 } })).rejects.toThrow(/no less/);
});
