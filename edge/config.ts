import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { idSchema } from "#contract/ids.ts";
import { InputError, loadFile, parseOrRefuse } from "#platform/input-error.ts";
import { findIdentity, type Identity } from "./enrolment/identity.ts";
import { edgeKeyFileOf } from "./store/edge-key.ts";
import { isNetwork } from "./video/camera-networks.ts";

const MB = 1_000_000;

const withScheme = (...schemes: string[]) =>
	z
		.string()
		.refine(
			(text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)),
			`must be a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}`,
		);
const secret = z.string().min(1).max(500);
const file = z.string().min(1);

const byHand = ["siteId", "edgeId", "server", "mqtt"] as const;

/**
 * `edge.yaml`. The commented reference is config/edge.example.yaml. Files and folders are relative to the folder of the
 * configuration file.
 */
export const edgeConfigSchema = z
	.strictObject({
		/** What `keepclear enrol` has written: who this edge is, what it signs in with, and where. */
		identityFile: file.optional(),
		/** In its place, by hand: */
		siteId: idSchema.optional(),
		edgeId: idSchema.optional(),
		server: z
			.strictObject({
				url: withScheme("http", "https"),
				/** This edge's token as the server gave it. Better in `tokenFile`, or in the environment as KEEPCLEAR_EDGE_TOKEN. */
				token: secret.optional(),
				tokenFile: file.optional(),
				/** PEM file with the authority of a server whose certificate no public authority signed. */
				caFile: file.optional(),
			})
			.optional(),
		/** Beside an identity only where the broker is not the server's own. */
		mqtt: z
			.strictObject({
				url: withScheme("mqtt", "mqtts"),
				/** Default: the edge's id and token, which the server's own broker knows. */
				username: secret.optional(),
				password: secret.optional(),
				passwordFile: file.optional(),
				/** PEM file with the certificate authority of a broker whose certificate no public authority signed. */
				caFile: file.optional(),
			})
			.optional(),
		dataFolder: file,
		/** A name of `keepclear models list`, or the path of a prepared model. */
		model: z.string().min(1).default("yolov8s"),
		/** Processes that run the model, shared by all cameras. Each takes one core while it works. */
		detectorWorkers: z.number().int().min(1).max(32).default(1),
		/** Whether the plates of vehicles that stand in a lane are read; in a process of its own, beside the detector's. */
		readPlates: z.boolean().default(true),
		/**
		 * Networks that cameras may be in, as `192.168.8.0/24`. Absent: everywhere but this machine, addresses without a router
		 * (those of clouds' metadata among them) and groups.
		 */
		cameraNetworks: z.array(z.string().refine(isNetwork, "must be a network such as 192.168.8.0/24")).min(1).optional(),
		/** What each camera keeps on disk as video, so that a clip can begin before the alert. */
		ring: z
			.strictObject({
				keepMs: z.number().int().min(30_000).max(86_400_000).default(300_000),
				maxBytes: z
					.number()
					.int()
					.min(10 * MB)
					.default(500 * MB),
			})
			.prefault({}),
		evidence: z
			.strictObject({
				/** Evidence that waits for its upload; beyond it the oldest goes, clips before stills. */
				maxBytes: z
					.number()
					.int()
					.min(10 * MB)
					.default(5_000 * MB),
				/** With less room than this on the disk, no video is kept and no clip is cut. Alerts still go out. */
				minFreeBytes: z
					.number()
					.int()
					.min(0)
					.default(300 * MB),
			})
			.prefault({}),
		/** Live video for people: sent while somebody watches. Analysis and evidence go first. */
		live: z
			.strictObject({
				/** Cameras at once: each takes its whole bit rate (2 to 8 Mbit/s) of the way to the server, and no decoding. */
				maxStreams: z.number().int().min(0).max(64).default(8),
				/** Of these made H.264 here at once, for browsers that do not play H.265: each takes some 0.3 to 0.6 of a core. */
				maxTranscoded: z.number().int().min(0).max(16).default(1),
			})
			.prefault({}),
		secrets: z
			.strictObject({
				/** Holds the key that camera passwords are sealed with on this machine. Absent: `secrets.key` in the data folder. */
				keyFile: file.optional(),
			})
			.prefault({}),
	})
	.superRefine(({ identityFile, ...config }, context) => {
		for (const key of byHand) {
			const isThere = config[key] !== undefined;
			if (identityFile === undefined && !isThere)
				context.addIssue({ code: "custom", path: [key], message: "is missing, and so is an identityFile" });
			if (identityFile !== undefined && isThere && key !== "mqtt")
				context.addIssue({ code: "custom", path: [key], message: "stands in the identityFile: leave one of them out" });
		}
	});

