import { X509Certificate } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callHttp } from "#platform/http-client.ts";
import { createLog } from "#platform/log.ts";
import { loadEdgeConfig } from "../../edge/config.ts";
import { enrolEdge } from "../../edge/enrolment/enrol.ts";
import { ServerClient } from "../../edge/centre/server-client.ts";
import { sendByTus } from "../../edge/evidence/tus-upload.ts";
import { serverConfigSchema } from "../../src/server/config.ts";
import { makeCode } from "../../src/server/enrolment/enrolment-actions.ts";
import { CertificateKeeper } from "../../src/server/tls/certificate-keeper.ts";
import { authorityFile, keepOwnCertificates, ownCertificateFile } from "../../src/server/tls/own-certificates.ts";
import { makeCertificates } from "../support/certificates.ts";
import { keptLog } from "../support/kept-log.ts";
import { until } from "../support/poll.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { endings } from "../support/story.ts";
import { runLink } from "../support/wire-world.ts";

const atEnd = endings();
const dayMs = 86_400_000;
const signal = () => AbortSignal.timeout(20_000);

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-tls-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A server in this folder; stopped at the end of the test. */
async function start(tls: object, more: object = {}): Promise<TestServer> {
	const server = await startTestServer({ dataFolder: join(folder, "data"), tls, ...more });
	let stopping: Promise<void> | null = null;
	const stop = () => (stopping ??= server.stop());
	atEnd(stop);
	return { ...server, stop };
}

/** The certificate that whoever connects is shown. */
function shownAt(port: number): Promise<X509Certificate> {
	return new Promise((resolve, reject) => {
		const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
			const certificate = socket.getPeerX509Certificate();
			socket.end();
			if (certificate) resolve(certificate);
			else reject(new Error("no certificate was shown"));
		});
		socket.once("error", reject);
	});
}
const portOf = (url: string) => Number(new URL(url).port);

async function enrolAt(server: TestServer) {
	server.createEdge("edge-1", "garden");
	const { code } = makeCode(server.parts, "edge-1", { kind: "system", id: "test" });
	const configFile = join(folder, "edge.yaml");
	await enrolEdge({ configFile, serverUrl: server.url, code, dataFolder: "edge" });
	return loadEdgeConfig(configFile);
}

