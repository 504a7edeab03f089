import { join } from "node:path";
import Database from "better-sqlite3";
import { connectAsync } from "mqtt";
import { edgeClientId, serverSubscriptions, serverUsername, topics } from "#contract/topics.ts";
import { createLog } from "#platform/log.ts";
import { superviseBroker } from "../../../src/server/broker/supervise-broker.ts";
import { edgeOf, siteId } from "./many-lanes.ts";

const measuredMs = 4_000;

/** Rows a second, one a transaction, as durable as the server's own (WAL, synchronous FULL). */
export function measureInserts(folder: string): number {
	const store = new Database(join(folder, "raw.db"));
	store.pragma("journal_mode = WAL");
	store.pragma("synchronous = FULL");
	store.exec("CREATE TABLE messages (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT");
	const insert = store.prepare("INSERT INTO messages (at, body) VALUES (?, ?)");
	const body = "x".repeat(300);
	const startedAt = performance.now();
	let count = 0;
	for (; performance.now() - startedAt < measuredMs; count += 1) insert.run(Date.now(), body);
	store.close();
	return (count * 1000) / (performance.now() - startedAt);
}

/**
 * Messages a second of an edge by way of the server's own broker, with nobody behind it but one that
 * counts: QoS 1, 40 on their way.
 */
export async function measureBroker(databaseFile: string, folder: string, token: string): Promise<number> {
	const stopping = new AbortController();
	const serverPassword = "of this measurement";
	const log = createLog("bench", "silent");
	const dataFolder = join(folder, "raw-broker");
	const broker = superviseBroker({ host: "127.0.0.1", port: 0, databaseFile, dataFolder, serverPassword, log });
	const running = broker.run(stopping.signal);
	const { url } = await broker.started;
	const counter = await connectAsync(url, { username: serverUsername, password: serverPassword });
	let count = 0;
	counter.on("message", () => (count += 1));
	await counter.subscribeAsync(serverSubscriptions[3], { qos: 1 });
	const address = { siteId, edgeId: edgeOf(0) };
	const client = await connectAsync(url, {
		...{ username: address.edgeId, password: token, clientId: edgeClientId(address.edgeId), protocolVersion: 4 },
	});
	const body = "x".repeat(300);
	const startedAt = performance.now();
	const send = async () => {
		while (performance.now() - startedAt < measuredMs)
			await client.publishAsync(topics.alert(address), body, { qos: 1 });
	};
	await Promise.all(Array.from({ length: 40 }, send));
	const perSecond = (count * 1000) / (performance.now() - startedAt);
	await client.endAsync();
	await counter.endAsync();
	stopping.abort();
	await running;
	return perSecond;
}
