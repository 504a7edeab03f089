import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { idSchema } from "#contract/ids.ts";
import { InputError, loadFile, parseOrRefuse } from "#platform/input-error.ts";

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

/**
 * `edge.yaml`. The commented reference is config/edge.example.yaml. Files and folders are relative to the folder of the
 * configuration file.
 */
export const edgeConfigSchema = z.strictObject({
	siteId: idSchema,
	edgeId: idSchema,
	server: z.strictObject({
		url: withScheme("http", "https"),
		/** This edge's token as the server gave it. Better in `tokenFile`, or in the environment as KEEPCLEAR_EDGE_TOKEN. */
		token: secret.optional(),
		tokenFile: file.optional(),
	}),
	mqtt: z.strictObject({
		url: withScheme("mqtt", "mqtts"),
		/** Default: the edge's id and token, which the server's own broker knows. */
		username: secret.optional(),
		password: secret.optional(),
		passwordFile: file.optional(),
		/** PEM file with the certificate authority of a broker whose certificate no public authority signed. */
		caFile: file.optional(),
	}),
	dataFolder: file,
	/** A name of `keepclear models list`, or the path of a prepared model. */
	model: z.string().min(1).default("yolov8s"),
	/** Inference threads, shared by all cameras. Each takes one core while it works. */
	detectorWorkers: z.number().int().min(1).max(32).default(1),
	/** Whether the plates of vehicles that stand in a lane are read; in a thread of its own, beside the detector's. */
	readPlates: z.boolean().default(true),
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
});

/** A configuration that is whole: secrets read, paths absolute. */
export interface EdgeConfig {
	readonly siteId: string;
	readonly edgeId: string;
	readonly server: { readonly url: string; readonly token: string };
	readonly mqtt: {
		readonly url: string;
		readonly username: string;
		readonly password: string;
		readonly ca: string | null;
	};
	readonly dataFolder: string;
	readonly model: string;
	readonly detectorWorkers: number;
	readonly readPlates: boolean;
	readonly ring: { readonly keepMs: number; readonly maxBytes: number };
	readonly evidence: { readonly maxBytes: number; readonly minFreeBytes: number };
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
	{ server, mqtt, model, ...rest }: z.output<typeof edgeConfigSchema>,
	place: string,
	environment: NodeJS.ProcessEnv,
): Promise<EdgeConfig> {
	const folder = dirname(resolve(place));
	const problems: string[] = [];
	const read = async (key: string, name: string) => {
		try {
			return (await readFile(resolve(folder, name), "utf8")).trim();
		} catch (cause) {
			problems.push(`${place}: ${key}: ${name} cannot be read (${(cause as NodeJS.ErrnoException).code})`);
			return undefined;
		}
	};
	const token =
		server.token ??
		(server.tokenFile ? await read("server.tokenFile", server.tokenFile) : environment["KEEPCLEAR_EDGE_TOKEN"]);
	if (!token && problems.length === 0) {
		problems.push(`${place}: server: needs token, tokenFile, or KEEPCLEAR_EDGE_TOKEN in the environment`);
	}
	const password =
		mqtt.password ??
		(mqtt.passwordFile
			? await read("mqtt.passwordFile", mqtt.passwordFile)
			: (environment["KEEPCLEAR_MQTT_PASSWORD"] ?? token));
	const ca = mqtt.caFile ? ((await read("mqtt.caFile", mqtt.caFile)) ?? null) : null;
	if (problems.length > 0 || !token || !password) throw new InputError(problems);
	return {
		...rest,
		server: { url: server.url.replace(/\/+$/, ""), token },
		mqtt: { url: mqtt.url, username: mqtt.username ?? rest.edgeId, password, ca },
		dataFolder: resolve(folder, rest.dataFolder),
		model: /[/\\]/.test(model) ? resolve(folder, model) : model,
	};
}