describe("TLS of our own", () => {
	it("serves the page, what edges call, uploads and MQTT; an enrolled edge trusts its authority and nobody else", async () => {
		const server = await start({ kind: "own" });
		expect([server.url, server.mqttUrl]).toEqual([
			expect.stringMatching(/^https:\/\/127\.0\.0\.1:/),
			expect.stringMatching(/^mqtts:\/\/127\.0\.0\.1:/),
		]);
		const config = await enrolAt(server);
		expect(config.server.ca).toMatch(/^-----BEGIN CERTIFICATE-----/);
		expect(config.server.ca).toBe(config.mqtt.ca);
		expect((await new ServerClient(config.server).config(signal())).edgeId).toBe("edge-1");
		const link = runLink(folder, { siteId: "garden", edgeId: "edge-1" }, config.mqtt.url, {
			...{ token: config.server.token, ca: config.mqtt.ca ?? "" },
		});
		atEnd(() => link.stop());
		await until("the edge's connection", () => link.link.connected, { lastSeen: () => link.text() });
		const upload = (ca: string | null) => {
			const file = { bytes: 3, metadata: {}, url: null, onUrl: () => undefined, signal: signal() };
			const open = () => createReadStream(join(folder, "edge.yaml"));
			return sendByTus({ serverUrl: server.url, token: config.server.token, ca }, { ...file, open });
		};
		await expect(upload(config.server.ca)).rejects.toThrow(/the server answered 400/); // it was heard

		const { ca: others } = makeCertificates(folder);
		for (const ca of [others, null]) {
			await expect(new ServerClient({ ...config.server, ca }).config(signal())).rejects.toThrow(/certificate/);
			await expect(upload(ca)).rejects.toThrow(/cannot be reached: .*certificate/);
		}
		const doubtful = runLink(folder, { siteId: "garden", edgeId: "edge-2" }, config.mqtt.url, { ca: others });
		atEnd(() => doubtful.stop());
		await until("the complaint", () => doubtful.text().includes("is of an authority that is not trusted"));
	});

	it("tells browsers to stay with TLS, and gives cookies that go no other way", async () => {
		const server = await start({ kind: "own" });
		const ca = server.parts.forEdges.authority;
		const page = await callHttp({ method: "GET", url: `${server.url}/healthz`, ca, signal: signal() });
		expect(page.headers["strict-transport-security"]).toMatch(/^max-age=31536000/);
		const { headers } = await callHttp({
			...{ method: "POST", url: `${server.url}/api/session`, ca, signal: signal() },
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ name: "admin", password: server.adminPassword }),
		});
		for (const cookie of headers["set-cookie"] ?? []) expect(cookie).toMatch(/^__Host-keepclear.*; Secure/);
		expect(headers["set-cookie"]?.length).toBeGreaterThan(0);
		await expect(
			callHttp({ method: "GET", url: server.url.replace("https:", "http:"), signal: signal() }),
		).rejects.toThrow();
	});

	it("leads people who come without TLS to it, and takes nothing from them", async () => {
		const server = await start({ kind: "own" }, { listen: { host: "127.0.0.1", port: 0, redirectPort: 0 } });
		const plain = server.redirectUrl ?? "";
		const page = await callHttp({ method: "GET", url: `${plain}/history?lane=1`, signal: signal() });
		expect(page).toMatchObject({ status: 308, headers: { location: `${server.url}/history?lane=1` } });
		const body = JSON.stringify({ name: "admin", password: server.adminPassword });
		const refused = await callHttp({
			...{ method: "POST", url: `${plain}/api/session`, signal: signal(), body },
			headers: { "content-type": "application/json" },
		});
		expect(refused).toMatchObject({ status: 403, headers: { "cache-control": "no-store" } });
		expect(refused.headers["set-cookie"]).toBeUndefined();
		expect(refused.text).toContain(
			`Nothing is taken without TLS: use ${server.url}. A password or token that was sent`,
		);
		expect(refused.text).not.toContain(server.adminPassword);
	});

	it("keeps its keys for itself, and its authority over a restart", async () => {
		const first = await start({ kind: "own" });
		const authority = first.parts.forEdges.authority;
		const data = join(folder, "data");
		for (const file of [authorityFile(data), ownCertificateFile(data), join(data, "tls")])
			expect((await stat(file)).mode & 0o077, file).toBe(0);
		expect((await readdir(join(data, "tls"))).sort()).toEqual(["authority.crt", "authority.pem", "server.pem"]);
		const { serialNumber } = await shownAt(portOf(first.url));
		await first.stop();
		const again = await start({ kind: "own" });
		expect(again.parts.forEdges.authority).toBe(authority);
		expect((await shownAt(portOf(again.url))).serialNumber).toBe(serialNumber);
		await again.stop();
		await writeFile(authorityFile(data), "not what it was");
		await expect(start({ kind: "own" })).rejects.toThrow(
			/authority\.pem: holds no certificate with its key; put it back/,
		);
	});

	it("makes a certificate anew before it ends, and for a name that has come; the authority stays", async () => {
		const data = join(folder, "data");
		const read = async (file: string) => new X509Certificate(await readFile(file));
		const keep = (names: readonly string[], now: number) => keepOwnCertificates(data, { names, now });
		const now = Date.now();
		expect(await keep(["localhost"], now)).toBe(true);
		const authority = await read(authorityFile(data));
		expect(await keep(["localhost"], now + 200 * dayMs)).toBe(false);
		expect(await keep(["localhost"], now + 300 * dayMs)).toBe(true);
		expect(await keep(["localhost", "10.0.0.7", "gate.example"], now)).toBe(true);
		const certificate = await read(ownCertificateFile(data));
		expect([certificate.checkIP("10.0.0.7"), certificate.checkHost("gate.example")]).toEqual([
			"10.0.0.7",
			"gate.example",
		]);
		expect(certificate.checkHost("other.example")).toBeUndefined();
		expect(certificate.verify(authority.publicKey)).toBe(true);
		expect((await read(authorityFile(data))).fingerprint256).toBe(authority.fingerprint256);
	});
});

