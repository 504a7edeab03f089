import { readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import mqtt, { type MqttClient } from "mqtt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { edgeClientId, edgeSubscriptions, serverSubscriptions, topics } from "#contract/topics.ts";
import { InputError } from "#platform/input-error.ts";
import type { BrokerOptions } from "../../src/server/broker/broker-options.ts";
import { startBroker } from "../../src/server/broker/start-broker.ts";
import { superviseBroker } from "../../src/server/broker/supervise-broker.ts";
import type { Store } from "../../src/server/store/open-store.ts";
import { makeCertificates } from "../support/certificates.ts";
import { keptLog } from "../support/kept-log.ts";
import { until } from "../support/poll.ts";
import { temporaryFolder } from "../support/wire-brokers.ts";
import { edgeOne, edgeTwo, openWireStore, raisedMessage, tokenOf } from "../support/wire-store.ts";
import { runIngest, runLink } from "../support/wire-world.ts";

let folder: string;
let store: Store;
let options: BrokerOptions;
let cleanUp: (() => unknown)[];

beforeEach(() => {
	const temporary = temporaryFolder();
	({ folder } = temporary);
	store = openWireStore(join(folder, "server.db"));
	cleanUp = [temporary.remove, () => store.close()];
	options = {
		host: "127.0.0.1",
		port: 0,
		databaseFile: join(folder, "server.db"),
		dataFolder: join(folder, "broker"),
		serverPassword: "the server's own",
	};
});
afterEach(async () => {
	for (const undo of cleanUp.reverse()) await undo();
});

async function start(extra: Partial<BrokerOptions> = {}) {
	const broker = await startBroker({ ...options, ...extra }, keptLog().log);
	cleanUp.push(() => broker.close());
	return broker;
}

function on<T extends { stop(): Promise<void> }>(something: T): T {
	cleanUp.push(() => something.stop());
	return something;
}

function connect(port: number, username: string, password: string, clientId = edgeClientId(username)): MqttClient {
	const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
		protocolVersion: 4,
		clientId,
		username,
		password,
		reconnectPeriod: 0,
	});
	client.on("error", () => undefined);
	cleanUp.push(() => void client.end(true));
	return client;
}

const asServer = (port: number) => connect(port, "server", options.serverPassword, "keepclear-server-test");
const serverAccess = (port: number) => ({
	url: `mqtt://127.0.0.1:${port}`,
	username: "server",
	password: options.serverPassword,
});
const alertIds = () =>
	store
		.prepare<[], { id: string }>("SELECT id FROM alerts ORDER BY id")
		.all()
		.map(({ id }) => id);

/** Overwrites what says which files make up a level database. */
function damage(databaseFolder: string): void {
	for (const name of readdirSync(databaseFolder)) {
		if (/^(MANIFEST|CURRENT)/.test(name)) writeFileSync(join(databaseFolder, name), "not what it was");
	}
}

