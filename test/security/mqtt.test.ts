import { join } from "node:path";
import mqtt, { type MqttClient } from "mqtt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { edgeClientId, edgeSubscriptions, type EdgeAddress, topics } from "#contract/topics.ts";
import { startBroker } from "../../src/server/broker/start-broker.ts";
import type { Store } from "../../src/server/store/open-store.ts";
import { keptLog } from "../support/kept-log.ts";
import { until } from "../support/poll.ts";
import { temporaryFolder } from "../support/wire-brokers.ts";
import {
	clearedMessage,
	edgeOne,
	edgeTwo,
	laneStateMessage,
	openWireStore,
	raisedMessage,
	tokenOf,
} from "../support/wire-store.ts";
import { runIngest, runLink } from "../support/wire-world.ts";
import { tried } from "./support/tried.ts";

const floods = "MQTT floods";
const forged = "forged MQTT messages";
const password = "the server's own";

let folder: string;
let store: Store;
let port: number;
let brokerLog: () => string;
let cleanUp: (() => unknown)[];
beforeEach(async () => {
	const temporary = temporaryFolder();
	({ folder } = temporary);
	store = openWireStore(join(folder, "server.db"));
	cleanUp = [temporary.remove, () => store.close()];
	const { log, text } = keptLog();
	brokerLog = text;
	const broker = await startBroker(
		{
			...{ host: "127.0.0.1", port: 0, serverPassword: password },
			...{ databaseFile: join(folder, "server.db"), dataFolder: join(folder, "broker") },
		},
		log,
	);
	cleanUp.push(() => broker.close());
	({ port } = broker.ports);
	const ingest = runIngest(store, { url: `mqtt://127.0.0.1:${port}`, username: "server", password });
	cleanUp.push(() => ingest.stop());
});
afterEach(async () => {
	for (const undo of cleanUp.reverse()) await undo();
});

/** An edge's own credentials in the hands of a program that is none. */
async function asEdge(edge: EdgeAddress = edgeOne, more: object = {}): Promise<MqttClient> {
	const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
		...{ protocolVersion: 4, clientId: edgeClientId(edge.edgeId), username: edge.edgeId, password: tokenOf(edge) },
		...{ reconnectPeriod: 0, ...more },
	});
	client.on("error", () => undefined);
	cleanUp.push(() => void client.end(true));
	await until("the connection", () => client.connected);
	return client;
}

const alertIds = () => store.prepare<[], string>("SELECT id FROM alerts ORDER BY id").pluck().all();

/** What the other edge says comes late at most, and not never. */
async function othersAreHeard(alertId: string) {
	const other = runLink(folder, edgeTwo, `mqtt://127.0.0.1:${port}`);
	other.outbox.put(raisedMessage(alertId, "lane-2a"));
	const from = performance.now();
	await until("the other edge's alert", () => alertIds().includes(alertId));
	await other.stop();
	return Math.round(performance.now() - from);
}

/** A PUBLISH packet as it goes over the wire: a client library would wait for the broker. */
function packetOf(topic: string, body: string, qos: 0 | 1, id: number, retain: boolean): Buffer {
	const name = Buffer.from(topic);
	const head = Buffer.from([name.length >> 8, name.length & 255]);
	const number = qos === 1 ? Buffer.from([(id >> 8) & 255, id & 255 || 1]) : Buffer.alloc(0);
	const rest = Buffer.concat([head, name, number, Buffer.from(body)]);
	const length: number[] = [];
	for (let left = rest.length; ; left >>= 7) {
		length.push((left & 127) | (left > 127 ? 128 : 0));
		if (left <= 127) break;
	}
	return Buffer.concat([Buffer.from([0x30 | (qos << 1) | (retain ? 1 : 0), ...length]), rest]);
}

const state = (n: number) => JSON.stringify(laneStateMessage("lane-1a", n));
const floodsOf: Readonly<
	Record<string, (n: number) => readonly [topic: string, body: string, qos: 0 | 1, retain: boolean]>
