import { once } from "node:events";
import { connect as connectSocket } from "node:net";
import { join } from "node:path";
import mqtt, { type MqttClient } from "mqtt";
import { beforeEach, describe, expect, it } from "vitest";
import { edgeClientId, serverSubscriptions, topics } from "#contract/topics.ts";
import { type Broker, startBroker } from "../../src/server/broker/start-broker.ts";
import type { Store } from "../../src/server/store/open-store.ts";
import { keptLog } from "../support/kept-log.ts";
import { endings } from "../support/story.ts";
import { temporaryFolder } from "../support/wire-brokers.ts";
import { edgeOne, openWireStore, tokenOf } from "../support/wire-store.ts";

const atEnd = endings();
const serverPassword = "the server's own";
let folder: string;
let store: Store;

beforeEach(() => {
	const temporary = temporaryFolder();
	({ folder } = temporary);
	store = openWireStore(join(folder, "server.db"));
	atEnd(temporary.remove);
	atEnd(() => store.close());
});

async function start(): Promise<{ broker: Broker; kept: ReturnType<typeof keptLog> }> {
	const kept = keptLog();
	const databaseFile = join(folder, "server.db");
	const dataFolder = join(folder, "broker");
	return {
		broker: await startBroker({ host: "127.0.0.1", port: 0, databaseFile, dataFolder, serverPassword }, kept.log),
		kept,
	};
}

function begin({ ports }: Broker, who: "edge" | "server"): MqttClient {
	const asWho =
		who === "edge"
			? {
					...{ username: edgeOne.edgeId, password: tokenOf(edgeOne), clientId: edgeClientId(edgeOne.edgeId) },
					will: { topic: topics.status(edgeOne), payload: Buffer.from("gone"), retain: true, qos: 1 as const },
				}
			: { username: "server", password: serverPassword, clientId: "keepclear-server-test" };
	const client = mqtt.connect(`mqtt://127.0.0.1:${ports.port}`, { protocolVersion: 4, reconnectPeriod: 0, ...asWho });
	client.on("error", () => undefined);
	atEnd(() => void client.end(true));
	return client;
}

async function connect(broker: Broker, who: "edge" | "server"): Promise<MqttClient> {
	const client = begin(broker, who);
	await new Promise<void>((resolve) => client.once("connect", () => resolve()));
	return client;
}

describe("a broker that is stopped", () => {
	it("ends in the middle of everything without a word of its database, and keeps what it took", async () => {
		for (let round = 0; round < 4; round++) {
			const { broker, kept } = await start();
			const [edge, server] = [await connect(broker, "edge"), await connect(broker, "server")];
			for (let n = 0; n < 20; n++) {
				edge.publish(topics.laneState(edgeOne, `lane-${n}`), String(round), { retain: true, qos: 1 });
				server.subscribe([...serverSubscriptions], { qos: 1 }, () => undefined);
			}
			await edge.publishAsync(topics.laneState(edgeOne, "last"), `round ${round}`, { retain: true, qos: 1 });
			edge.publish(topics.laneState(edgeOne, "after"), "", { retain: true, qos: 1 });
			for (let n = 0; n < 6; n++) begin(broker, n % 2 === 0 ? "edge" : "server"); // half way in when it ends
			await broker.close();
			const told = kept.lines.map((line) => JSON.stringify(line));
			expect(told.filter((line) => line.includes("not open"))).toEqual([]);
			expect(kept.lines.filter(({ level }) => level >= 40)).toEqual([]);

			const again = await start();
			const reader = await connect(again.broker, "server");
			const retained = new Promise<string>((resolve) =>
				reader.on("message", (topic, payload) => {
					if (topic === topics.laneState(edgeOne, "last")) resolve(String(payload));
				}),
			);
			await reader.subscribeAsync([...serverSubscriptions], { qos: 1 });
			expect(await retained).toBe(`round ${round}`);
			await again.broker.close();
		}
	});

	it("waits for nobody who has connected and said nothing", async () => {
		const { broker } = await start();
		const silent = connectSocket(broker.ports.port, "127.0.0.1");
		silent.on("error", () => undefined);
		await once(silent, "connect");
		await connect(broker, "edge"); // so the silent one was taken in too
		const ended = once(silent, "close");
		await broker.close();
		await ended;
		expect(silent.destroyed).toBe(true);
	});
});
