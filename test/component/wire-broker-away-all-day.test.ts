import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlertMessage } from "#contract/messages/index.ts";
import type { Store } from "../../src/server/store/open-store.ts";
import { keptLog } from "../support/kept-log.ts";
import { until } from "../support/poll.ts";
import { quickFolder } from "../support/quick-folder.ts";
import { type BrokerInTest, brokerKinds } from "../support/wire-brokers.ts";
import { clearedMessage, edgeOne, openWireStore, raisedMessage } from "../support/wire-store.ts";
import { runIngest, runLink } from "../support/wire-world.ts";

const dayMs = 86_400_000;
const lanes = ["lane-1a", "lane-1b", "lane-1c"];
/** Of each lane: a stay each half hour, which is a busy day. */
const stays = 48;

/** What one edge says in a day, in the order in which it happens; a stay lasts five minutes. */
const day: readonly AlertMessage[] = Array.from({ length: stays }, (_, number) => {
	const at = (number * dayMs) / stays;
	const alerts = lanes.map((lane) => ({ lane, id: `${lane}-${String(number).padStart(3, "0")}` }));
	return [
		...alerts.map(({ id, lane }) => raisedMessage(id, lane, at + 1_000)),
		...alerts.map(({ id, lane }) => clearedMessage(id, lane, at + 300_000)),
	];
}).flat();

let folder: string;
let store: Store;
let broker: BrokerInTest;

describe.each(brokerKinds)("over $name", ({ available, prepare }) => {
	beforeEach(async (context) => {
		context.skip(!available, "it is not installed");
		folder = await quickFolder("keepclear-wire-");
		store = openWireStore(join(folder, "server.db"));
		broker = await prepare({ folder, databaseFile: join(folder, "server.db"), log: keptLog().log });
		await broker.bringUp(); // which gives it its port
	});
	afterEach(async ({ task }) => {
		if (task.result?.state === "skip") return;
		await broker.takeDown();
		store.close();
		await rm(folder, { recursive: true, force: true });
	});

	it("what an edge had to say in a day without broker, and over restarts, arrives once each and in its order", async () => {
		await broker.takeDown();
		for (const part of [day.slice(0, 100), day.slice(100, 200), day.slice(200)]) {
			const edge = runLink(folder, edgeOne, broker.url);
			for (const message of part) edge.outbox.put(message);
			await until("the edge to complain", () => edge.text().includes("nothing listens at"));
			await edge.stop();
		}
		await broker.bringUp();
		const server = runIngest(store, broker.serverAccess);
		const edge = runLink(folder, edgeOne, broker.url);
		try {
			expect(edge.outbox.size).toBe(day.length);
			await until("an empty outbox", () => edge.outbox.size === 0, {
				deadlineMs: 60_000,
				lastSeen: () => edge.outbox.size,
			});
			expect(edge.outbox.setAside).toBe(0);
			for (const lane of lanes) expect(toldOf(lane)).toEqual(day.filter((it) => it.laneId === lane).map(step));
		} finally {
			await edge.stop();
			await server.stop();
		}
	});
});

const step = ({ alertId, at }: AlertMessage) => `${alertId} ${at}`;

/** In the order in which the pages were told of it; the times are those that the edge gave. */
function toldOf(lane: string): string[] {
	return store
		.prepare<[string], { id: string; raisedAt: number; clearedAt: number; times: number }>(
			`SELECT a.id, a.raised_at AS raisedAt, a.cleared_at AS clearedAt,
				(SELECT count(*) FROM feed g WHERE g.subject = f.subject AND g.position <= f.position) AS times
			FROM feed f JOIN alerts a ON a.id = f.subject WHERE f.kind = 'alert' AND a.lane_id = ? ORDER BY f.position`,
		)
		.all(lane)
		.map(({ id, raisedAt, clearedAt, times }) => `${id} ${[raisedAt, clearedAt][times - 1]}`);
}
