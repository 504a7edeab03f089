import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import { forgetSecrets, rotateKey } from "../../src/server/secrets/sealed-values.ts";
import { openVault } from "../../src/server/secrets/vault.ts";
import { openStore } from "../../src/server/store/open-store.ts";
import { startInstallation } from "../support/installation.ts";
import { startTestServer } from "../support/server.ts";

let dataFolder: string;
beforeEach(async () => {
	dataFolder = await mkdtemp(join(tmpdir(), "keepclear-secrets-"));
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

const secret = "Xq7-camera-secret-91";
const url = `rtsp://viewer:${secret}@10.9.8.7/stream`;
const database = () => join(dataFolder, "keepclear.db");
const keyFile = () => join(dataFolder, "secrets.key");

/** Everything that lies in the data folder but the key, as bytes: the database, its WAL, the broker's files. */
async function filesWith(text: string): Promise<string[]> {
	const names = await readdir(dataFolder, { recursive: true, withFileTypes: true });
	const found: string[] = [];
	for (const entry of names.filter((one) => one.isFile() && one.name !== "secrets.key")) {
		const file = join(entry.parentPath, entry.name);
		if ((await readFile(file)).includes(text)) found.push(entry.name);
	}
	return found;
}

async function edgeConfig(server: { url: string }, token: string): Promise<EdgeConfigAnswer> {
	const answer = await fetch(`${server.url}/api/edge/config`, { headers: { authorization: `Bearer ${token}` } });
	return (await answer.json()) as EdgeConfigAnswer;
}

it("keeps camera passwords out of the database's files and of what people are answered; the edge gets them", async () => {
	const server = await startTestServer({ dataFolder });
	try {
		const { token } = server.createEdge("edge-1");
		const admin = await server.admin();
		const json = { name: "门", edgeId: "edge-1", url };
		const camera = await admin.json<CameraAnswer>("/api/cameras", { method: "POST", json });
		await admin.json("/api/probes", { method: "POST", json: { edgeId: "edge-1", url } });
		for (const path of ["/api/cameras", `/api/cameras/${camera.id}`, "/api/edges", "/api/wall", "/metrics"]) {
			expect(await (await admin.fetch(path)).text(), path).not.toContain(secret);
		}
		expect((await edgeConfig(server, token)).cameras[0]?.url).toBe(url);
		const renamed = { method: "PATCH", json: { name: "东门", url: camera.url } };
		await admin.json(`/api/cameras/${camera.id}`, renamed);
		expect((await edgeConfig(server, token)).cameras[0]?.url).toBe(url);
		expect(await filesWith(secret)).toEqual([]);
		expect(await filesWith(server.adminPassword)).toEqual([]);
		expect(await filesWith(token)).toEqual([]);
		expect(await filesWith("10.9.8.7")).not.toEqual([]); // the search finds what is there
		expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
	} finally {
		await server.stop();
	}
	expect(await filesWith(secret)).toEqual([]);
});

it("seals what an earlier version kept in the clear, down to the last page", async () => {
	const before = openStore(database());
	before.exec(`INSERT INTO edges (id, site_id, name, token_hash, created_at) VALUES ('edge-1', 'estate', 'edge-1', 'x', 0);
		INSERT INTO cameras (id, edge_id, name, url, transport, sample_every_ms, created_at)
			VALUES ('cam-1', 'edge-1', 'gate', '${url}', 'tcp', 500, 1), ('cam-2', 'edge-1', 'yard', 'rtsp://10.9.8.6/1', 'tcp', 500, 2)`);
	before.close();
	expect(await filesWith(secret)).toEqual(["keepclear.db"]);
	const server = await startTestServer({ dataFolder });
	try {
		expect(await filesWith(secret)).toEqual([]);
		const rows = server.parts.store.prepare("SELECT url FROM cameras ORDER BY id").pluck().all();
		expect(rows).toEqual(["rtsp://viewer:***@10.9.8.7/stream", "rtsp://10.9.8.6/1"]);
	} finally {
		await server.stop();
	}
});

it("says what is wrong with a key that is missing, another one, readable nonsense; and goes on with the right one", async () => {
	await (await startTestServer({ dataFolder })).stop();
	const right = await readFile(keyFile(), "utf8");
	const start = async () => (await startTestServer({ dataFolder })).stop();
	await rm(keyFile());
	await expect(start()).rejects.toThrow(/secrets\.key is missing.*Put it back.*keepclear secrets forget/);
	expect(await readdir(dataFolder)).not.toContain("secrets.key"); // no other key is made in its place
	await writeFile(keyFile(), `${"0f".repeat(32)}\n`);
	await expect(start()).rejects.toThrow(/holds another key/);
	await writeFile(keyFile(), "hello\n");
	await expect(start()).rejects.toThrow(/holds no key: 64 hexadecimal digits/);
	await writeFile(keyFile(), right);
	await start();
});

it("turns to another key while the server runs; a value that was moved or changed does not open; a lost key costs passwords alone", async () => {
	const server = await startTestServer({ dataFolder });
	try {
		const { token } = server.createEdge("edge-1");
		const admin = await server.admin();
		const json = { name: "门", edgeId: "edge-1", url };
		const { id } = await admin.json<CameraAnswer>("/api/cameras", { method: "POST", json });
		const before = await readFile(keyFile(), "utf8");
		const other = openStore(database());
		expect(await rotateKey(other, keyFile())).toBe(1);
		expect(await readFile(keyFile(), "utf8")).not.toBe(before);
		expect((await edgeConfig(server, token)).cameras[0]?.url).toBe(url);
		await admin.json("/api/cameras", { method: "POST", json: { ...json, name: "院" } });
		expect((await edgeConfig(server, token)).cameras.map((camera) => camera.url)).toEqual([url, url]);

		const [first, second] = other
			.prepare("SELECT id, url_sealed AS sealed FROM cameras ORDER BY created_at, id")
			.all() as {
			id: string;
			sealed: string;
		}[];
		const vault = await openVault(other, keyFile());
		expect(vault.open(first!.sealed, `cameras.url_sealed:${first!.id}`)).toBe(url);
		expect(() => vault.open(first!.sealed, `cameras.url_sealed:${second!.id}`)).toThrow("changed or moved");
		const flipped = first!.sealed.slice(0, -3) + (first!.sealed.at(-3) === "A" ? "B" : "A") + first!.sealed.slice(-2);
		expect(() => vault.open(flipped, `cameras.url_sealed:${first!.id}`)).toThrow("changed or moved");

		expect(await forgetSecrets(other, keyFile())).toEqual({ cameras: 2, factors: 0 });
		other.close();
		const told = await admin.json<CameraAnswer>(`/api/cameras/${id}`);
		expect(told.url).toContain("***");
		const again = await admin.fetch(`/api/cameras/${id}`, { method: "PATCH", json: { url: told.url } });
		expect([again.status, await again.text()]).toEqual([400, expect.stringContaining("write the password itself")]);
		await admin.json(`/api/cameras/${id}`, { method: "PATCH", json: { url } });
		expect((await edgeConfig(server, token)).cameras.some((camera) => camera.url === url)).toBe(true);
	} finally {
		await server.stop();
	}
});

it("shows no secret in what the programs log, nor to whoever lists the processes", async () => {
	const installation = await startInstallation();
	try {
		const json = { name: "门", edgeId: installation.edgeId, url: url.replace("10.9.8.7", "127.0.0.1:9") };
		await installation.api.post("/api/cameras", json);
		const { stdout } = await promisify(execFile)("ps", ["axww", "-o", "args"]);
		const file = JSON.parse(await readFile(installation.edgeConfigFile, "utf8")) as { server: { token: string } };
		for (const known of [secret, installation.signIn.password, file.server.token]) {
			expect(stdout).not.toContain(known);
			expect(installation.logs()).not.toContain(known);
		}
	} finally {
		await installation.close();
	}
});
