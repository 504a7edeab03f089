import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "#platform/log.ts";
import type { MqttAccess } from "#platform/mqtt-connection.ts";
import { superviseBroker } from "../../src/server/broker/supervise-broker.ts";
import { hasMosquitto, type MosquittoTls, prepareMosquitto } from "./mosquitto.ts";
import { until } from "./poll.ts";
import { edgeOne, edgeTwo, tokenOf } from "./wire-store.ts";

/** A broker that a test may knock down. Nothing is on until `bringUp`. */
export interface BrokerInTest {
	readonly url: string;
	readonly serverAccess: MqttAccess;
	bringUp(): Promise<void>;
	takeDown(): Promise<void>;
	/** SIGKILL, and on again: by its supervisor, or by us where it has none. */
	kill(): Promise<void>;
}

export interface BrokerKind {
	readonly name: string;
	readonly available: boolean;
	/** @param databaseFile the server's, with the two edges of wire-store.ts */
	readonly prepare: (parts: { folder: string; databaseFile: string; log: Logger }) => Promise<BrokerInTest>;
}

const serverPassword = "the server's own";

export const brokerKinds: readonly BrokerKind[] = [
	{ name: "the embedded broker", available: true, prepare: prepareEmbedded },
	{ name: "mosquitto", available: hasMosquitto, prepare: prepareOther },
];

async function prepareEmbedded(parts: { folder: string; databaseFile: string; log: Logger }): Promise<BrokerInTest> {
	let port = 0;
	const start = () => {
		const stop = new AbortController();
		const supervisor = superviseBroker({
			host: "127.0.0.1",
			port,
			databaseFile: parts.databaseFile,
			dataFolder: join(parts.folder, "broker"),
			serverPassword,
			log: parts.log,
		});
		return { supervisor, stop, done: supervisor.run(stop.signal) };
	};
	let running: ReturnType<typeof start> | null = null;
	const url = () => `mqtt://127.0.0.1:${port}`;
	return {
		get url() {
			return url();
		},
		get serverAccess() {
			return { url: url(), username: "server", password: serverPassword };
		},
		async bringUp() {
			running = start();
			port = (await running.supervisor.started).port;
		},
		async takeDown() {
			running?.stop.abort();
			await running?.done;
			running = null;
		},
		async kill() {
			const before = running?.supervisor.pid;
			if (!running || !before) throw new Error("the broker does not run");
			const { supervisor } = running;
			process.kill(before, "SIGKILL");
			await until("the broker's new process", () => supervisor.pid !== null && supervisor.pid !== before);
		},
	};
}

/** Mosquitto with the access rules that we recommend. */
export async function prepareOther({ folder, tls }: { folder: string; tls?: MosquittoTls }): Promise<BrokerInTest> {
	const edges = [edgeOne, edgeTwo].map((edge) => [edge.edgeId, tokenOf(edge)] as const);
	const mosquitto = await prepareMosquitto({
		folder,
		users: { ...Object.fromEntries(edges), keepclear: serverPassword },
		...(tls ? { tls } : {}),
	});
	const url = `${tls ? "mqtts" : "mqtt"}://localhost:${mosquitto.port}`;
	return {
		url,
		serverAccess: { url, username: "keepclear", password: serverPassword },
		bringUp: () => mosquitto.start(),
		takeDown: () => mosquitto.kill(),
		async kill() {
			await mosquitto.kill();
			await mosquitto.start();
		},
	};
}

/** A folder of the test's own, and how to take it away. */
export function temporaryFolder(): { folder: string; remove: () => void } {
	const folder = mkdtempSync(join(tmpdir(), "keepclear-wire-"));
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