describe("the embedded broker", () => {
	it("keeps an edge from another's topics, to write and to read", async () => {
		const { port } = (await start()).ports;
		on(runIngest(store, serverAccess(port)));
		const edge = connect(port, "edge-1", tokenOf(edgeOne));
		await until("the connection", () => edge.connected);
		for (const filter of ["#", topics.ack(edgeTwo), "keepclear/v1/+/+/alert"]) {
			const granted = await edge.subscribeAsync(filter, { qos: 1 }).then(
				([one]) => one?.qos,
				() => 128,
			);
			expect(granted, filter).toBe(128);
		}
		edge.publish(topics.alert(edgeTwo), JSON.stringify(raisedMessage("forged", "lane-2a")), { qos: 1 });
		await until("the connection to be closed", () => !edge.connected);
		// What the other edge says itself does arrive, later than the forged message would have.
		const other = on(runLink(folder, edgeTwo, `mqtt://127.0.0.1:${port}`));
		other.outbox.put(raisedMessage("true", "lane-2a"));
		await until("the other edge's own alert", () => alertIds().length > 0);
		expect(alertIds()).toEqual(["true"]);
	});

	it("refuses unknown users, another's client id, the server's name, and none at all", async () => {
		const { port } = (await start()).ports;
		const refused = (client: MqttClient) =>
			new Promise<number>((resolve) => client.on("error", (error) => resolve((error as { code?: number }).code ?? -1)));
		expect(await refused(connect(port, "edge-9", "x"))).toBe(5);
		expect(await refused(connect(port, "edge-1", tokenOf(edgeTwo)))).toBe(5);
		expect(await refused(connect(port, "edge-1", tokenOf(edgeOne), edgeClientId("edge-2")))).toBe(5);
		expect(await refused(connect(port, "server", tokenOf(edgeOne), "keepclear-server-x"))).toBe(5);
		expect(await refused(connect(port, "", "", "nobody"))).toBe(5);
	});

	it("ends the connection of an edge whose token was revoked or renewed at once, though it says nothing", async () => {
		const { port } = (await start()).ports;
		const other = connect(port, "edge-1", tokenOf(edgeOne));
		await until("the other's connection", () => other.connected);
		for (const change of ["revoked_at = 1", "revoked_at = NULL, token_hash = 'another'"]) {
			const edge = connect(port, "edge-2", tokenOf(edgeTwo));
			await until("the connection", () => edge.connected);
			store.exec(`UPDATE edges SET ${change} WHERE id = 'edge-2'`);
			await until("the connection to be closed", () => !edge.connected, { everyMs: 10 });
			expect(other.connected).toBe(true);
			store.exec("UPDATE edges SET revoked_at = NULL WHERE id = 'edge-2'");
		}
	});

	it("cuts off who sends a packet of megabytes", async () => {
		const { port } = (await start()).ports;
		const edge = connect(port, "edge-1", tokenOf(edgeOne));
		await until("the connection", () => edge.connected);
		edge.publish(topics.alert(edgeOne), "x".repeat(2_000_000), { qos: 1 });
		await until("the connection to be closed", () => !edge.connected);
	});

	it("loses no retained message that others overtake on its way to the disk", async () => {
		const { port } = (await start()).ports;
		const server = asServer(port);
		await server.subscribeAsync([...serverSubscriptions], { qos: 1 });
		const seen = new Set<string>();
		server.on("message", (_topic, payload) => seen.add(payload.toString()));
		const edge = connect(port, "edge-1", tokenOf(edgeOne));
		await until("the connection", () => edge.connected);
		for (let number = 0; number < 50; number++) {
			edge.publish(topics.laneState(edgeOne, `lane-${number}`), `state ${number}`, { qos: 1, retain: true });
			edge.publish(topics.alert(edgeOne), `alert ${number}`, { qos: 1 });
		}
		await until("all hundred", () => seen.size === 100, { lastSeen: () => seen.size });
	});

	it("keeps retained messages over a restart, and begins afresh when its folder is damaged", async () => {
		const hearing = async (port: number) => {
			const got: string[] = [];
			const edge = connect(port, "edge-1", tokenOf(edgeOne));
			edge.on("message", (_topic, payload) => got.push(payload.toString()));
			await edge.subscribeAsync(edgeSubscriptions(edgeOne), { qos: 1 });
			return got;
		};
		const first = await startBroker(options, keptLog().log);
		const server = asServer(first.ports.port);
		await server.publishAsync(topics.config(edgeOne), "seven", { qos: 1, retain: true });
		const before = await hearing(first.ports.port);
		await until("the retained message", () => before.includes("seven"));
		await first.close();
		const second = await startBroker(options, keptLog().log);
		const after = await hearing(second.ports.port);
		await until("the retained message", () => after.includes("seven"));
		await second.close();
		damage(options.dataFolder);
		const { log, text } = keptLog();
		const third = await startBroker(options, log);
		cleanUp.push(() => third.close());
		const anew = await hearing(third.ports.port);
		await asServer(third.ports.port).publishAsync(topics.config(edgeOne), "eight", { qos: 1, retain: true });
		await until("a new one", () => anew.length > 0);
		expect(anew).toEqual(["eight"]);
		expect(text()).toContain("put aside");
	});

	it("speaks TLS to edges that trust its authority, and plainly to the server on the same machine", async () => {
		const { ca, ...tls } = makeCertificates(folder);
		const { port, innerPort } = (await start({ tls })).ports;
		on(runIngest(store, serverAccess(innerPort)));
		const edge = on(runLink(folder, edgeOne, `mqtts://localhost:${port}`, { ca }));
		edge.outbox.put(raisedMessage("a"));
		await until("the alert", () => alertIds().includes("a"));
		const doubtful = on(runLink(folder, edgeTwo, `mqtts://localhost:${port}`));
		await until("the complaint", () => doubtful.text().includes("is of an authority that is not trusted"));
		expect(doubtful.link.connected).toBe(false);
	});
});

describe("the broker's supervisor", () => {
	const supervise = (extra: Partial<BrokerOptions>) => {
		const { log, text } = keptLog();
		return { supervisor: superviseBroker({ ...options, ...extra, log }), text };
	};

	it("says in words that the port is in use", async () => {
		const other = createServer();
		const port = await new Promise<number>((resolve) =>
			other.listen(0, "127.0.0.1", () => resolve((other.address() as { port: number }).port)),
		);
		cleanUp.push(() => new Promise((resolve) => other.close(resolve)));
		const { supervisor } = supervise({ port });
		const outcome = supervisor.run(new AbortController().signal);
		await expect(supervisor.started).rejects.toThrow(InputError);
		await expect(outcome).rejects.toThrow(`mqtt.port: ${port} on 127.0.0.1 is in use`);
	});

	it("says in words that a certificate cannot be read", async () => {
		const { supervisor } = supervise({ tls: { certificateFile: join(folder, "none.pem"), keyFile: "none.key" } });
		await expect(supervisor.run(new AbortController().signal)).rejects.toThrow("none.pem: cannot be read (ENOENT)");
	});
});
