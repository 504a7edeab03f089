import { join } from "node:path";
import type { Logger } from "#platform/log.ts";
import { superviseBroker, type SupervisedBroker } from "./broker/supervise-broker.ts";
import type { ServerConfig } from "./config.ts";
import type { EdgeNotifier } from "./edges/edge-notifier.ts";
import type { CertificateKeeper } from "./tls/certificate-keeper.ts";
import { randomToken } from "./http/secrets.ts";
import { startIngest, type IngestOptions } from "./ingest/start-ingest.ts";
import { readPem, readSecret } from "./read-secret.ts";
import type { ForEdges } from "./server-parts.ts";
import type { Feed } from "./store/feed.ts";
import type { Store } from "./store/open-store.ts";

export interface Messaging {
	/** Where edges on this machine connect. */
	readonly url: string;
	/** Where edges elsewhere connect; null: the broker is not ours. */
	readonly forEdges: ForEdges["mqtt"];
	readonly notifier: EdgeNotifier;
	run(signal: AbortSignal): Promise<void>;
	/** Stops what was started before `run`. To be called after it, or in its place. */
	close(): Promise<void>;
}

interface MessagingParts {
	readonly store: Store;
	readonly feed: Feed;
	readonly log: Logger;
	readonly databaseFile: string;
	/** Null: the broker has TLS of its own configuration, or none. */
	readonly certificates: CertificateKeeper | null;
}

/** The broker (ours or another) and the server's own connection to it. @throws InputError */
export async function startMessaging(config: ServerConfig, parts: MessagingParts): Promise<Messaging> {
	return config.mqtt.kind === "embedded"
		? withOwnBroker(config.mqtt, config.dataFolder, parts)
		: withOtherBroker(config.mqtt, parts);
}

type Embedded = Extract<ServerConfig["mqtt"], { kind: "embedded" }>;
type External = Extract<ServerConfig["mqtt"], { kind: "external" }>;

async function withOwnBroker(
	{ host, port, tls: ofBroker }: Embedded,
	dataFolder: string,
	{ store, feed, log, databaseFile, certificates }: MessagingParts,
): Promise<Messaging> {
	const tls = certificates?.files ?? ofBroker;
	const serverPassword = randomToken(); // known to this process and the broker's, until the next start
	const folder = join(dataFolder, "broker");
	const broker = superviseBroker({ host, port, databaseFile, dataFolder: folder, serverPassword, tls, log });
	certificates?.onChange(() => broker.showNewCertificate());
	const stopping = new AbortController();
	const running = broker.run(stopping.signal);
	const place = await firstStart(broker, running);
	const ingest = startIngest({
		store,
		feed,
		mqtt: { url: place.url, username: "server", password: serverPassword },
		log,
	});
	return {
		url: `${tls ? "mqtts" : "mqtt"}://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${place.port}`,
		forEdges: { port: place.port, tls: tls !== undefined },
		notifier: ingest,
		run: (signal) => ingest.run(signal),
		async close() {
			stopping.abort(); // after the ingest, whose last acknowledgements need a broker
			await running;
		},
	};
}

/** `running` fails for the same reason and would otherwise be a rejection that nobody has heard. */
async function firstStart(broker: SupervisedBroker, running: Promise<void>) {
	running.catch(() => undefined);
	return broker.started;
}

async function withOtherBroker(
	{ url, username, passwordFile, caFile }: External,
	parts: MessagingParts,
): Promise<Messaging> {
	const { store, feed, log } = parts;
	const ca = caFile === undefined ? null : await readPem("mqtt.caFile", caFile);
	const mqtt: IngestOptions["mqtt"] = { url, username, password: await readSecret(passwordFile), ca };
	const ingest = startIngest({ store, feed, mqtt, log });
	return { url, forEdges: null, notifier: ingest, run: (signal) => ingest.run(signal), close: async () => {} };
}