/** A configuration that is whole: secrets read, paths absolute. */
export interface EdgeConfig {
	readonly siteId: string;
	readonly edgeId: string;
	readonly server: {
		readonly url: string;
		readonly token: string;
		/** PEM: who alone may have signed its certificate; another one once the server tells of it. Null: those that Node trusts. */
		ca: string | null;
	};
	readonly mqtt: {
		readonly url: string;
		readonly username: string;
		readonly password: string;
		ca: string | null;
	};
	/** Null: by hand. */
	readonly identityFile: string | null;
	readonly dataFolder: string;
	readonly model: string;
	readonly detectorWorkers: number;
	readonly readPlates: boolean;
	readonly cameraNetworks?: readonly string[] | undefined;
	readonly ring: { readonly keepMs: number; readonly maxBytes: number };
	readonly evidence: { readonly maxBytes: number; readonly minFreeBytes: number };
	readonly secrets: { readonly keyFile: string };
	readonly live: { readonly maxStreams: number; readonly maxTranscoded: number };
}

/** @throws InputError that names every problem with its place. */
export async function loadEdgeConfig(path: string, environment: NodeJS.ProcessEnv = process.env): Promise<EdgeConfig> {
	return completeEdgeConfig(await loadFile(edgeConfigSchema, path), path, environment);
}

/** The same for a configuration that is already in memory; `place` is what problems are said of. @throws InputError */
export async function parseEdgeConfig(
	value: unknown,
	place: string,
	environment: NodeJS.ProcessEnv = process.env,
): Promise<EdgeConfig> {
	return completeEdgeConfig(parseOrRefuse(edgeConfigSchema, value, place), place, environment);
}

async function completeEdgeConfig(
	{ identityFile, siteId, edgeId, server, mqtt, model, secrets, ...rest }: z.output<typeof edgeConfigSchema>,
	place: string,
	environment: NodeJS.ProcessEnv,
): Promise<EdgeConfig> {
	const folder = dirname(resolve(place));
	const problems: string[] = [];
	const read = readerOf(folder, place, problems);
	const identity = identityFile === undefined ? null : await identityOf(resolve(folder, identityFile), place);
	const token = identity?.token ?? (await tokenOf(server, { read, environment, place, problems }));
	const password =
		mqtt?.password ??
		(mqtt?.passwordFile
			? await read("mqtt.passwordFile", mqtt.passwordFile)
			: identity === null
				? (environment["KEEPCLEAR_MQTT_PASSWORD"] ?? token)
				: token);
	const ca = mqtt?.caFile ? ((await read("mqtt.caFile", mqtt.caFile)) ?? null) : null;
	const serverCa = server?.caFile ? ((await read("server.caFile", server.caFile)) ?? null) : null;
	const broker = mqtt ? { url: mqtt.url, ca } : (identity?.mqtt ?? null);
	if (!broker) problems.push(`${place}: mqtt: is missing: the broker is not the server's own`);
	if (problems.length > 0 || !token || !password || !broker) throw new InputError(problems);
	const id = identity?.edgeId ?? edgeId ?? "";
	const dataFolder = resolve(folder, rest.dataFolder);
	return {
		...rest,
		...{ siteId: identity?.siteId ?? siteId ?? "", edgeId: id },
		identityFile: identityFile === undefined ? null : resolve(folder, identityFile),
		server: { ...(identity?.server ?? { url: server?.url.replace(/\/+$/, "") ?? "", ca: serverCa }), token },
		mqtt: { ...broker, username: mqtt?.username ?? id, password },
		dataFolder,
		secrets: { keyFile: secrets.keyFile ? resolve(folder, secrets.keyFile) : edgeKeyFileOf(dataFolder) },
		model: /[/\\]/.test(model) ? resolve(folder, model) : model,
	};
}

type Read = (key: string, name: string) => Promise<string | undefined>;

const readerOf =
	(folder: string, place: string, problems: string[]): Read =>
	async (key, name) => {
		try {
			return (await readFile(resolve(folder, name), "utf8")).trim();
		} catch (cause) {
			problems.push(`${place}: ${key}: ${name} cannot be read (${(cause as NodeJS.ErrnoException).code})`);
			return undefined;
		}
	};

async function tokenOf(
	server: { readonly token?: string | undefined; readonly tokenFile?: string | undefined } | undefined,
	where: { read: Read; environment: NodeJS.ProcessEnv; place: string; problems: string[] },
): Promise<string | undefined> {
	const { read, environment, place, problems } = where;
	const token =
		server?.token ??
		(server?.tokenFile ? await read("server.tokenFile", server.tokenFile) : environment["KEEPCLEAR_EDGE_TOKEN"]);
	if (!token && problems.length === 0) {
		problems.push(`${place}: server: needs token, tokenFile, or KEEPCLEAR_EDGE_TOKEN in the environment`);
	}
	return token;
}

async function identityOf(file: string, place: string): Promise<Identity> {
	const identity = await findIdentity(file);
	if (identity) return identity;
	throw new InputError(
		`${place}: identityFile: ${file} is not there: this edge is not enrolled yet; keepclear enrol --config ${place} --server URL`,
	);
}
