import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sha256Of } from "#platform/digest.ts";
import { findBrokenPromises } from "../../src/server/check/check-data.ts";
import { appendToLedger } from "../../src/server/ledger/ledger-store.ts";
import { Feed } from "../../src/server/store/feed.ts";
import { openStore } from "../../src/server/store/open-store.ts";
import { jpegOf } from "../support/evidence.ts";
import { putAlert } from "../support/server-rows.ts";

const migrations = new URL("../../src/server/store/migrations/", import.meta.url);

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-migrations-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A database as the program left it when it knew so many migrations. */
async function databaseOfVersion(file: string, version: number): Promise<void> {
	const store = new Database(file);
	const names = (await readdir(migrations)).filter((name) => name.endsWith(".sql")).sort();
	for (const name of names.slice(0, version)) store.exec(await readFile(new URL(name, migrations), "utf8"));
	store.pragma(`user_version = ${version}`);
	const edge =
		"INSERT INTO edges (id, site_id, name, token_hash, created_at) VALUES ('edge-1', 'estate', 'edge-1', 'x', 0)";
	store.exec(edge);
	putAlert(store, { id: "occ-1", edgeId: "edge-1", laneId: "lane-1", cameraId: "cam-1", raisedAt: 1_000 });
	store
		.prepare(
			`INSERT INTO evidence (id, alert_id, edge_id, kind, captured_at, duration_ms, content_type, bytes, sha256, stored_at)
			VALUES ('occ-1.still_raised', 'occ-1', 'edge-1', 'still_raised', 1, NULL, 'image/jpeg', ?, ?, 2)`,
		)
		.run(jpegOf(500).length, sha256Of(jpegOf(500)));
	store.close();
}

it("a database from before there were seals keeps what it has, holds, and goes on with a ledger", async () => {
	const file = join(folder, "keepclear.db");
	await databaseOfVersion(file, 4);
	await mkdir(join(folder, "evidence", "occ-1"), { recursive: true });
	await writeFile(join(folder, "evidence", "occ-1", "occ-1.still_raised"), jpegOf(500));
	const store = openStore(file);
	try {
		expect(Number(store.pragma("user_version", { simple: true }))).toBeGreaterThanOrEqual(5);
		expect(store.prepare("SELECT id, ledger_seq AS seq FROM evidence").all()).toEqual([
			{ id: "occ-1.still_raised", seq: null },
		]);
		store.transaction(() => {
			const on = { kind: "evidence", id: "occ-1.still_raised" } as const;
			appendToLedger(store, { at: 1, who: { kind: "user", id: "u" }, what: "viewed", on, alertId: "occ-1" });
		})();
		const broken: string[] = [];
		for await (const sentence of findBrokenPromises(store, folder)) broken.push(sentence);
		expect(broken).toEqual([]);
	} finally {
		store.close();
	}
});

it("pages go on in the feed where they were when it was made anew", async () => {
	const file = join(folder, "keepclear.db");
	await databaseOfVersion(file, 21);
	const before = new Database(file);
	for (const subject of ["a", "b"])
		before.prepare("INSERT INTO feed (kind, subject, at) VALUES ('lane', ?, 1)").run(subject);
	const last = Number(before.prepare("SELECT max(position) FROM feed").pluck().get());
	before.close();
	const store = openStore(file);
	try {
		const feed = new Feed(store);
		expect(feed.since(last - 1)).toEqual([{ position: last, kind: "lane", subject: "b" }]);
		feed.append("plan", "estate", 2);
		expect(feed.since(last)).toEqual([{ position: last + 1, kind: "plan", subject: "estate" }]);
	} finally {
		store.close();
	}
});

it("a database from before there were roles keeps its users, who may do as much everywhere, and all that points to them", async () => {
	const file = join(folder, "keepclear.db");
	await databaseOfVersion(file, 6);
	const before = new Database(file);
	before.exec(`INSERT INTO users VALUES ('u-1', 'Anna', 'operator', 'hash', 1, NULL), ('u-2', 'boss', 'admin', 'hash', 2, 3);
		INSERT INTO sessions VALUES ('t', 'u-1', 'c', 1, 1, 9999999999999);
		UPDATE alerts SET acknowledged_by = 'u-1', acknowledged_at = 5`);
	before.close();
	const store = openStore(file);
	try {
		expect(store.prepare("SELECT id, name, role, disabled_at AS disabledAt FROM users ORDER BY id").all()).toEqual([
			{ id: "u-1", name: "Anna", role: "duty_officer", disabledAt: null },
			{ id: "u-2", name: "boss", role: "admin", disabledAt: 3 },
		]);
		expect(store.prepare("SELECT user_id FROM sessions").pluck().all()).toEqual(["u-1"]);
		expect(store.prepare("SELECT kind, said_by AS by, at FROM handling_entries").all()).toEqual([
			{ kind: "acknowledged", by: "u-1", at: 5 },
		]);
		expect(store.prepare("SELECT user_id AS id, kind, subject FROM user_scopes ORDER BY user_id").all()).toEqual([
			{ id: "u-1", kind: "all", subject: "" },
			{ id: "u-2", kind: "all", subject: "" },
		]);
		expect(store.prepare("SELECT id, name, street_id AS street FROM sites").all()).toEqual([
			{ id: "estate", name: "estate", street: "unassigned" },
		]);
		store.exec(
			"INSERT INTO users (id, name, role, password_hash, created_at, disabled_at, receiver_id) VALUES ('u-3', 'lead', 'property_manager', 'hash', 4, NULL, NULL)",
		);
		const insert = (name: string, role: string) =>
			store
				.prepare(
					"INSERT INTO users (id, name, role, password_hash, created_at, disabled_at, receiver_id) VALUES (?, ?, ?, 'hash', 4, NULL, NULL)",
				)
				.run(`u-${name}`, name, role);
		expect(() => insert("x", "king")).toThrow(/CHECK/);
		expect(() => insert("ANNA", "guard")).toThrow(/UNIQUE/);
		expect(() => store.exec("DELETE FROM users WHERE id = 'u-1'")).toThrow(/FOREIGN KEY/); // watched over again
		expect(store.pragma("foreign_key_check")).toEqual([]);
	} finally {
		store.close();
	}
});
