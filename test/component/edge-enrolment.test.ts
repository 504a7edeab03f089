import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, request, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CodeAnswer, EnrolAnswer } from "#contract/enrolment-api.ts";
import type { WallAnswer } from "#contract/wall-api.ts";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { loadEdgeConfig } from "../../edge/config.ts";
import { enrolEdge } from "../../edge/enrolment/enrol.ts";
import { until } from "../support/poll.ts";
import { type Person, startTestServer, type TestServer } from "../support/server.ts";
import { endings } from "../support/story.ts";
import { runLink } from "../support/wire-world.ts";

const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const atEnd = endings();

let server: TestServer;
let admin: Person;
let folder: string;
let edges = 0;

beforeAll(async () => {
	server = await startTestServer();
	admin = await server.admin();
});
afterAll(() => server.stop());
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-enrol-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const configFile = () => join(folder, "edge.yaml");
const newCode = () =>
	admin.json<CodeAnswer>("/api/edges", {
		method: "POST",
		json: { id: `gate-${++edges}`, siteId: "estate", name: "南门" },
	});
const enrol = (code: string, serverUrl = server.url) =>
	enrolEdge({ configFile: configFile(), serverUrl, code, dataFolder: "data" });
const usedAt = (id: string) =>
	server.parts.store.prepare("SELECT used_at FROM enrolment_codes WHERE edge_id = ?").pluck().get(id);

/** Somebody between edge and server, who does with an answer what he likes. */
async function between(take: (answer: EnrolAnswer, pass: (changed: EnrolAnswer) => void) => void): Promise<string> {
	const listener: RequestListener = (incoming, outgoing) => {
		const { method, headers, url } = incoming;
		const onwards = request(new URL(url ?? "/", server.url), { method, headers }, (answer) => {
			const chunks: Buffer[] = [];
			answer.on("data", (chunk: Buffer) => chunks.push(chunk));
			answer.on("end", () =>
				take(JSON.parse(Buffer.concat(chunks).toString()) as EnrolAnswer, (changed) =>
					outgoing.writeHead(answer.statusCode ?? 500).end(JSON.stringify(changed)),
				),
			);
		});
		incoming.pipe(onwards);
	};
	const proxy = createServer(listener);
	await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
	atEnd(() => {
		proxy.closeAllConnections();
		proxy.close();
	});
	return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

/** A camera of that edge with a lane. */
async function addLane(edgeId: string): Promise<string> {
	const json = { name: edgeId, edgeId, url: "rtsp://10.9.8.7/1" };
	const { id } = await admin.json<{ id: string }>("/api/cameras", { method: "POST", json });
	const laneId = `lane-of-${edgeId}`;
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.9, 0.9],
	];
	const zones = [{ id: laneId, name: laneId, kind: "fire_lane", polygon }];
	await admin.json(`/api/cameras/${id}/zones`, { method: "PUT", json: { zones } });
	return laneId;
}
const laneNow = async (id: string) => (await admin.json<WallAnswer>("/api/wall")).lanes.find((lane) => lane.id === id);

