import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { callHttp } from "#platform/http-client.ts";
import { loadFile } from "#platform/input-error.ts";
import { serverConfigSchema, type ServerConfig } from "../../server/config.ts";
import { readPem, readSecret } from "../../server/read-secret.ts";
import { type CertificateFiles, readFiles } from "../../server/tls/certificate-keeper.ts";
import { runOpenssl } from "../../server/tls/openssl.ts";
import { ownCertificateFile } from "../../server/tls/own-certificates.ts";
import { databaseFile } from "../../server/store/database-file.ts";
import { knownVersion } from "../../server/store/open-store.ts";
import { databaseFindings } from "./database-finding.ts";
import { type Finding, fine, look, refuse, wrong } from "./finding.ts";
import { folderFindings } from "./folder-findings.ts";
import { ownAuthorityFinding, sealingKeyFinding } from "./key-findings.ts";
import { answersAt, certificateFinding, signInFinding, tryPort } from "./network-findings.ts";
import { secretFileFinding, secretFilesOf, secretsIn } from "./secret-files.ts";

export interface Findings {
	readonly findings: readonly Finding[];
	/** What must not be said. */
	readonly secrets: readonly string[];
}

/** What a server needs: its configuration, folder, database, ports, secrets, broker, page. */
export async function serverFindings(file: string): Promise<Findings> {
	let config: ServerConfig;
	try {
		config = await loadFile(serverConfigSchema, file);
	} catch (error) {
		return { findings: await look("configuration", () => refuse(error)), secrets: [] };
	}
	const files = secretFilesOf(config);
	const { dataFolder, evidence } = config;
	const state = await askOwnServer(config);
	const looks = [
		look("data folder", () =>
			folderFindings(dataFolder, { minFreeBytes: evidence.minFreeBytes, key: "evidence.minFreeBytes" }),
		),
		look("database", async () =>
			databaseFindings(databaseFile(dataFolder), knownVersion(), "stop the server and restore the last backup"),
		),
		look("key", async () => sealingKeyFinding(config)),
		...files.map((each) => look("secret", () => secretFileFinding(each))),
		look("port", () => portFinding(config, state)),
		look("broker", () => brokerFinding(config, state)),
		look("page", async () => pageFinding()),
		...tlsLooks(config),
	];
	const found = (await Promise.all(looks)).flat();
	const read = fine("configuration", `${file} can be read`);
	return { findings: [read, ...found], secrets: await secretsIn(files) };
}

/** What answers at our address: our server, with what it says of its readiness; something else; nothing. */
type OwnServer =
	{ readonly runs: false; readonly other: boolean } | { readonly runs: true; readonly notReady: readonly string[] };

async function askOwnServer({ listen, tls }: ServerConfig): Promise<OwnServer> {
	if (listen.port === 0) return { runs: false, other: false };
	const base = `${tls.kind === "off" ? "http" : "https"}://${inUrl(listen.host)}:${listen.port}`;
	try {
		const health = (await ask(`${base}/healthz`)) as { ok?: unknown };
		if (health.ok !== true) return { runs: false, other: true };
		const ready = (await ask(`${base}/readyz`)) as { problems?: { message?: unknown }[] };
		return { runs: true, notReady: (ready.problems ?? []).map(({ message }) => String(message)) };
	} catch {
		return { runs: false, other: await answersAt(host(listen.host), listen.port) };
	}
}

/** Whatever its certificate is: that is looked at by its file. */
async function ask(url: string): Promise<unknown> {
	const signal = AbortSignal.timeout(5_000);
	return JSON.parse((await callHttp({ method: "GET", url, signal, trustsAnybody: true })).text);
}

const host = (listened: string) => (listened === "0.0.0.0" ? "127.0.0.1" : listened === "::" ? "::1" : listened);
const inUrl = (listened: string) => (host(listened).includes(":") ? `[${host(listened)}]` : host(listened));

async function portFinding({ listen }: ServerConfig, state: OwnServer): Promise<Finding> {
	const place = `${listen.host}:${listen.port}`;
	if (state.runs)
		return state.notReady.length === 0
			? fine("port", `${place}: our server answers there, and is ready`)
			: wrong("port", `${place}: our server answers there, and is not ready: ${state.notReady.join("; ")}`);
	if (state.other)
		return wrong("port", `${place}: another program answers there: end it, or choose another listen.port`);
	return freePort("port", "listen", listen.host, listen.port);
}

async function freePort(about: string, key: string, listened: string, port: number): Promise<Finding> {
	const code = await tryPort(listened, port);
	const place = `${listened}:${port}`;
	switch (code) {
		case null:
			return fine(about, `${place} is free: the server does not run`);
		case "EACCES":
			return wrong(
				about,
				`${place}: ports below 1024 need a right: choose ${key}.port above, with a reverse proxy in front`,
			);
		case "EADDRINUSE":
			return wrong(about, `${place}: another program holds it: end it, or choose another ${key}.port`);
		default:
			return wrong(about, `${place}: cannot be listened at (${code}): is ${key}.host an address of this machine?`);
	}
}

async function brokerFinding({ mqtt }: ServerConfig, state: OwnServer): Promise<Finding> {
	if (mqtt.kind === "external") {
		const { url, username, passwordFile, caFile } = mqtt;
		const ca = caFile === undefined ? null : await readPem("mqtt.caFile", caFile);
		const password = await readSecret(passwordFile);
		return signInFinding({ url, username, password, ca }, `keepclear-doctor-${randomBytes(6).toString("hex")}`);
	}
	if (!state.runs || mqtt.port === 0)
		return mqtt.port === 0
			? fine("broker", "takes any port that is free")
			: freePort("broker", "mqtt", mqtt.host, mqtt.port);
	return (await answersAt(host(mqtt.host), mqtt.port))
		? fine("broker", `${mqtt.host}:${mqtt.port} answers`)
		: wrong(
				"broker",
				`${mqtt.host}:${mqtt.port}: nothing answers though the server runs: look into its log for "broker"`,
			);
}

/** Certificates that are there; one of our own is made at the first start. */
function tlsLooks(config: ServerConfig): readonly Promise<Finding[]>[] {
	const { tls, mqtt, dataFolder } = config;
	const about = "certificate";
	switch (tls.kind) {
		case "given":
			return [look(about, async () => givenFinding(config, tls))];
		case "own": {
			const own = ownCertificateFile(dataFolder);
			const words = `${own} is not there yet: the first start makes it`;
			const found = existsSync(own)
				? look(about, () => certificateFinding(own))
				: look(about, async () => fine(about, words));
			return [found, look("authority", () => ownAuthorityFinding(config)), look("openssl", opensslFinding)];
		}
		case "off":
			return mqtt.kind === "embedded" && mqtt.tls
				? [look(about, () => certificateFinding(mqtt.tls?.certificateFile ?? ""))]
				: [];
	}
}

/** As the start looks at it, and whether it ends soon. @throws InputError */
async function givenFinding(config: ServerConfig, files: CertificateFiles): Promise<Finding> {
	await readFiles(config, files, Date.now());
	return certificateFinding(files.certificateFile);
}

async function opensslFinding(): Promise<Finding> {
	await runOpenssl(["version"], "/");
	return fine("openssl", "is there, to make certificates");
}

const builtPage = fileURLToPath(new URL("../../../dist/web/index.html", import.meta.url));

const pageFinding = () =>
	existsSync(builtPage) ? fine("page", "is built") : wrong("page", "is not built: npm run build:web");
