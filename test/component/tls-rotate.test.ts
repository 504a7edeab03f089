import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connect } from "node:tls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { sha256Of } from "#platform/digest.ts";
import { createLog } from "#platform/log.ts";
import { ServerTrust } from "../../edge/centre/server-trust.ts";
import { loadEdgeConfig } from "../../edge/config.ts";
import { enrolEdge } from "../../edge/enrolment/enrol.ts";
import { examine } from "../../src/cli/doctor.ts";
import { makeCode } from "../../src/server/enrolment/enrolment-actions.ts";
import { authorityFile, readAuthority } from "../../src/server/tls/own-certificates.ts";
import { putBlockModel } from "../faults/block-model.ts";
import { makeCertificates } from "../support/certificates.ts";
import { until } from "../support/poll.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { endings } from "../support/story.ts";

const atEnd = endings();
const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

let folder: string;
let server: TestServer;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-rotate-"));
	server = await startTestServer({ dataFolder: data(), tls: { kind: "own" } });
});
afterEach(async () => {
	await server.stop();
	await rm(folder, { recursive: true, force: true });
});
const signal = () => AbortSignal.timeout(20_000);
const data = () => join(folder, "data");
const configFile = () => join(folder, "edge.yaml");

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
	const child = spawnTied(process.execPath, [...typescriptLoader, commandLine, ...args], {
		stdio: ["ignore", "pipe", "pipe"],
		env: { ...process.env, ...env },
	});
	let said = "";
	for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
	return { child, said: () => said, end: ended(child).then(({ code }) => code) };
}

async function serverFile(): Promise<string> {
	const file = join(folder, "server.yaml");
	const port = Number(new URL(server.url).port);
	const more = { listen: { port }, mqtt: { kind: "embedded", port: 0 }, evidence: { minFreeBytes: 0 } };
	await writeFile(file, JSON.stringify({ dataFolder: data(), tls: { kind: "own" }, ...more }));
	return file;
}
async function rotate(...more: string[]) {
	const { end, said } = run(["tls", "rotate", "--config", await serverFile(), ...more]);
	return { code: await end, said: said() };
}
const doctorOfAuthority = async () =>
	(await examine({ server: await serverFile() })).find(({ about }) => about === "server authority");

async function enrol(id: string): Promise<void> {
	server.createEdge(id, "garden");
	const { code } = makeCode(server.parts, id, { kind: "system", id: "test" });
	await enrolEdge({ configFile: configFile(), serverUrl: server.url, code, dataFolder: "edge" });
}

function shownAt(url: string): Promise<X509Certificate> {
	return new Promise((resolve, reject) => {
		const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1", rejectUnauthorized: false }, () => {
			const certificate = socket.getPeerX509Certificate();
			socket.end();
			if (certificate) resolve(certificate);
			else reject(new Error("no certificate was shown"));
		});
		socket.once("error", reject);
	});
}
const authority = async () => new X509Certificate(await readFile(authorityFile(data())));
const serverTells = () =>
	until("the server to tell of it", async () => server.parts.forEdges.authority === (await readAuthority(data())));
/** The edge is told of a change, and asks at once and not within a minute. */
const wake = (revision: number) =>
	server.parts.notifier.publishConfig({ siteId: "garden", edgeId: "edge-1" }, revision + 1_000);

