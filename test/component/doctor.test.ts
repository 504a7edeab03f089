import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { examine } from "../../src/cli/doctor.ts";
import { openVault } from "../../src/server/secrets/vault.ts";
import { databaseFile } from "../../src/server/store/database-file.ts";
import { openStore } from "../../src/server/store/open-store.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const chrony = (offset: string) => `#!/bin/sh
echo "System time     : ${offset} seconds fast of NTP time"
echo "Leap status     : Normal"
`;

let folder: string;
let server: TestServer;
let token: string;
let path: string | undefined;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-doctor-"));
	server = await startTestServer();
	token = server.createEdge("gate").token;
	path = process.env["PATH"];
	await writeFile(join(folder, "chronyc"), chrony("0.000200"), { mode: 0o755 });
	process.env["PATH"] = `${folder}${delimiter}${path ?? ""}`;
});
afterAll(async () => {
	process.env["PATH"] = path;
	await server.stop();
	await rm(folder, { recursive: true, force: true });
});

let names = 0;
const fresh = async (name: string) => {
	const made = join(folder, `${name}-${++names}`);
	await mkdir(made, { mode: 0o700 });
	return made;
};

async function write(name: string, value: object | string, mode = 0o600): Promise<string> {
	const file = join(await fresh("set"), name);
	await writeFile(file, typeof value === "string" ? value : JSON.stringify(value), { mode });
	return file;
}

/** The configuration of the server that runs. */
const serverFile = (more: object = {}) =>
	write("server.yaml", {
		listen: { port: Number(new URL(server.url).port) },
		mqtt: { kind: "embedded", port: Number(new URL(server.mqttUrl).port) },
		dataFolder: server.dataFolder,
		evidence: { minFreeBytes: 0 },
		...more,
	});

/** One that could start: its own folder and ports. */
const idleServer = async (more: object = {}) =>
	write("server.yaml", {
		listen: { port: await freePort() },
		mqtt: { kind: "embedded", port: await freePort() },
		dataFolder: await fresh("data"),
		evidence: { minFreeBytes: 0 },
		...more,
	});

interface EdgeSet {
	readonly siteId?: string;
	readonly secret?: string;
	readonly mqtt?: object;
	readonly model?: string;
	readonly server?: object;
}

async function edgeFile({ siteId = "estate", secret = token, ...more }: EdgeSet = {}) {
	return write("edge.yaml", {
		...{ siteId, edgeId: "gate", dataFolder: await fresh("edge"), evidence: { minFreeBytes: 0 } },
		server: { url: server.url, tokenFile: await write("token", `${secret}\n`) },
		mqtt: { url: server.mqttUrl },
		...more,
	});
}

const listening = (): Promise<Server> =>
	new Promise((resolve) => {
		const held = createServer((socket) => socket.on("error", () => undefined).end("no\n")).listen(0, "127.0.0.1", () =>
			resolve(held),
		);
	});
async function freePort(): Promise<number> {
	const held = await listening();
	const { port } = held.address() as AddressInfo;
	await new Promise((resolve) => held.close(resolve));
	return port;
}

/** What is wrong, but for what this machine has of memory and whether the page was built here. */
async function wrongs(set: { server?: string; edge?: string }): Promise<string[]> {
	const found = await examine(set);
	return found
		.filter(({ ok, about }) => !ok && about !== "memory" && about !== "server page")
		.map(({ about, words }) => `${about}: ${words}`);
}

describe("keepclear doctor", () => {
	it("finds nothing wrong with a server that runs and an edge that could, and says what it looked at", async () => {
		const set = { server: await serverFile(), edge: await edgeFile() };
		expect(await wrongs(set)).toEqual([]);
		const about = (await examine(set)).map((each) => each.about);
		for (const each of ["node", "memory", "time zone", "ffmpeg", "clock"]) expect(about).toContain(each);
		for (const each of ["configuration", "data folder", "disk", "database", "port", "broker", "page"])
			expect(about).toContain(`server ${each}`);
		for (const each of ["configuration", "secret server.tokenFile", "data folder", "model", "server", "broker"])
			expect(about).toContain(`edge ${each}`);
	});

	it("finds nothing wrong with a server that has not started yet", async () => {
		expect(await wrongs({ server: await idleServer() })).toEqual([]);
		expect(await wrongs({ server: await idleServer({ dataFolder: join(folder, "none", "yet") }) })).toEqual([]);
	});

	it("says which key of a configuration is wrong", async () => {
		expect(await wrongs({ server: await idleServer({ listen: { port: 99_999 } }) })).toEqual([
			expect.stringMatching(/^server configuration: .*server\.yaml: listen\.port: /),
		]);
		expect(await wrongs({ edge: join(folder, "no.yaml") })).toEqual([
			expect.stringMatching(/^edge configuration: .*no\.yaml: there is no such file$/),
		]);
	});

	it("says that the disk has less than the mark, and that others see into the folder", async () => {
		const dataFolder = await fresh("data");
		await chmod(dataFolder, 0o755);
		const file = await idleServer({ dataFolder, evidence: { minFreeBytes: Number.MAX_SAFE_INTEGER } });
		expect(await wrongs({ server: file })).toEqual([
			expect.stringMatching(/^server data folder: .* has the mode 755: others .*; chmod 700 \//),
			expect.stringMatching(
				/^server disk: .* free, the mark \(evidence\.minFreeBytes\) is .*: no more evidence is kept; make room/,
			),
		]);
	});

	it("says that the data folder is a file", async () => {
		const file = await idleServer({ dataFolder: await write("data", "x") });
		expect(await wrongs({ server: file })).toContainEqual(
			expect.stringMatching(/^server data folder: .* is no folder: move it aside, or name another as dataFolder$/),
		);
	});

	it("says that a database is of a newer Keepclear, is damaged, or is none", async () => {
		const newer = await fresh("data");
		openStore(databaseFile(newer)).close();
		const store = new Database(databaseFile(newer));
		store.pragma("user_version = 999");
		store.close();
		expect(await wrongs({ server: await idleServer({ dataFolder: newer }) })).toEqual([
			expect.stringMatching(/^server database: is of version 999, this Keepclear knows \d+: use the newer Keepclear/),
		]);

		const damaged = await fresh("data");
		openStore(databaseFile(damaged)).close();
		const bytes = await readFile(databaseFile(damaged));
		bytes.fill(0xa5, 4096 * 3, 4096 * 12);
		await writeFile(databaseFile(damaged), bytes);
		expect(await wrongs({ server: await idleServer({ dataFolder: damaged }) })).toEqual([
			expect.stringMatching(/^server database: .*: stop the server and restore the last backup$/),
		]);

		const none = await fresh("data");
		await writeFile(databaseFile(none), "this is a letter, not a database".repeat(200));
		expect(await wrongs({ server: await idleServer({ dataFolder: none }) })).toEqual([
			expect.stringMatching(/^server database: .* \(SQLITE_NOTADB\): stop the server and restore the last backup$/),
		]);
	});

	it("says that the key of what the database keeps sealed is missing, or is another's", async () => {
		const dataFolder = await fresh("data");
		const key = join(dataFolder, "secrets.key");
		const store = openStore(databaseFile(dataFolder));
		await openVault(store, key);
		store.close();
		const file = await idleServer({ dataFolder });
		expect(await wrongs({ server: file })).toEqual([]);
		await rm(key);
		expect(await wrongs({ server: file })).toEqual([
			expect.stringMatching(/^server key: secrets\.keyFile: .*secrets\.key is missing, and .* Put it back/),
		]);
		await writeFile(key, `${"ab".repeat(32)}\n`);
		expect(await wrongs({ server: file })).toEqual([
			expect.stringMatching(/^server key: secrets\.keyFile: .*secrets\.key holds another key \(/),
		]);
	});

	it("says that another program holds a port", async () => {
		const held = await listening();
		try {
			const { port } = held.address() as AddressInfo;
			expect(await wrongs({ server: await idleServer({ listen: { port } }) })).toEqual([
				`server port: 127.0.0.1:${port}: another program answers there: end it, or choose another listen.port`,
			]);
			expect(await wrongs({ server: await idleServer({ mqtt: { kind: "embedded", port } }) })).toEqual([
				`server broker: 127.0.0.1:${port}: another program holds it: end it, or choose another mqtt.port`,
			]);
		} finally {
			held.close();
		}
	});

	it("says which file of a secret others can read, is empty, or is not there", async () => {
		const open = await write("metrics-token", "a-token-of-metrics", 0o644);
		const channels = [
			{ name: "a", kind: "webhook", url: "https://sms.example/", secretFile: await write("empty", "\n") },
			{ name: "b", kind: "wecom", urlFile: join(folder, "no-url") },
		];
		const file = await idleServer({ metrics: { tokenFile: open }, notices: { channels } });
		expect(await wrongs({ server: file })).toEqual([
			expect.stringMatching(/^server secret notices\.channels\[0\]\.secretFile: .*empty is empty: write the secret/),
			expect.stringMatching(/^server secret notices\.channels\[1\]\.urlFile: .*no-url is not there: make it/),
			expect.stringMatching(/^server secret metrics\.tokenFile: .* has the mode 644: others .*; chmod 600 /),
		]);
	});

	it("says that a configuration with its token in it is open to others", async () => {
		const file = await edgeFile({ server: { url: server.url, token } });
		await chmod(file, 0o644);
		expect(await wrongs({ edge: file })).toEqual([
			expect.stringMatching(/^edge secret server\.token: .*edge\.yaml has the mode 644: others .*; chmod 600 /),
		]);
	});

	it("says that server and broker do not take an edge's token, and never the token", async () => {
		const secret = "not-the-token-of-anything-0123456789";
		const said = await wrongs({ edge: await edgeFile({ secret }) });
		expect(said).toEqual([
			expect.stringMatching(/^edge server: http.*answered 401.*: make a code on the page \(边缘节点\)/),
			expect.stringMatching(/^edge broker: mqtt.*: the broker at 127\.0\.0\.1:\d+ refuses this user name and password/),
		]);
		expect(said.join()).not.toContain(secret);
	});

	it("says that the token is another edge's, that nothing answers, and that a model is not there", async () => {
		expect(await wrongs({ edge: await edgeFile({ siteId: "elsewhere" }) })).toEqual([
			expect.stringMatching(
				/^edge server: .* knows this token as edge gate of site estate, the configuration says gate of elsewhere/,
			),
		]);
		const port = await freePort();
		const nowhere = await edgeFile({ mqtt: { url: `mqtt://127.0.0.1:${port}` }, model: "yolov99" });
		expect(await wrongs({ edge: nowhere })).toEqual([
			expect.stringMatching(/^edge model: there is no model "yolov99"; there are: /),
			`edge broker: mqtt://127.0.0.1:${port}: nothing listens at 127.0.0.1:${port}`,
		]);
	});

	it("says that the clock is off", async () => {
		await writeFile(join(folder, "chronyc"), chrony("4.200000"), { mode: 0o755 });
		try {
			expect(await wrongs({})).toEqual([expect.stringMatching(/^clock: off by 4200 ms \(chrony\), more than 1000: /)]);
		} finally {
			await writeFile(join(folder, "chronyc"), chrony("0.000200"), { mode: 0o755 });
		}
	});

	it("ends with 1 where something is wrong, one line a finding, and as JSON with --json", async () => {
		const file = await idleServer({ evidence: { minFreeBytes: Number.MAX_SAFE_INTEGER } });
		const child = spawnTied(
			process.execPath,
			[...typescriptLoader, commandLine, "doctor", "--server", file, "--json"],
			{
				stdio: ["ignore", "pipe", "inherit"],
			},
		);
		let out = "";
		child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
		expect((await ended(child)).code).toBe(1);
		const findings = out
			.trim()
			.split("\n")
			.map((each) => JSON.parse(each) as { ok: boolean; about: string });
		expect(findings.filter(({ ok }) => !ok).map(({ about }) => about)).toContain("server disk");
	});
});