describe("a certificate that is given", () => {
	const given = (more: object = {}) => {
		const { certificateFile, keyFile } = makeCertificates(folder);
		return { kind: "given", certificateFile, keyFile, ...more };
	};

	it("is shown, and exchanged while the server runs when its files change", async () => {
		const caFile = join(folder, "ca.pem");
		const tls = given({ caFile });
		const server = await start(tls);
		const ports = [portOf(server.url), portOf(server.mqttUrl)];
		const shown = async () => (await Promise.all(ports.map(shownAt))).map(({ serialNumber }) => serialNumber);
		const [before] = await shown();
		expect(server.parts.forEdges.authority).toBe(await readFile(caFile, "utf8"));
		makeCertificates(folder);
		process.emit("SIGHUP");
		const after = await until("the new one on both ports", async () => {
			const [page, broker] = await shown();
			return page !== before && broker === page ? page : null;
		});
		await writeFile(tls.certificateFile, "half a cert");
		process.emit("SIGHUP");
		await until("a second look", async () => (await shown()).every((serial) => serial === after));
	});

	it("is refused at the start with what is wrong with it", async () => {
		const tls = given();
		const other = join(folder, "other.key");
		await copyFile(join(folder, "ca.key"), other);
		const open = (changed: object, more: object = {}, now = Date.now()) =>
			CertificateKeeper.open(serverConfigSchema.parse({ tls: { ...tls, ...changed }, ...more }), {
				log: createLog("test", "fatal"),
				now: () => now,
			});
		await expect(open({ certificateFile: "none.pem" })).rejects.toThrow(
			"tls.certificateFile: none.pem cannot be read (ENOENT)",
		);
		await expect(open({ keyFile: other })).rejects.toThrow(
			/^tls\.keyFile: .*other\.key: is not the key of tls\.certificateFile/,
		);
		await expect(open({ keyFile: tls.certificateFile })).rejects.toThrow(/holds no private key as PEM/);
		await expect(open({ certificateFile: tls.keyFile })).rejects.toThrow(/holds no certificate as PEM/);
		await expect(open({}, {}, Date.now() + 3 * dayMs)).rejects.toThrow(/: has ended on \d{4}-\d\d-\d\d; put a new one/);
		await expect(open({}, {}, Date.now() - 3 * dayMs)).rejects.toThrow(/: is not in force before \d{4}-/);
		await expect(open({}, { publicUrl: "https://fire.example/" })).rejects.toThrow(
			/: is for localhost, 127\.0\.0\.1, and not for fire\.example \(publicUrl\)/,
		);
		expect(await open({}, { publicUrl: "https://localhost:8443/" })).not.toBeNull();
		await expect(open({ caFile: "none.pem" })).rejects.toThrow("tls.caFile: none.pem cannot be read (ENOENT)");
	});

	it("that ends soon is told of, once a day", async () => {
		const { log, text } = keptLog();
		let now = Date.now();
		const config = serverConfigSchema.parse({ tls: given() }); // it holds two days
		const keeper = await CertificateKeeper.open(config, { log, now: () => now });
		await keeper?.look();
		await keeper?.look();
		expect(text().split("the certificate ends soon").length).toBe(2);
		now += dayMs + 1;
		await keeper?.look();
		expect(text().split("the certificate ends soon").length).toBe(3);
	});
});
