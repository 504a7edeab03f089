import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CustodyAnswer } from "#contract/ledger.ts";
import type { EdgeKeysAnswer } from "#contract/seal-api.ts";
import { sha256Of } from "#platform/digest.ts";
import { findBrokenPromises } from "../../src/server/check/check-data.ts";
import { appendToLedger } from "../../src/server/ledger/ledger-store.ts";
import { alertId, evidenceOf, makeKey, manifestText, sendKey, sendManifest, store } from "../support/sealed.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";
import { evidenceSet, itemOf } from "../support/transfer-facts.ts";

const [entry, raised, clip] = [evidenceOf("still_entry"), evidenceOf("still_raised"), evidenceOf("clip")];
const key = makeKey();
const first = manifestText(key, { sequence: 1, previous: null }, [entry, raised]);
const second = manifestText(key, { sequence: 2, previous: sha256Of(first) }, [clip]);

let server: TestApp;
let edge: Inject;
let admin: Inject;
beforeEach(async () => {
	server = await buildTestApp();
	edge = server.edge("edge-1");
	admin = await server.person("boss", "admin");
	putAlert(server.parts.store, {
		id: alertId,
		edgeId: "edge-1",
		laneId: "lane-1",
		cameraId: "cam-1",
		raisedAt: 1_795_366_800_000,
	});
});
afterEach(() => server.close());

async function broken(): Promise<string[]> {
	const found: string[] = [];
	for await (const sentence of findBrokenPromises(server.parts.store, server.dataFolder)) found.push(sentence);
	return found;
}

const custody = async () => (await admin("GET", `/api/alerts/${alertId}/custody`)).json<CustodyAnswer>().rows;
const ledger = () =>
	server.parts.store.prepare("SELECT what, on_id AS onId FROM ledger ORDER BY seq").all() as {
		what: string;
		onId: string;
	}[];
const change = (sql: string) => {
	for (const trigger of ["ledger_is_not_changed", "ledger_is_not_deleted"]) {
		server.parts.store.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
	}
	server.parts.store.exec(sql);
};

async function sealAll() {
	await sendKey(edge, key);
	for (const evidence of [entry, raised, clip]) await store(server, evidence);
	await sendManifest(edge, key, first, 1);
	await sendManifest(edge, key, second, 2);
}

describe("manifests", () => {
	it("are taken in any order, before and after their files, and told as pending until the chain is whole", async () => {
		expect((await sendKey(edge, key)).statusCode).toBe(200);
		expect((await sendManifest(edge, key, second, 2)).json()).toEqual({ chain: "pending" });
		for (const evidence of [clip, entry, raised]) await store(server, evidence);
		expect((await sendManifest(edge, key, first, 1)).json()).toEqual({ chain: "whole" });
		expect((await sendManifest(edge, key, second, 2)).json()).toEqual({ chain: "whole" }); // sent again
		expect(await broken()).toEqual([]);
		expect((await custody()).map(({ what }) => what)).toEqual([
			...["manifest_accepted", "evidence_stored", "evidence_stored", "evidence_stored", "manifest_accepted"],
		]);
	});

	it("are refused, and that is recorded once: foreign key, foreign signature, changed text, other place, broken chain", async () => {
		await sendKey(edge, key);
		const stranger = makeKey();
		const refused = async (sending: Promise<{ json(): unknown; statusCode: number }>) => {
			const answer = await sending;
			return [answer.statusCode, (answer.json() as { error: string }).error];
		};
		const foreign = manifestText(stranger, { sequence: 1, previous: null }, [entry]);
		expect(await refused(sendManifest(edge, stranger, foreign, 1))).toEqual([409, "unknown_key"]);
		expect(await refused(sendManifest(edge, stranger, first, 1))).toEqual([422, "bad_signature"]);
		expect(await refused(sendManifest(edge, stranger, first, 1))).toEqual([422, "bad_signature"]);
		expect(await refused(sendManifest(edge, key, `${first} `, 1))).toEqual([422, "bad_manifest"]);
		expect(await refused(sendManifest(edge, key, first, 2))).toEqual([422, "bad_manifest"]);
		expect(await refused(sendManifest(server.edge("edge-2"), key, first, 1))).toEqual([422, "bad_manifest"]);
		expect((await sendManifest(edge, key, first, 1)).statusCode).toBe(200);
		const other = manifestText(key, { sequence: 1, previous: null }, [entry], { program: "0.1.1" });
		expect(await refused(sendManifest(edge, key, other, 1))).toEqual([409, "other_manifest"]);
		const unfit = manifestText(key, { sequence: 2, previous: sha256Of(other) }, [clip]);
		expect(await refused(sendManifest(edge, key, unfit, 2))).toEqual([422, "broken_chain"]);
		expect(ledger().filter(({ what }) => what === "manifest_refused")).toHaveLength(7);
		expect(await broken()).toEqual([]);
	});

	it("and files must tell of the same bytes, whichever comes first", async () => {
		await sendKey(edge, key);
		await sendManifest(edge, key, first, 1);
		const altered = { ...entry, content: Buffer.from(entry.content).fill(9, 100, 101) };
		await expect(store(server, altered)).rejects.toMatchObject({ status: 422, answer: { error: "not_as_sealed" } });
		await store(server, { ...clip, content: Buffer.from(clip.content).fill(9, 100, 101) });
		expect((await sendManifest(edge, key, second, 2)).json()).toMatchObject({ error: "other_files" });
		expect(ledger().map(({ what }) => what)).toContain("evidence_refused");
	});
});

