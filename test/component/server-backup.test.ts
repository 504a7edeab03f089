import { appendFile, chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { lockFolder } from "#platform/folder-lock.ts";
import { lockOfBackup, readBackupManifest } from "../../src/server/backup/backup-manifest.ts";
import { makeBackup } from "../../src/server/backup/make-backup.ts";
import { restoreBackup } from "../../src/server/backup/restore-backup.ts";
import { promisedFiles } from "../../src/server/check/promised-files.ts";
import { deleteExpired } from "../../src/server/retention/delete-expired.ts";
import { type ClueWorld, photo, putClue, putMarkings, review, startClueWorld } from "../support/clue.ts";
import { until } from "../support/poll.ts";
import { buildTestApp, type TestApp } from "../support/server-app.ts";

const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const month = 30 * 86_400_000;

let server: TestApp;
let world: ClueWorld;
let folder: string;
let n = 0;

/** A server with a file of every kind that it keeps. */
beforeAll(async () => {
	server = await buildTestApp({ sessions: { idleMs: month, absoluteMs: month } });
	world = await startClueWorld(server);
	await putMarkings(world);
	await putClue(world, "clue-1");
	await review("clue-1", world.anna, world.lead);
	const transfer = await world.lead("POST", "/api/alerts/clue-1/transfer", { json: { receiver: world.police.id } });
	expect(transfer.statusCode, transfer.body).toBeLessThan(300);
	const headers = { "content-type": "image/jpeg" };
	const sentAt = server.clock.now;
	const guards = `/api/alerts/clue-1/handling/photos/phone.1?moment=before&doneAt=${sentAt}&sentAt=${sentAt}`;
	expect((await world.anna("PUT", guards, { payload: await photo("#123456"), headers })).statusCode).toBe(201);
	const plan = await world.boss("PUT", "/api/plans/estate/picture", { payload: await photo("#eeeeee"), headers });
	expect(plan.statusCode, plan.body).toBe(200);
});
afterAll(() => server.close());
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-backup-"));
	n += 1;
	return () => rm(folder, { recursive: true, force: true });
});

const backUp = (target = join(folder, "backup")) =>
	makeBackup({ dataFolder: server.dataFolder, target, program: "0.0.0", now: () => server.clock.now++ });
const restore = (dataFolder = join(folder, "data"), backup = join(folder, "backup")) =>
	restoreBackup({ backup, dataFolder, now: () => server.clock.now });

/** All evidence that nobody confirmed, as if its time were over. */
const deleteUnconfirmed = () => deleteExpired({ ...server.parts, now: () => server.clock.now + 2 * month });

async function filesIn(root: string): Promise<string[]> {
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	return entries.filter((each) => each.isFile()).map((each) => relative(root, join(each.parentPath, each.name)));
}
/**
 * Keys are no part of a copy: who has that of what is sealed beside it has every camera's password, and with Web Push's
 * anybody could speak to the phones in our name.
 */
const isKept = (name: string) =>
	!/^(keepclear\.db|secrets\.key|web-push-key\.json|tls\/|uploads\/|playable\/|pictures\/|broker\/)/.test(name);

describe("a backup", () => {
	it("knows of every file that the server keeps", async () => {
		const promised = [...promisedFiles(server.parts.store)].map(({ name }) => name);
		const kept = (await filesIn(server.dataFolder)).filter(isKept);
		expect(promised.sort()).toEqual(kept.sort());
		const areas = new Set(kept.map((name) => name.split("/", 1)[0]));
		expect([...areas].sort()).toEqual(["evidence", "handling-photos", "markings", "plans", "transfers"]);
	});

	it("comes back as it was, with nobody signed in, and says that it was restored", async () => {
		const { files, broken } = await backUp();
		expect(broken).toEqual([]);
		expect(await restore()).toMatchObject({ broken: [], files: { count: files.count } });
		for (const { name } of promisedFiles(server.parts.store))
			expect(await readFile(join(folder, "data", name)), name).toEqual(await readFile(join(server.dataFolder, name)));
		const store = new Database(join(folder, "data", "keepclear.db"));
		const one = (sql: string) => store.prepare(sql).pluck().get();
		expect(one("SELECT count(*) FROM sessions")).toBe(0);
		expect(one("SELECT what FROM ledger ORDER BY seq DESC LIMIT 1")).toBe("restored");
		expect(one("SELECT count(*) FROM alerts")).toBe(
			server.parts.store.prepare("SELECT count(*) FROM alerts").pluck().get(),
		);
		const live = server.parts.store.prepare("SELECT max(config_revision) FROM edges").pluck().get();
		expect(one("SELECT max(config_revision) FROM edges")).toBeGreaterThan(Number(live) + 1000);
		store.close();
	});

	it("is its owner's alone to read, whatever the folder's mode and the owner's mask", async () => {
		const target = join(folder, "backup");
		await mkdir(target);
		await chmod(target, 0o755);
		const before = process.umask(0o022);
		try {
			await backUp(target);
		} finally {
			process.umask(before);
		}
		const names = (await readdir(target)).filter((name) => !name.startsWith("backup.lock"));
		expect(names.length).toBeGreaterThan(2);
		for (const name of names) expect((await stat(join(target, name))).mode & 0o077, name).toBe(0);
	});

	it("done again copies what is new alone, and drops what was deleted", async () => {
		await backUp();
		expect((await backUp()).copied).toEqual({ count: 0, bytes: 0 });
		await putClue(world, `clue-again-${n}`);
		const { copied } = await backUp();
		expect(copied.count).toBe(2);
		await deleteUnconfirmed();
		await backUp();
		expect((await filesIn(join(folder, "backup", "files"))).join()).not.toContain(`clue-again-${n}`);
		expect((await restore()).broken).toEqual([]);
	});

	it("names what is missing or was changed, and takes the rest", async () => {
		await putClue(world, `clue-broken-${n}`);
		const [entry, confirmed] = ["panorama_entry", "panorama_confirmed"].map((kind) =>
			join("evidence", `clue-broken-${n}`, `clue-broken-${n}.${kind}`),
		) as [string, string];
		const whole = await Promise.all([entry, confirmed].map((name) => readFile(join(server.dataFolder, name))));
		await rm(join(server.dataFolder, entry));
		await appendFile(join(server.dataFolder, confirmed), "x");
		const { broken } = await backUp();
		expect([...broken].sort()).toEqual([expect.stringContaining(`${confirmed}: has `), `${entry}: is missing`]);
		expect((await restore()).broken).toHaveLength(2);
		for (const [at, name] of [entry, confirmed].entries())
			await writeFile(join(server.dataFolder, name), whole[at] ?? "");
	});
});

