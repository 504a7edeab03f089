import { existsSync, readdirSync } from "node:fs";
import { arch, cpus, platform, release, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { callHttp } from "#platform/http-client.ts";
import { loadFile } from "#platform/input-error.ts";
import { edgeConfigSchema, loadEdgeConfig } from "../../../edge/config.ts";
import { edgeDatabaseFile } from "../../../edge/store/open-edge-store.ts";
import { serverConfigSchema, type ServerConfig } from "../../server/config.ts";
import { readSecret } from "../../server/read-secret.ts";
import { databaseFile } from "../../server/store/database-file.ts";
import { examine } from "../doctor.ts";
import { line } from "../doctor/finding.ts";
import { secretFilesOf, secretsIn } from "../doctor/secret-files.ts";
import { version } from "../program.ts";
import { knownValuesOf, rowCounts } from "./known-values.ts";
import { publicLog } from "./log-lines.ts";
import { privateTexts, publicConfig } from "./public-config.ts";
import { type KnownValue, Scrubber } from "./scrub.ts";

export interface BundleOptions {
	/** Configurations' files; one of them at least. */
	readonly server?: string | undefined;
	readonly edge?: string | undefined;
	readonly logs: readonly string[];
}

const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
const migrations = new URL("../../server/store/migrations/", import.meta.url);
const preface = `What a Keepclear says of itself, made by "keepclear diagnostics" to be shown to others.

Taken out: secrets, addresses, plates, telephone numbers, names of people, sites, cameras and lanes, words in Chinese, paths.
The same person or camera has the same name in all files, such as <camera 2>.
Look through it before you give it away all the same: you know what nobody else is to know.
`;

/** The files of the bundle, by name. @throws InputError where a configuration or a log cannot be read */
export async function makeBundle({ server, edge, logs }: BundleOptions): Promise<ReadonlyMap<string, string>> {
	const known: KnownValue[] = [];
	const files = new Map([["README.txt", preface]]);
	files.set("versions.json", json(versions()));
	let serverConfig: ServerConfig | null = null;
	if (server !== undefined) {
		serverConfig = await loadFile(serverConfigSchema, server);
		known.push({ kind: "path", value: serverConfig.dataFolder });
		for (const value of privateTexts(serverConfig)) known.push({ kind: "name", value });
		for (const value of await secretsIn(secretFilesOf(serverConfig))) known.push({ kind: "secret", value });
		known.push(...lookInto(files, "server", databaseFile(serverConfig.dataFolder)));
		files.set("server-config.json", json(publicConfig(serverConfig)));
	}
	if (edge !== undefined) {
		const config = await loadEdgeConfig(edge);
		for (const value of [config.server.token, config.mqtt.password]) known.push({ kind: "secret", value });
		known.push({ kind: "edge", value: config.edgeId }, { kind: "site", value: config.siteId });
		known.push(...lookInto(files, "edge", edgeDatabaseFile(config.dataFolder)));
		files.set("edge-config.json", json(publicConfig(await loadFile(edgeConfigSchema, edge))));
	}
	const scrubber = new Scrubber(known, root);
	const findings = await examine({ server, edge });
	files.set("doctor.txt", `${findings.map((finding) => scrubber.text(line(finding))).join("\n")}\n`);
	if (serverConfig) files.set("metrics.txt", scrubber.known(await metricsOf(serverConfig)));
	for (const [index, file] of logs.entries()) files.set(`log-${index + 1}.txt`, await publicLog(file, scrubber));
	return files;
}

const json = (value: unknown) => `${JSON.stringify(value, null, "\t")}\n`;

function versions(): object {
	const { node, v8, openssl } = process.versions;
	return {
		...{ keepclear: version, node, v8, openssl, platform: platform(), release: release(), arch: arch() },
		...{ cores: cpus().length, memoryBytes: totalmem() },
		migrations: readdirSync(migrations).sort(),
	};
}

/** Puts what a database is into the bundle, and answers what it knows. */
function lookInto(files: Map<string, string>, program: string, file: string): readonly KnownValue[] {
	if (!existsSync(file)) return [];
	try {
		const database = new Database(file, { readonly: true, fileMustExist: true });
		try {
			const version = Number(database.pragma("user_version", { simple: true }));
			const sqlite = String(database.prepare("SELECT sqlite_version()").pluck().get());
			files.set(`${program}-database.json`, json({ version, sqlite, rows: rowCounts(database) }));
			return knownValuesOf(database);
		} finally {
			database.close();
		}
	} catch (error) {
		// Without its database nobody knows whose names there are: the patterns of the scrubber are what is left.
		files.set(`${program}-database.json`, json({ cannotBeRead: (error as { code?: string }).code ?? "unknown" }));
		return [];
	}
}

async function metricsOf({ listen, metrics, tls }: ServerConfig): Promise<string> {
	if (metrics.tokenFile === undefined) return "metrics.tokenFile is not set: /metrics was not asked\n";
	try {
		const host = ["0.0.0.0", "::"].includes(listen.host) ? "127.0.0.1" : listen.host;
		const base = `${tls.kind === "off" ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${listen.port}`;
		const { status, text } = await callHttp({
			...{ method: "GET", url: `${base}/metrics`, signal: AbortSignal.timeout(5_000) },
			headers: { authorization: `Bearer ${await readSecret(metrics.tokenFile)}` },
			trustsAnybody: true, // on this machine, and its certificate may be for another name
		});
		return status === 200 ? text : `/metrics answered ${status}\n`;
	} catch {
		return "the server does not answer: it does not run, or its port is another\n";
	}
}