> = {
	"states at QoS 0": (n) => [topics.laneState(edgeOne, "lane-1a"), state(n), 0, true],
	"alerts at QoS 1": (n) => [topics.alert(edgeOne), JSON.stringify(raisedMessage(`flood-${n}`)), 1, false],
	"no JSON": () => [topics.alert(edgeOne), "{".repeat(300), 0, false],
	"large messages": () => [topics.alert(edgeOne), "x".repeat(200_000), 0, false],
	"retained states of lanes that there are not": (n) => [topics.laneState(edgeOne, `lane-${n}`), "{}", 0, true],
};

describe("an edge that floods", () => {
	it.each(Object.keys(floodsOf))("is cut off, and others are heard meanwhile: %s", async (what) => {
		const flooding = await asEdge();
		const next = floodsOf[what]!;
		const isLarge = what.startsWith("large");
		// So many that a slow machine, which takes them slowly, has still too many of them.
		const packets = Array.from({ length: isLarge ? 200 : 30_000 }, (_, n) => {
			const [topic, body, qos, retain] = next(n + 1);
			return packetOf(topic, body, qos, n + 1, retain);
		});
		flooding.stream.write(Buffer.concat(packets));
		const waitedMs = await othersAreHeard("other-1");
		tried(floods, `${what}: another is heard`, waitedMs < 15_000, waitedMs);
		// What is well formed is taken as fast as it goes to the disk, and held back by that; or cut off, where disks are fast.
		if (what.includes("QoS")) return;
		await until("it to be cut off", () => !flooding.connected, { deadlineMs: 60_000 });
		tried(floods, `${what}: cut off`, !flooding.connected);
		expect(brokerLog()).toMatch(isLarge ? /too many bytes/ : /too many (packets|topics)/);
	});
});

