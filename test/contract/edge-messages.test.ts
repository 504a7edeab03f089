import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AlertMessage, alertMessage, laneStateMessage } from "#contract/messages/index.ts";
import { readTopic } from "#contract/read-topic.ts";
import { edgeSubscriptions, serverSubscriptions, topics } from "#contract/topics.ts";
import { Outbox } from "../../edge/publish/outbox.ts";
import { RetainedStates } from "../../edge/publish/retained-states.ts";
import { readMessage } from "../../src/server/ingest/read-message.ts";
import { messageFixtures } from "../support/message-fixtures.ts";
import * as wire from "../support/wire-store.ts";

const edge = wire.edgeOne;
const fixturesOf = (kind: string) => messageFixtures("valid").filter((fixture) => fixture.kind === kind);

describe("what leaves the edge", () => {
	it("is, out of the outbox, the very message that was put in", () => {
		const outbox = new Outbox(new Database(":memory:"));
		for (const { payload } of fixturesOf("alert")) {
			const message = { ...(payload as AlertMessage), laneId: "lane-x" };
			outbox.put(message);
			const [waiting] = outbox.pending(10);
			const reading = readMessage(topics.alert(edge), Buffer.from(waiting?.body ?? ""));
			expect(reading).toMatchObject({ result: "message", edge, message: { kind: "alert", payload: message } });
			outbox.acknowledge([message.id]);
		}
	});

	it("is set aside at once, and no exception, where the contract does not allow it", () => {
		const outbox = new Outbox(new Database(":memory:"));
		const wrong = messageFixtures("invalid").filter(
			({ kind, payload }) => kind === "alert" && typeof (payload as { id?: unknown }).id === "string",
		);
		expect(wrong.length).toBeGreaterThan(3);
		for (const [index, { payload }] of wrong.entries())
			outbox.put({ ...(payload as AlertMessage), id: `wrong-${index}` });
		expect(outbox.pending(10)).toEqual([]);
		expect({ waiting: outbox.size, setAside: outbox.setAside }).toEqual({ waiting: 0, setAside: wrong.length });
	});

	it("is a state that the server takes, also with its instant moved on", () => {
		const states = new RetainedStates();
		const topic = topics.laneState(edge, "lane-1");
		const sent: string[] = [];
		const { payload } = fixturesOf("laneState")[0] as { payload: unknown };
		const message = laneStateMessage.parse(payload);
		states.set(topic, message);
		states.set(topic, message);
		states.attach(async (_topic, body) => void sent.push(body));
		expect(readMessage(topic, Buffer.from(sent[0] ?? ""))).toMatchObject({
			result: "message",
			message: { kind: "laneState", payload: { ...message, at: message.at + 1 } },
		});
	});
});

describe("topics", () => {
	const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);

	it("are read as they are written", () => {
		fc.assert(
			fc.property(id, id, id, (siteId, edgeId, subject) => {
				const address = { siteId, edgeId };
				expect(readTopic(topics.laneState(address, subject))).toEqual({ edge: address, kind: "laneState", subject });
				expect(readTopic(topics.cameraHealth(address, subject))).toEqual({
					edge: address,
					kind: "cameraHealth",
					subject,
				});
				for (const kind of ["status", "alert", "ack", "config", "job"] as const) {
					expect(readTopic(topics[kind](address))).toEqual({ edge: address, kind, subject: null });
				}
			}),
		);
	});

	it.each([
		"keepclear/v1/garden/edge-1",
		"keepclear/v1/garden/edge-1/alert/extra",
		"keepclear/v1/garden/edge-1/lane/lane-1/health",
		"keepclear/v1/garden/Edge/alert",
		"keepclear/v1//edge-1/alert",
		"keepclear/v1/+/edge-1/alert",
		"keepclear/v2/garden/edge-1/alert",
		"$SYS/broker/uptime",
		"",
	])("that are none of ours are told from ours: %j", (topic) => {
		expect(readTopic(topic)).toBeNull();
	});

	it("of one direction are all subscribed to by the other side", () => {
		const covers = (filter: string, topic: string) => new RegExp(`^${filter.replaceAll("+", "[^/]+")}$`).test(topic);
		const up = [topics.status(edge), topics.alert(edge), topics.laneState(edge, "l"), topics.cameraHealth(edge, "c")];
		for (const topic of up) expect(serverSubscriptions.filter((filter) => covers(filter, topic))).toHaveLength(1);
		expect(edgeSubscriptions(edge)).toEqual([topics.ack(edge), topics.config(edge), topics.job(edge)]);
	});
});

it("an alert of the tests is one of the contract", () => {
	expect(alertMessage.safeParse(wire.raisedMessage("a-1")).success).toBe(true);
	expect(alertMessage.safeParse(wire.clearedMessage("a-1")).success).toBe(true);
});
