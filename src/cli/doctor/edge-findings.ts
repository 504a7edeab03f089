import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InputError, loadFile } from "#platform/input-error.ts";
import { edgeClientId } from "#contract/topics.ts";
import { ServerClient, ServerError } from "../../../edge/centre/server-client.ts";
import { type EdgeConfig, edgeConfigSchema, loadEdgeConfig } from "../../../edge/config.ts";
import { wholeWeights } from "../../../edge/detect/model-store.ts";
import { isDetector } from "../../../edge/models/model-manifest.ts";
import { findModel, modelsFolderOf } from "../../../edge/models/models-folder.ts";
import { loadPlateModels } from "../../../edge/plates/plate-models.ts";
import { lockDataFolder } from "../../../edge/store/edge-lock.ts";
import { edgeDatabaseFile, edgeDatabaseVersion } from "../../../edge/store/open-edge-store.ts";
import { databaseFindings } from "./database-finding.ts";
import { type Finding, fine, look, refuse, wrong } from "./finding.ts";
import { folderFindings } from "./folder-findings.ts";
import { answersAt, authorityFinding, signInFinding } from "./network-findings.ts";
import { secretFileFinding, type SecretFile, secretFilesOf, secretsIn } from "./secret-files.ts";
import type { Findings } from "./server-findings.ts";

/** What an edge needs: its configuration, folder, database, models, and its ways to server and broker. */
export async function edgeFindings(file: string): Promise<Findings> {
	const { files, inline } = await secretFilesOfEdge(file);
	const secrets = await secretsIn(files);
	const ofFiles = (
		await Promise.all([...files, ...inline].map((each) => look("secret", () => secretFileFinding(each))))
	).flat();
	let config: EdgeConfig;
	try {
		config = await loadEdgeConfig(file);
	} catch (error) {
		return { findings: [...(await look("configuration", () => refuse(error))), ...ofFiles], secrets };
	}
	const { dataFolder, evidence, server, mqtt } = config;
	const looks = [
		look("data folder", () =>
			folderFindings(dataFolder, { minFreeBytes: evidence.minFreeBytes, key: "evidence.minFreeBytes" }),
		),
		look("database", async () =>
			databaseFindings(
				edgeDatabaseFile(dataFolder),
				edgeDatabaseVersion,
				"the next start puts it aside and begins a fresh one",
			),
		),
		look("model", () => modelFinding(config.model)),
		...(config.readPlates
			? [
					look("plate models", async () =>
						fine("plate models", `${(await loadPlateModels()).name} are there, and their sha256 are right`),
					),
				]
			: []),
		look("server", () => serverFinding(config)),
		look("broker", () => brokerFinding(config)),
		...[...new Set([server.ca, mqtt.ca])].flatMap((pem) =>
			pem === null ? [] : [look("authority", () => authorityFinding(pem))],
		),
	];
	const found = (await Promise.all(looks)).flat();
	const read = fine("configuration", `${file} can be read`);
	return { findings: [read, ...ofFiles, ...found], secrets: [...secrets, server.token, mqtt.password] };
}

/** Of a configuration that may be wrong elsewhere. */
async function secretFilesOfEdge(
	file: string,
): Promise<{ readonly files: readonly SecretFile[]; readonly inline: readonly SecretFile[] }> {
	const folder = dirname(resolve(file));
	const { server, mqtt } = await loadFile(edgeConfigSchema, file).catch((error: unknown) => {
		if (error instanceof InputError) return { server: {}, mqtt: {} };
		throw error;
	});
	const inline = [
		...(server && "token" in server && server.token !== undefined ? [{ key: "server.token", file }] : []),
		...(mqtt && "password" in mqtt && mqtt.password !== undefined ? [{ key: "mqtt.password", file }] : []),
	];
	const files = secretFilesOf({ server, mqtt }).map(({ key, file: name }) => ({ key, file: resolve(folder, name) }));
	return { files, inline };
}

async function modelFinding(name: string): Promise<Finding> {
	const folder = modelsFolderOf();
	const model = await findModel(name, folder);
	if (!isDetector(model))
		return wrong("model", `${name} finds no vehicles: it is for plates; see keepclear models list`);
	await wholeWeights(model, folder);
	return fine("model", `${name} is there, and its sha256 is right`);
}

/** The way, TLS, the token, and whether it is the token of the edge that the configuration names. */
async function serverFinding({ server, siteId, edgeId }: EdgeConfig): Promise<Finding> {
	try {
		const told = await new ServerClient(server).config(AbortSignal.timeout(20_000));
		if (told.siteId !== siteId || told.edgeId !== edgeId)
			return wrong(
				"server",
				`${server.url} knows this token as edge ${told.edgeId} of site ${told.siteId}, the configuration says ${edgeId} of ` +
					`${siteId}: give this edge its own token, or correct siteId and edgeId`,
			);
		return fine("server", `${server.url} answers and takes the token; it gives ${told.cameras.length} cameras`);
	} catch (error) {
		if (!(error instanceof ServerError)) throw error;
		return wrong("server", `${server.url}: ${error.message}: ${whatToDo(error, server.url)}`);
	}
}

function whatToDo({ status, message }: ServerError, url: string): string {
	if (status === 401) return "make a code on the page (边缘节点) and enrol this edge with it (keepclear enrol)";
	if (status === 404) return "server.url is not the address of a Keepclear";
	if (status > 0) return "look into the server's log";
	if (/redirect/.test(message))
		return "server.url is led elsewhere: write the address it is led to (https:// where it is http://)";
	if (/certificate|self.signed|CERT/i.test(message))
		return "enrol this edge anew, name the file of its authority as server.caFile, or give the server a certificate for this name";
	return url.startsWith("https:") ? "is it up, and does it speak TLS there?" : "is it up, and is the way to it open?";
}

async function brokerFinding({ mqtt, edgeId, dataFolder }: EdgeConfig): Promise<Finding> {
	if (!edgeRuns(dataFolder)) return signInFinding(mqtt, edgeClientId(edgeId));
	const { hostname, port, protocol } = new URL(mqtt.url);
	// A second connection under its name would throw the edge off.
	return (await answersAt(hostname, Number(port) || (protocol === "mqtts:" ? 8883 : 1883)))
		? fine("broker", `${mqtt.url} answers; the edge runs, so that its name was not tried`)
		: wrong("broker", `${mqtt.url}: nothing answers: is the server (or the broker) up, and the way to it open?`);
}

function edgeRuns(dataFolder: string): boolean {
	if (!existsSync(dataFolder)) return false; // a lock would make it
	try {
		lockDataFolder(dataFolder, 0).release();
		return false;
	} catch (error) {
		if (error instanceof InputError) return true;
		throw error;
	}
}