describe("an edge that speaks for another", () => {
	const others = [edgeTwo, { siteId: "mall", edgeId: "edge-1" }, { siteId: "mall", edgeId: "edge-2" }];
	const bodies = { alert: raisedMessage("forged-a", "lane-2a"), state: laneStateMessage("lane-2a", 5_000, "occupied") };

	it("is cut off at the broker by what it writes to", async () => {
		const foreign = others.flatMap((edge) => [
			...[
				topics.alert(edge),
				topics.status(edge),
				topics.laneState(edge, "lane-2a"),
				topics.cameraHealth(edge, "cam-2"),
			],
			...[topics.ack(edge), topics.config(edge), topics.job(edge)],
		]);
		const own = [topics.ack(edgeOne), topics.config(edgeOne), topics.job(edgeOne)];
		const odd = ["keepclear/v1/garden/edge-1/alert/x", "keepclear/v2/garden/edge-1/alert", "$SYS/x", "keepclear", "/"];
		for (const topic of [...foreign, ...own, ...odd]) {
			const edge = await asEdge();
			edge.publish(topic, JSON.stringify(topic.includes("/lane/") ? bodies.state : bodies.alert), { qos: 1 });
			const isCutOff = await until("it to be cut off", () => !edge.connected, { deadlineMs: 5_000 }).catch(() => false);
			tried(forged, `writing to ${topic}`, isCutOff, "still connected");
		}
		await othersAreHeard("true-1"); // later than what was forged would have come
		tried(forged, "what it wrote is no row", alertIds().join() === "true-1", alertIds());
	});

	it("hears nothing that is said to others", async () => {
		const filters = [
			"#",
			"+/#",
			"keepclear/#",
			"keepclear/v1/+/+/ack",
			"keepclear/v1/garden/#",
			"$SYS/#",
			topics.alert(edgeOne),
		];
		const edge = await asEdge();
		for (const filter of [
			...filters,
			...others.flatMap((each) => edgeSubscriptions(each)),
			"keepclear/v1/garden/+/job",
		]) {
			const granted = await edge.subscribeAsync(filter, { qos: 1 }).then(
				([one]) => one?.qos,
				() => 128,
			);
			tried(forged, `listening to ${filter}`, granted === 128, granted);
		}
	});

	it("is not let in with another's id, an empty one, or credentials that are none", async () => {
		const attempts: Record<string, object> = {
			"another's client id": { clientId: edgeClientId("edge-2") },
			"the server's client id": { clientId: "keepclear-server-x" },
			"another's name": { username: "edge-2" },
			"the server's name": { username: "server" },
			"an empty password": { password: "" },
			"no name": { username: "", password: "" },
			"a name with a wildcard": { username: "edge-1/#" },
			"SQL for a name": { username: "' OR 1=1--" },
			"a revoked edge": { username: "edge-9", password: "x" },
		};
		for (const [what, more] of Object.entries(attempts)) {
			const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
				...{ protocolVersion: 4, clientId: edgeClientId("edge-1"), username: "edge-1", password: tokenOf(edgeOne) },
				...{ reconnectPeriod: 0, ...more },
			});
			client.on("error", () => undefined);
			cleanUp.push(() => void client.end(true));
			const isIn = await new Promise((resolve) =>
				client.once("connect", () => resolve(true)).once("close", () => resolve(false)),
			);
			tried(forged, what, !isIn, "let in");
		}
	});

	it("leaves no last will that would speak for another, were the broker to die before it", async () => {
		const wills = {
			"another's alert": topics.alert(edgeTwo),
			"another's status": topics.status(edgeTwo),
			"its own status at another site": topics.status({ ...edgeOne, siteId: "elsewhere" }),
			"the server's word": topics.config(edgeOne),
			"no topic of ours": "somebody/else",
		};
		for (const [what, topic] of Object.entries(wills)) {
			const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
				...{ protocolVersion: 4, clientId: edgeClientId("edge-1"), username: "edge-1", password: tokenOf(edgeOne) },
				...{ reconnectPeriod: 0, will: { topic, payload: JSON.stringify(bodies.alert), qos: 1, retain: true } },
			});
			cleanUp.push(() => void client.end(true));
			const answer = await new Promise((resolve) =>
				client.once("connect", () => resolve("let in")).on("error", ({ message }) => resolve(message)),
			);
			tried(forged, `a last will on ${what}`, answer === "Connection refused: Not authorized", answer);
		}
	});

	it("changes nothing of another's by its own topics: cameras, lanes, alerts", async () => {
		await othersAreHeard("theirs");
		const before = store.prepare("SELECT * FROM alerts").all();
		const link = runLink(folder, edgeOne, `mqtt://127.0.0.1:${port}`);
		cleanUp.push(() => link.stop());
		const own = { laneId: "lane-1a", cameraId: "cam-1" };
		const lies = [
			raisedMessage("lie-1", "lane-2a"),
			{ ...raisedMessage("lie-2"), laneId: "lane-2a" },
			{ ...raisedMessage("lie-3"), cameraId: "cam-2" },
			{ ...raisedMessage("lie-4"), laneId: "none-such" },
			{ ...raisedMessage("lie-5"), cameraId: "none-such" },
			{ ...clearedMessage("theirs", "lane-2a"), id: "lie-6" },
			{ ...clearedMessage("theirs"), id: "lie-7", ...own },
			{ ...raisedMessage("theirs"), id: "lie-8", ...own, at: 1 },
		];
		for (const lie of lies) link.outbox.put(lie);
		// Of a lane or camera that it does not know the server says nothing; such a message stays at its edge.
		await until("all others to be answered", () => link.outbox.size === 2);
		for (const lie of lies) {
			const row = store.prepare("SELECT 1 FROM applied_messages WHERE edge_id = 'edge-1' AND id = ?").get(lie.id);
			tried(forged, `${lie.kind} ${lie.alertId}: ${lie.laneId}, ${lie.cameraId}`, row === undefined, row);
		}
		expect(store.prepare("SELECT * FROM alerts").all()).toEqual(before);
		const states = [
			laneStateMessage("lane-2a", 9_000, "occupied"),
			{ ...laneStateMessage("lane-2a", 9_000), cameraId: "cam-1" },
		];
		for (const state of states) link.link.setLaneState(state);
		link.outbox.put(raisedMessage("mine"));
		await until("its own alert", () => alertIds().includes("mine"));
		const lane = store.prepare("SELECT state FROM lanes WHERE id = 'lane-2a'").pluck().get();
		for (const state of states) tried(forged, `the state of ${state.laneId}`, lane !== "occupied", lane);
	});
});