describe("keepclear tls rotate", () => {
	it("puts another authority in the place of the one before, and an edge that runs goes on without being enrolled anew", async () => {
		await enrol("edge-1");
		const config = { readPlates: false, model: await putBlockModel(folder) };
		const begun = await loadEdgeConfig(configFile());
		const file = { identityFile: begun.identityFile, dataFolder: begun.dataFolder, ...config };
		await writeFile(configFile(), JSON.stringify({ ...file, evidence: { minFreeBytes: 0 } }));
		const edge = run(["edge", "--config", configFile()], { KEEPCLEAR_MODELS: folder });
		atEnd(() => edge.child.kill("SIGKILL"));
		const lastSeen = () => edge.said().slice(-3_000);
		const trusts = () =>
			server.parts.store.prepare("SELECT trusts FROM edges WHERE id = 'edge-1'").pluck().get() as string | null;
		const keeps = async () => trusts() === sha256Of(await readAuthority(data()));
		await until("the edge to keep what it enrolled with", keeps, { deadlineMs: 120_000, lastSeen });
		const before = await authority();

		expect(await rotate()).toMatchObject({ code: 0, said: expect.stringContaining("Edges hear of it") as string });
		expect(await rotate()).toMatchObject({ code: 1, said: expect.stringContaining("Not yet: edge-1 does") as string });
		expect((await doctorOfAuthority())?.words).toMatch(/the next one waits .*keepclear tls rotate/);
		expect((await authority()).fingerprint256).toBe(before.fingerprint256);
		process.emit("SIGHUP"); // the server looks by itself every few seconds
		await serverTells();
		wake(1);
		await until("the edge to keep both", keeps, { deadlineMs: 60_000, everyMs: 500, lastSeen });

		expect(await rotate()).toMatchObject({ code: 0, said: expect.stringContaining("is in force") as string });
		const after = await authority();
		expect(after.fingerprint256).not.toBe(before.fingerprint256);
		process.emit("SIGHUP");
		for (const url of [server.url, server.mqttUrl])
			await until(`the new certificate at ${url}`, async () => (await shownAt(url)).verify(after.publicKey), {
				deadlineMs: 30_000,
			});
		await serverTells();
		wake(2);
		await until("the edge to have let go of the one before", keeps, {
			deadlineMs: 60_000,
			lastSeen,
		});
		const kept = await loadEdgeConfig(configFile());
		expect([kept.server.ca, kept.mqtt.ca]).toEqual([after.toString(), after.toString()]);
		const connections = () => edge.said().split("connected to the broker").length;
		const had = connections();
		const broker = execFileSync("pgrep", ["-P", String(process.pid), "-f", "server/broker/main.ts"], {
			encoding: "utf8",
		});
		process.kill(Number(broker.trim()), "SIGKILL"); // it is started again, and every edge connects anew
		await until("the edge to be back over MQTT", () => connections() > had, { deadlineMs: 60_000, lastSeen });
		const rows = server.parts.store
			.prepare("SELECT detail FROM ledger WHERE what = 'authority_exchanged'")
			.pluck()
			.all();
		expect(rows.map((each) => (JSON.parse(String(each)) as { step: string }).step)).toEqual(["next_made", "exchanged"]);
		expect(await doctorOfAuthority()).toMatchObject({ ok: true });
	});

	it("with --now leaves out whom it names; an edge takes no authority that does not hold for its server", async () => {
		await enrol("edge-1");
		const config = await loadEdgeConfig(configFile());
		const trust = new ServerTrust(config, createLog("test", "fatal"));
		const before = config.server.ca;
		expect(await trust.take(makeCertificates(folder).ca, signal())).toBe(false);
		expect([config.server.ca, (await loadEdgeConfig(configFile())).server.ca]).toEqual([before, before]);
		const unwritten = { ...config, identityFile: join(folder, "no", "identity.json"), server: { ...config.server } };
		expect((await rotate()).code).toBe(0);
		expect(
			await new ServerTrust(unwritten, createLog("test", "fatal")).take(await readAuthority(data()), signal()),
		).toBe(false);
		expect(unwritten.server.ca).toBe(before);
		expect(await rotate("--now")).toMatchObject({
			code: 0,
			said: expect.stringMatching(/To be enrolled anew: edge-1\.[^]*Keep a copy/) as string,
		});
		expect((await authority()).toString()).not.toBe(before);
	});

	it("is asked for by the doctor a year before the end; a lost authority is told before it is made anew", async () => {
		await enrol("edge-1");
		expect(await doctorOfAuthority()).toMatchObject({ ok: true });
		await rename(authorityFile(data()), join(folder, "kept.pem"));
		expect(await doctorOfAuthority()).toMatchObject({
			ok: false,
			words: expect.stringMatching(/is not there, and edges may trust it \(1 are enrolled\): put it back/) as string,
		});
		await rename(join(folder, "kept.pem"), authorityFile(data()));
	});
});