describe("an edge that is revoked", () => {
	it("is cut off at once, uploads nothing, leaves its lanes unknown with the reason, and comes back by a code alone", async () => {
		const { code, edge } = await newCode();
		const { identity } = await enrol(code);
		const laneId = await addLane(edge.id);
		const address = { siteId: "estate", edgeId: edge.id };
		const link = runLink(folder, address, server.mqttUrl, { token: identity.token });
		atEnd(() => link.stop());
		await until("it to be online", async () => (await laneNow(laneId))?.reason === "starting");
		const headers = { authorization: `Bearer ${identity.token}` };
		const upload = () => fetch(`${server.url}/api/edge/evidence`, { method: "POST", headers });
		expect((await upload()).status).not.toBe(401);

		const revoke = await admin.fetch(`/api/edges/${edge.id}?reason=${encodeURIComponent("设备送修")}`, {
			method: "DELETE",
		});
		expect(revoke.status).toBe(204);
		expect(await laneNow(laneId)).toMatchObject({ state: "unknown", reason: "edge_revoked" });
		expect((await upload()).status).toBe(401);
		await until("its connection to end", () => !link.link.connected, { everyMs: 10 });
		await until("the broker's no", () => link.text().includes("refuses this user name and password"));
		const rows = server.parts.store.prepare("SELECT what, why FROM ledger WHERE on_id = ?").all(edge.id);
		expect(rows).toContainEqual({ what: "edge_revoked", why: "设备送修" });
		const token = await admin.fetch(`/api/edges/${edge.id}/token`, { method: "POST" });
		expect([token.status, await token.json()]).toEqual([409, expect.objectContaining({ error: "revoked" })]);

		const again = await admin.json<CodeAnswer>(`/api/edges/${edge.id}/code`, { method: "POST" });
		const { token: fresh } = (await enrol(again.code)).identity;
		expect(fresh).not.toBe(identity.token);
		const back = runLink(folder, address, server.mqttUrl, { token: fresh });
		atEnd(() => back.stop());
		await until("it to be online again", async () => (await laneNow(laneId))?.reason === "starting");
		expect((await upload()).status).toBe(401); // with what it had before
	});

	it("is revoked, and gets a code, on the command line too", async () => {
		const { edge } = await newCode();
		const config = join(folder, "server.yaml");
		await writeFile(config, JSON.stringify({ dataFolder: server.dataFolder }));
		const run = async (...args: string[]) => {
			const child = spawnTied(
				process.execPath,
				[...typescriptLoader, commandLine, "edge", ...args, "--config", config],
				{
					stdio: ["ignore", "pipe", "pipe"],
				},
			);
			let said = "";
			for (const stream of [child.stdout, child.stderr])
				stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
			return { end: (await ended(child)).code, said };
		};
		const made = await run("code", edge.id);
		const code = /: ([A-Z2-9-]{19})$/m.exec(made.said)?.[1] ?? made.said;
		const { token } = (await enrol(code)).identity;
		const known = () => fetch(`${server.url}/api/edge/config`, { headers: { authorization: `Bearer ${token}` } });
		expect((await known()).status).toBe(200);
		expect(await run("revoke", edge.id, "--reason", "lost")).toMatchObject({ end: 0 });
		expect((await known()).status).toBe(401);
	});
});

