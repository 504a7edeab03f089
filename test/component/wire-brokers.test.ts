import { join } from "node:path";
import mqtt from "mqtt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { edgeClientId, topics } from "#contract/topics.ts";
import { findLane } from "../../src/server/lanes/lanes-store.ts";
import type { Store } from "../../src/server/store/open-store.ts";
import { keptLog } from "../support/kept-log.ts";
import { until } from "../support/poll.ts";
import { type BrokerInTest, brokerKinds, temporaryFolder } from "../support/wire-brokers.ts";
import {
	clearedMessage,
	edgeOne,
	edgeTwo,
	laneStateMessage,
	openWireStore,
	raisedMessage,
	tokenOf,
} from "../support/wire-store.ts";
import { runIngest, runLink, startTraffic } from "../support/wire-world.ts";

const one = <T>(store: Store, sql: string) => store.prepare<[], T>(sql).get() as T;
const alertIds = (store: Store) =>
	store
		.prepare<[], { id: string }>("SELECT id FROM alerts WHERE raised_at IS NOT NULL ORDER BY id")
		.all()
		.map(({ id }) => id);
const edgeState = (store: Store) => one<{ state: string }>(store, "SELECT state FROM edges WHERE id = 'edge-1'").state;
const laneState = (store: Store) => one<{ state: string }>(store, "SELECT state FROM lanes WHERE id = 'lane-1a'").state;

/** How often the page was told of each alert: twice (raised, cleared), however often each message was sent. */
const timesTold = (store: Store) =>
	one(
		store,
		`SELECT min(n) AS least, max(n) AS most
		FROM (SELECT count(*) AS n FROM feed WHERE kind = 'alert' GROUP BY subject)`,
	);

let folder: string;
let store: Store;
let broker: BrokerInTest;
let cleanUp: (() => unknown)[];

function begin(): void {
	const temporary = temporaryFolder();
	({ folder } = temporary);
	cleanUp = [temporary.remove];
	store = openWireStore(join(folder, "server.db"));
	cleanUp.push(() => store.close());
}

async function end(): Promise<void> {
	for (const undo of cleanUp.reverse()) await undo();
}

/** Switches something on until the end of the test. */
function on<T extends { stop(): Promise<void> }>(something: T): T {
	cleanUp.push(() => something.stop());
	return something;
}

