import { randomBytes } from "node:crypto";
import type { MqttClient } from "mqtt";
import type { ConfigMessage, JobMessage } from "#contract/messages/index.ts";
import { type EdgeAddress, serverSubscriptions, silentAfterMs, topics } from "#contract/topics.ts";
import type { Logger } from "#platform/log.ts";
import { aborted, keepMqttConnection, type MqttAccess, subscribeAll } from "#platform/mqtt-connection.ts";
import type { EdgeNotifier } from "../edges/edge-notifier.ts";
import type { Feed } from "../store/feed.ts";
import type { Store } from "../store/open-store.ts";
import { Acknowledger } from "./acknowledger.ts";
import { SilentEdges } from "./silent-edges.ts";
import { MessageTaker } from "./take-message.ts";

export interface IngestOptions {
	readonly store: Store;
	readonly feed: Feed;
	readonly mqtt: MqttAccess;
	readonly log: Logger;
}

export interface Ingest extends EdgeNotifier {
	/** Returns once the connection is closed. To be called once. */
	run(signal: AbortSignal): Promise<void>;
}

/** The server's end of the wire: takes what edges say, and tells them what waits for them. */
export function startIngest({ store, feed, mqtt, log }: IngestOptions): Ingest {
	let client: MqttClient | null = null;
	const silentEdges = new SilentEdges(store, feed, silentAfterMs);
	const acknowledger = new Acknowledger((topic, message) => publish(topic, message, false));
	const taker = new MessageTaker({ store, feed, acknowledger, silentEdges, log });

	/** Without a connection nothing is kept: acknowledgements are asked for again, revisions are told at each connection. */
	function publish(topic: string, message: object, retain: boolean): void {
		client
			?.publishAsync(topic, JSON.stringify(message), { qos: 1, retain })
			.catch((error: Error) => log.debug({ topic, reason: error.message }, "not published"));
	}

	function publishConfig(edge: EdgeAddress, revision: number): void {
		publish(topics.config(edge), { v: 1, at: Date.now(), revision } satisfies ConfigMessage, true);
	}

	async function session(connection: MqttClient, closed: AbortSignal): Promise<void> {
		connection.on("message", (topic, bytes, { retain }) => taker.take(topic, bytes, retain));
		await subscribeAll(connection, serverSubscriptions);
		client = connection;
		// Tells every edge what it should run with (the broker may have lost it), and that we are there: whoever has alerts
		// waiting sends them now.
		for (const { revision, ...edge } of listEdges(store)) publishConfig(edge, revision);
		await aborted(closed);
		acknowledger.flush();
		client = null;
	}

	function sweep(): void {
		try {
			for (const edgeId of silentEdges.sweep(Date.now()))
				log.warn({ edgeId }, "the edge fell silent: taken as offline");
		} catch (err) {
			log.error({ err }, "silent edges could not be looked for");
		}
	}

	return {
		async run(signal) {
			const clientId = `keepclear-server-${randomBytes(6).toString("hex")}`;
			const sweeping = setInterval(sweep, silentAfterMs / 5);
			await keepMqttConnection({ access: mqtt, clientId, log, session }, signal);
			clearInterval(sweeping);
		},
		publishConfig,
		publishJob: (edge, jobId) => publish(topics.job(edge), { v: 1, at: Date.now(), jobId } satisfies JobMessage, false),
		get connected() {
			return client?.connected ?? false;
		},
	};
}

const listEdges = (store: Store) =>
	store
		.prepare<[], EdgeAddress & { revision: number }>(
			"SELECT site_id AS siteId, id AS edgeId, config_revision AS revision FROM edges WHERE revoked_at IS NULL",
		)
		.all();