describe("keepclear enrol", () => {
	it("writes who the edge is and what it signs in with, for its owner alone, and the server takes it", async () => {
		const { code, edge } = await newCode();
		const { identityFile, beganConfig } = await enrol(code.toLowerCase().replaceAll("-", " "));
		expect(beganConfig).toBe(true);
		expect((await stat(identityFile)).mode & 0o777).toBe(0o600);
		expect((await readdir(folder)).sort()).toEqual(["edge-identity.json", "edge.yaml"]);
		const config = await loadEdgeConfig(configFile());
		expect(config).toMatchObject({
			...{ siteId: "estate", edgeId: edge.id, dataFolder: join(folder, "data") },
			server: { url: server.url, ca: null },
			mqtt: { url: server.mqttUrl, username: edge.id, password: config.server.token, ca: null },
		});
		const headers = { authorization: `Bearer ${config.server.token}` };
		expect((await fetch(`${server.url}/api/edge/config`, { headers })).status).toBe(200);
	});

	it("takes what somebody between has changed for no answer, and writes nothing", async () => {
		const { code } = await newCode();
		for (const change of [
			(answer: EnrolAnswer) => ({ ...answer, grant: answer.grant.replace('"authority":null', '"authority":"his"') }),
			(answer: EnrolAnswer) => ({ ...answer, proof: "00".repeat(32) }),
		]) {
			const url = await between((answer, pass) => pass(change(answer)));
			await expect(enrol(code, url)).rejects.toThrow(
				/is not of the server that made the code: somebody stands between/,
			);
			expect(await readdir(folder)).not.toContain("edge-identity.json");
		}
		await enrol(code); // nothing is lost by it
		expect(await readdir(folder)).toContain("edge-identity.json");
	});

	it("lets whoever hears all of it neither in nor have the code", async () => {
		const { code, edge } = await newCode();
		const heard: EnrolAnswer[] = [];
		const url = await between((answer, pass) => {
			heard.push(answer);
			pass(answer);
		});
		const { identity } = await enrol(code, url);
		const all =
			JSON.stringify(heard) + JSON.stringify(server.parts.store.prepare("SELECT * FROM enrolment_codes").all());
		expect(all).toContain(edge.id);
		expect(all).not.toContain(identity.token);
		expect(all).not.toContain(code);
	});

	it("killed between the server's word and its own, is done again with the same code", async () => {
		const { code, edge } = await newCode();
		const url = await between(() => undefined); // the server has granted it, and the answer never comes
		const args = ["enrol", "--config", configFile(), "--server", url, "--code", code, "--data", "data"];
		const child = spawnTied(process.execPath, [...typescriptLoader, commandLine, ...args], { stdio: "ignore" });
		const end = ended(child);
		await until("the server's word", () => usedAt(edge.id) !== null, { deadlineMs: 60_000 });
		child.kill("SIGKILL");
		await end;
		expect(await readdir(folder)).not.toContain("edge-identity.json");
		const { identity } = await enrol(code);
		const { token } = (await loadEdgeConfig(configFile())).server;
		expect(token).toBe(identity.token);
		expect((await readdir(folder)).filter((name) => name.includes("pending"))).toEqual([]);
		expect((await enrol(code)).identity.edgeId).toBe(edge.id); // and once more: it asks with what it has
	});

	it("says what is wrong, and spends no code on it", async () => {
		const { code, edge } = await newCode();
		await expect(enrol(code.replace(/.$/, (last) => (last === "A" ? "B" : "A")))).rejects.toThrow(
			"--code: one of its letters is mistyped",
		);
		await expect(enrol(code, "ftp://server")).rejects.toThrow("--server: ftp://server must be an address");
		await writeFile(
			configFile(),
			"siteId: a\nedgeId: b\nserver: {url: http://h}\nmqtt: {url: mqtt://h}\ndataFolder: d\n",
		);
		await expect(enrol(code)).rejects.toThrow("names no identityFile: write identityFile: edge-identity.json");
		await rm(configFile());
		await expect(enrol(code, "http://127.0.0.1:9")).rejects.toThrow(/cannot be reached \(ECONNREFUSED\)/);
		if (process.getuid?.() !== 0) {
			await chmod(folder, 0o500);
			await expect(enrol(code)).rejects.toThrow(/cannot be written \(EACCES\)/);
			await chmod(folder, 0o700);
		}
		expect(usedAt(edge.id)).toBeNull();
		await enrol(code);
		await rm(join(folder, "edge-identity.json"));
		await expect(enrol(code)).rejects.toThrow("the code was used already; make another on the page");
		await expect(loadEdgeConfig(configFile())).rejects.toThrow(
			/this edge is not enrolled yet; keepclear enrol --config/,
		);
	});

	it("asks for the code where it is left out, and never says the token", async () => {
		const { code, edge } = await newCode();
		const args = ["enrol", "--config", configFile(), "--server", server.url, "--data", "data"];
		const child = spawnTied(process.execPath, [...typescriptLoader, commandLine, ...args], { stdio: "pipe" });
		let said = "";
		for (const stream of [child.stdout, child.stderr])
			stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
		child.stdin?.end(`${code}\n`);
		expect((await ended(child)).code, said).toBe(0);
		expect(said).toContain(`This is now the edge ${edge.id} (南门) of the site estate`);
		expect(said).toContain("The way to the server is not encrypted");
		const { token } = (await loadEdgeConfig(configFile())).server;
		expect(said).not.toContain(token);
		expect((await readFile(configFile(), "utf8")).includes(token)).toBe(false);
	});
});