describe.each(brokerKinds)("over $name", ({ available, prepare }) => {
	beforeEach(async (context) => {
		context.skip(!available, "it is not installed");
		begin();
		broker = await prepare({ folder, databaseFile: join(folder, "server.db"), log: keptLog().log });
		await broker.bringUp();
		cleanUp.push(() => broker.takeDown());
	});
	afterEach(async ({ task }) => {
		if (task.result?.state !== "skip") await end();
	});

	it("alerts, states and status reach the database; configuration and jobs reach the edge", async () => {
		const { ingest } = on(runIngest(store, broker.serverAccess));
		const edge = runLink(folder, edgeOne, broker.url);
		edge.outbox.put(raisedMessage("a"));
		edge.outbox.put(clearedMessage("a"));
		edge.link.setLaneState(laneStateMessage("lane-1a", 1000, "occupied"));
		await until(
			"the alert and its end",
			() => one<{ n: number }>(store, "SELECT count(cleared_at) AS n FROM alerts").n,
		);
		await until("the outbox to be empty", () => edge.outbox.size === 0);
		await until("the lane's state", () => laneState(store) === "occupied");
		await until("the edge's status", () => edgeState(store) === "online");
		await until("the revision", () => edge.revisions.includes(1));
		ingest.publishConfig(edgeOne, 2);
		ingest.publishJob(edgeOne, "probe-1");
		await until("the new revision and the job", () => edge.revisions.at(-1) === 2 && edge.jobs.includes("probe-1"));
		await edge.stop();
		await until("the goodbye", () => edgeState(store) === "offline");
	});

	it("nothing is lost while the server is down, and it learns the latest of each lane", async () => {
		const before = runIngest(store, broker.serverAccess);
		const edge = on(runLink(folder, edgeOne, broker.url));
		await until("both ends", () => before.ingest.connected && edge.link.connected);
		await before.stop();
		for (const id of ["a", "b", "c"]) edge.outbox.put(raisedMessage(id));
		for (let at = 1; at <= 20; at++)
			edge.link.setLaneState(laneStateMessage("lane-1a", at, at < 20 ? "pending" : "clear"));
		on(runIngest(store, broker.serverAccess));
		await until("all alerts", () => alertIds(store).join() === "a,b,c", { deadlineMs: 10_000 });
		await until("the latest state", () => laneState(store) === "clear");
		await until("an empty outbox", () => edge.outbox.size === 0);
	});

	it("an edge that comes back with a clock an hour behind is heard, and its lanes are unknown until it has spoken", async () => {
		const hourAgo = Date.now() - 3_600_000;
		const shown = () => findLane(store, "lane-1a")?.state;
		on(runIngest(store, broker.serverAccess));
		const before = runLink(folder, edgeOne, broker.url);
		before.link.setLaneState(laneStateMessage("lane-1a", Date.now(), "clear"));
		await until("the state", () => shown() === "clear");
		await before.stop();
		await until("the goodbye", () => edgeState(store) === "offline");
		const edge = on(runLink(folder, edgeOne, broker.url));
		await until("its status", () => edgeState(store) === "online");
		expect(shown()).toBe("unknown");
		edge.link.setLaneState(laneStateMessage("lane-1a", hourAgo, "occupied"));
		await until("the new state", () => shown() === "occupied");
	});

	it("nothing is lost while the broker is down", async () => {
		on(runIngest(store, broker.serverAccess));
		const edge = on(runLink(folder, edgeOne, broker.url));
		await until("both ends", () => edgeState(store) === "online");
		await broker.takeDown();
		await until("the edge to notice", () => !edge.link.connected);
		edge.outbox.put(raisedMessage("a"));
		edge.link.setLaneState(laneStateMessage("lane-1a", 1000, "occupied"));
		await broker.bringUp();
		await until("the alert", () => alertIds(store).join() === "a");
		await until("the state", () => laneState(store) === "occupied");
		await until("the edge to be online", () => edgeState(store) === "online");
		expect(edge.text()).toMatch(/nothing listens at 127\.0\.0\.1:\d+|the broker closed the connection/);
	});

	it("nothing is lost and nothing comes twice when the broker is killed again and again under traffic", async () => {
		const server = on(runIngest(store, broker.serverAccess));
		const edges = [on(runLink(folder, edgeOne, broker.url)), on(runLink(folder, edgeTwo, broker.url))];
		const traffic = startTraffic(edges.map(({ outbox }) => outbox));
		for (let round = 1; round <= 2; round++) {
			const before = alertIds(store).length;
			await until("traffic", () => server.ingest.connected && alertIds(store).length > before + 10, {
				deadlineMs: 30_000,
			});
			await broker.kill();
		}
		const put = traffic.stop();
		await until("all outboxes to be empty", () => edges.every(({ outbox }) => outbox.size === 0), {
			deadlineMs: 30_000,
			lastSeen: () => edges.map(({ outbox }) => outbox.size),
		});
		expect(alertIds(store)).toEqual(put);
		expect(one(store, "SELECT count(*) AS n FROM alerts WHERE cleared_at IS NULL")).toEqual({ n: 0 });
		expect(timesTold(store)).toEqual({ least: 2, most: 2 });
		expect(edges.map(({ outbox }) => outbox.setAside)).toEqual([0, 0]);
	});

	it("an edge that is cut off is offline by its last will, and online again when it comes back", async () => {
		on(runIngest(store, broker.serverAccess));
		const client = mqtt.connect(broker.url, {
			protocolVersion: 4,
			clientId: edgeClientId("edge-1"),
			username: "edge-1",
			password: tokenOf(edgeOne),
			reconnectPeriod: 0,
			will: {
				topic: topics.status(edgeOne),
				payload: Buffer.from(JSON.stringify({ v: 1, state: "offline", at: 1000, version: "0" })),
				qos: 1,
				retain: true,
			},
		});
		client.on("error", () => undefined);
		await until("the connection", () => client.connected);
		const online = JSON.stringify({ v: 1, state: "online", at: 1000, version: "0" });
		await client.publishAsync(topics.status(edgeOne), online, { qos: 1, retain: true });
		await until("online", () => edgeState(store) === "online");
		client.stream.destroy();
		await until("the last will", () => edgeState(store) === "offline");
		on(runLink(folder, edgeOne, broker.url));
		await until("online again", () => edgeState(store) === "online");
	});

	it("an edge with a wrong token is refused and says so, without saying the token", async () => {
		const edge = on(runLink(folder, edgeOne, broker.url, { token: "not-its-token" }));
		const line = await until("the complaint", () =>
			edge.lines.find(({ msg }) => msg.includes("refuses this user name")),
		);
		expect(line.msg).toContain("was the token mistyped, renewed or revoked?");
		expect(edge.text()).not.toContain("not-its-token");
		expect(edge.link.connected).toBe(false);
	});
});