describe("an edge's key", () => {
	it("is its first; another is refused until an administrator allows it, and what the old one signed stays", async () => {
		await sealAll();
		const next = makeKey();
		expect((await sendKey(edge, key)).statusCode).toBe(200);
		expect((await sendKey(edge, next)).json()).toMatchObject({ error: "other_key" });
		const reason = "the disk was replaced";
		const operator = await server.person("anna", "duty_officer");
		expect((await operator("POST", "/api/edges/edge-1/key-replacement", { json: { reason } })).statusCode).toBe(403);
		expect((await admin("POST", "/api/edges/edge-1/key-replacement", { json: { reason } })).statusCode).toBe(204);
		expect((await sendKey(edge, next)).statusCode).toBe(200);
		expect((await sendKey(edge, makeKey())).json()).toMatchObject({ error: "other_key" }); // one word, one key
		expect((await sendKey(edge, key)).json()).toMatchObject({ error: "other_key" }); // never back to the old one
		const { keys } = (await admin("GET", "/api/edges/edge-1/keys")).json<EdgeKeysAnswer>();
		expect(keys.map(({ id, retiredAt }) => [id, retiredAt === null]).sort()).toEqual(
			[
				[key.public.id, false],
				[next.public.id, true],
			].sort(),
		);
		const late = manifestText(key, { sequence: 3, previous: sha256Of(second) }, [evidenceOf("clip", "lane-1.2")]);
		expect((await sendManifest(edge, key, late, 3)).json()).toMatchObject({ error: "bad_signature" });
		expect(await broken()).toEqual([]);
		expect(ledger().map(({ what }) => what)).toEqual(
			expect.arrayContaining(["key_registered", "key_refused", "key_replacement_allowed", "key_replaced"]),
		);
	});

	it("must be an Ed25519 key", async () => {
		for (const publicKey of ["", "x", key.public.pem.replace("PUBLIC", "PRIVATE"), `${key.public.pem}\n`]) {
			expect((await edge("PUT", "/api/edge/key", { json: { publicKey } })).statusCode).toBe(400);
		}
	});
});

describe("the ledger", () => {
	it("has who saw a file, once a person, file and hour", async () => {
		await sealAll();
		const anna = await server.person("anna", "duty_officer");
		const look = () => anna("GET", `/api/evidence/${entry.id}`);
		for (let time = 0; time < 3; time++) expect((await look()).statusCode).toBe(200);
		await anna("GET", `/api/evidence/${raised.id}`);
		await admin("GET", `/api/evidence/${entry.id}`);
		const views = async () => (await custody()).filter(({ what }) => what === "viewed");
		expect((await views()).map(({ whoName, on }) => [whoName, on.id])).toEqual([
			["anna", entry.id],
			["anna", raised.id],
			["boss", entry.id],
		]);
		server.clock.now += 3_600_001;
		await look();
		expect(await views()).toHaveLength(4);
		expect((await server.nobody("GET", `/api/alerts/${alertId}/custody`)).statusCode).toBe(401);
		expect((await admin("GET", "/api/alerts/none/custody")).statusCode).toBe(404);
	});

	it("cannot be changed, shortened or written over", async () => {
		await sealAll();
		const { store: database } = server.parts;
		expect(() => database.exec("UPDATE ledger SET why = 'x' WHERE seq = 1")).toThrow(/not changed/);
		expect(() => database.exec("DELETE FROM ledger WHERE seq = 1")).toThrow(/nothing is deleted/);
		expect(() => database.exec("INSERT OR REPLACE INTO ledger SELECT * FROM ledger WHERE seq = 1")).toThrow(
			/only grows/,
		);
		const entryOf = {
			at: 1,
			who: { kind: "system", id: "x" },
			what: "deleted",
			on: { kind: "alert", id: "x" },
		} as const;
		expect(() => appendToLedger(database, entryOf)).toThrow(/transaction/);
	});
});