describe("a backup under load", () => {
	/** Evidence comes in and other evidence is deleted, as fast as they can, until `done`. */
	async function keepWriting(done: () => boolean): Promise<number> {
		let count = 0;
		for (; !done(); count += 1) {
			await putClue(world, `load-${(n += 1)}`, { seal: false });
			if (count % 3 === 2) await deleteUnconfirmed();
		}
		return count;
	}

	it("by another process holds at its moment, and one that is killed leaves the one before it whole", async () => {
		const config = join(folder, "server.yaml");
		await writeFile(config, JSON.stringify({ dataFolder: server.dataFolder, evidence: { minFreeBytes: 0 } }));
		const target = join(folder, "backup");
		const start = () => {
			const args = [...typescriptLoader, commandLine, "backup", "--config", config, "--to", target];
			const child = spawnTied(process.execPath, args, { stdio: "pipe" });
			let said = "";
			child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
			child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
			return { child, end: ended(child), said: () => said };
		};
		let isDone = false;
		const first = start();
		const writing = keepWriting(() => isDone);
		const { code } = await first.end;
		isDone = true;
		expect(code, first.said()).toBe(0);
		expect(await writing).toBeGreaterThan(2);
		expect((await restore()).broken).toEqual([]);

		const { madeAt } = await readBackupManifest(target);
		let isKilled = false;
		const writingOn = keepWriting(() => isKilled);
		const second = start();
		await until("it is at work", async () => (await readdir(target)).includes("keepclear.db.part"), {
			deadlineMs: 60_000,
			everyMs: 2,
		});
		second.child.kill("SIGKILL");
		await second.end;
		isKilled = true;
		await writingOn;
		expect((await readBackupManifest(target)).madeAt).toBeGreaterThanOrEqual(madeAt);
		expect((await restore(join(folder, "after-kill"))).broken).toEqual([]);
	}, 180_000);
});

describe("what cannot be done is said in one sentence, and nothing is touched", () => {
	it("where a backup is to go", async () => {
		await expect(backUp(join(server.dataFolder, "backup"))).rejects.toThrow("is not apart from the data folder");
		await expect(backUp(join(server.dataFolder, ".."))).rejects.toThrow("is not apart from the data folder");
		await writeFile(join(folder, "letters.txt"), "mine");
		await expect(backUp(folder)).rejects.toThrow("holds letters.txt, which is of no backup");
		expect(await readdir(folder)).toEqual(["letters.txt"]);
		await expect(backUp(join(folder, "letters.txt"))).rejects.toThrow("cannot be used as a folder (ENOTDIR)");
		const nothing = makeBackup({ dataFolder: folder, target: join(folder, "b"), program: "0", now: () => 0 });
		await expect(nothing).rejects.toThrow("keepclear.db: there is no database");
		const lock = lockFolder(join(folder, "taken"), lockOfBackup);
		await expect(backUp(join(folder, "taken"))).rejects.toThrow("another program is at work on this backup");
		lock.release();
	});

	it("what a backup is to come from", async () => {
		await expect(restore()).rejects.toThrow("is no backup, or its making was cut off");
		const { database } = await backUp();
		const backup = join(folder, "backup");
		await mkdir(join(folder, "used"));
		await writeFile(join(folder, "used", "x"), "");
		await expect(restore(join(folder, "used"))).rejects.toThrow("is not empty; stop the server, move the folder aside");
		const manifest = await readFile(join(backup, "backup.json"), "utf8");
		const withManifest = async (text: string) => {
			await writeFile(join(backup, "backup.json"), text);
			return restore().finally(() => writeFile(join(backup, "backup.json"), manifest));
		};
		await expect(withManifest(manifest.replace(`"format": 1`, `"format": 2`))).rejects.toThrow("format");
		await expect(withManifest(manifest.replace(database.file, "../../etc/passwd"))).rejects.toThrow(
			"must be a name such as",
		);
		await expect(withManifest(manifest.replace(/"version": \d+/, `"version": 999`))).rejects.toThrow(
			"use a newer Keepclear",
		);
		await cp(join(backup, database.file), join(folder, "kept.db"));
		await appendFile(join(backup, database.file), "x");
		await expect(restore()).rejects.toThrow("was changed since the backup was made");
		expect(await readdir(folder)).not.toContain("data");
	});
});
