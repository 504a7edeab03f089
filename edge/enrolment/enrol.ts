import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { EnrolGrant } from "#contract/enrolment-api.ts";
import { readCode } from "#core/enrolment/code.ts";
import { enrolmentKeysOf } from "#platform/enrolment-keys.ts";
import { InputError, loadFile } from "#platform/input-error.ts";
import { writeAtomically } from "#platform/write-atomically.ts";
import { edgeConfigSchema } from "../config.ts";
import { askServer } from "./ask-server.ts";
import { type Identity, writeIdentity } from "./identity.ts";
import { dropPendingToken, pendingToken } from "./pending-token.ts";

export interface EnrolOptions {
	/** `edge.yaml`; begun with what is needed where there is none. */
	readonly configFile: string;
	readonly serverUrl: string;
	/** As it was typed. */
	readonly code: string;
	/** Of a configuration that is begun. */
	readonly dataFolder: string;
}

export interface Enrolled {
	readonly identity: Identity;
	readonly identityFile: string;
	readonly name: string;
	readonly beganConfig: boolean;
}

/**
 * Makes this machine the edge that the code was made for. Killed at any moment, it is done again with the same code: until
 * the server has heard of the token the code is unused, and after that the same token is granted again for some minutes.
 *
 * @throws InputError
 */
export async function enrolEdge({ configFile, serverUrl, code, dataFolder }: EnrolOptions): Promise<Enrolled> {
	const url = serverOf(serverUrl);
	const read = readCode(code);
	if ("problem" in read) throw new InputError(`--code: ${read.problem}`);
	const beganConfig = !existsSync(configFile);
	if (beganConfig) await beginConfig(configFile, dataFolder);
	const identityFile = await identityFileOf(configFile);
	const keys = enrolmentKeysOf(read.code);
	const token = await pendingToken(identityFile, keys.publicKey).catch((cause: NodeJS.ErrnoException) => {
		throw new InputError(`${identityFile}: cannot be written (${cause.code})`, { cause });
	});
	const grant = await askServer(url, keys, token);
	const identity = identityOf(grant, url, { token, publicKey: keys.publicKey });
	await writeIdentity(identityFile, identity);
	await dropPendingToken(identityFile);
	return { identity, identityFile, name: grant.name, beganConfig };
}

const identityOf = (
	{ siteId, edgeId, mqtt, authority: ca }: EnrolGrant,
	url: string,
	by: Pick<Identity, "token" | "publicKey">,
): Identity => ({
	...{ siteId, edgeId, ...by },
	server: { url, ca },
	mqtt: mqtt && { url: `${mqtt.tls ? "mqtts" : "mqtt"}://${new URL(url).hostname}:${mqtt.port}`, ca },
});

function serverOf(text: string): string {
	if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
		throw new InputError(`--server: ${text} must be an address that begins with http:// or https://`);
	}
	const { username, origin, pathname } = new URL(text);
	if (username !== "") throw new InputError("--server: must carry no user or password");
	return `${origin}${pathname}`.replace(/\/+$/, "");
}

async function beginConfig(file: string, dataFolder: string): Promise<void> {
	const text = `# Begun by keepclear enrol; config/edge.example.yaml shows every key.
identityFile: edge-identity.json
dataFolder: ${JSON.stringify(dataFolder)}
`;
	await writeAtomically(file, text, 0o640).catch((cause: NodeJS.ErrnoException) => {
		throw new InputError(`${file}: cannot be written (${cause.code})`, { cause });
	});
}

async function identityFileOf(configFile: string): Promise<string> {
	const { identityFile } = await loadFile(edgeConfigSchema, configFile);
	if (identityFile !== undefined) return resolve(dirname(configFile), identityFile);
	throw new InputError(
		`${configFile}: names no identityFile: write identityFile: edge-identity.json in the place of siteId, edgeId, server and mqtt`,
	);
}