describe("check", () => {
	beforeEach(sealAll);

	it.each([
		["a ledger row", "UPDATE ledger SET at = at + 1 WHERE seq = 2", /^ledger row 2: was changed/],
		["a ledger row's detail", "UPDATE ledger SET detail = detail || ' ' WHERE seq = 3", /^ledger row 3: was changed/],
		[
			"a row taken out",
			"PRAGMA foreign_keys = OFF; DELETE FROM ledger WHERE seq = 2",
			/ledger row 3: row 2 is missing/,
		],
		[
			"the last row cut off",
			"PRAGMA foreign_keys = OFF; DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)",
			/manifest .*\/2: the ledger does not say/,
		],
		[
			"a manifest's text",
			`UPDATE manifests SET text = replace(text, '"0.1.0"', '"0.1.1"') WHERE sequence = 1`,
			/^manifest edge-1\/chain-1\/1: manifest: does not fit its signature/,
		],
		[
			"a signature",
			"UPDATE manifests SET signature = zeroblob(64) WHERE sequence = 2",
			/^manifest edge-1\/chain-1\/2: manifest: does not fit its signature/,
		],
		[
			"a manifest taken out",
			"DELETE FROM manifest_files WHERE sequence = 1; DELETE FROM manifests WHERE sequence = 1",
			/^manifest edge-1\/chain-1\/1: the ledger says that it was taken in/,
		],
		[
			"another hash of a file",
			"UPDATE manifest_files SET sha256 = 'x' WHERE sequence = 2",
			/its rows list other files/,
		],
		[
			"another hash of evidence",
			"UPDATE evidence SET sha256 = 'x' WHERE kind = 'clip'",
			/is not what manifest edge-1\/chain-1\/2 sealed/,
		],
	])("notices %s", async (_, sql, expected) => {
		expect(await broken()).toEqual([]);
		change(sql);
		expect(await broken()).toContainEqual(expect.stringMatching(expected));
	});

	it("notices a byte more in a file", async () => {
		await appendFile(join(server.dataFolder, "evidence", alertId, clip.id), "x");
		expect(await broken()).toContainEqual(expect.stringMatching(/clip: has 3001 bytes instead of 3000/));
	});

	it("says which sealed file has not come in a week, unless it was deleted for a reason", async () => {
		const lost = evidenceOf("clip", "lane-1.lost");
		const third = manifestText(key, { sequence: 3, previous: sha256Of(second) }, [lost]);
		await sendManifest(edge, key, third, 3);
		expect(await broken()).toEqual([]);
		change("UPDATE manifests SET received_at = 0 WHERE sequence = 3");
		expect(await broken()).toEqual([expect.stringMatching(/lost\.clip\.mp4 has not come/)]);
		server.parts.store.transaction(() => {
			const on = { kind: "evidence", id: lost.id } as const;
			appendToLedger(server.parts.store, {
				at: 1,
				who: { kind: "system", id: "x" },
				what: "deleted",
				on,
				why: "retention",
			});
		})();
		expect(await broken()).toEqual([]);
	});

	it("misses no sealed file of which its edge told that it is lost", async () => {
		const lost = evidenceOf("clip", "lane-1.lost");
		const third = manifestText(key, { sequence: 3, previous: sha256Of(second) }, [lost]);
		await sendManifest(edge, key, third, 3);
		change("UPDATE manifests SET received_at = 0 WHERE sequence = 3");
		expect(await broken()).toHaveLength(1);
		const gone = { capturedAt: null, widthPx: null, heightPx: null, sha256: null, clock: null, overlay: null };
		const item = { ...itemOf("panorama_entry"), ...gone, id: lost.id, kind: "clip", state: "missing", reason: "lost" };
		const json = { ...evidenceSet, items: [item] };
		const told = await edge("PUT", `/api/edge/alerts/${lost.alertId}/evidence-set`, { json });
		expect(told.statusCode, told.body).toBe(204);
		expect(await broken()).toEqual([]);
	});

	it("says which link of a chain has not come in a week", async () => {
		const fourth = manifestText(key, { sequence: 4, previous: "a".repeat(64) }, [raised]);
		await sendManifest(edge, key, fourth, 4);
		expect(await broken()).toEqual([]);
		change("UPDATE manifests SET received_at = 0 WHERE sequence = 4");
		expect(await broken()).toEqual([expect.stringMatching(/4: the one before it in its chain has not come/)]);
	});
});
