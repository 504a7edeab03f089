import { describe, expect, it } from "vitest";
import type { AckMessage } from "#contract/messages/index.ts";
import { topics } from "#contract/topics.ts";
import { Feed } from "../../src/server/store/feed.ts";
import { messageTaker } from "../support/message-taker.ts";
import { edgeOne, edgeTwo, laneStateMessage, openWireStore, raisedMessage } from "../support/wire-store.ts";

describe("a packet", () => {
	function taker() {
		const store = openWireStore();
		return { store, ...messageTaker(store, new Feed(store)) };
	}

	it("that is applied is answered, and one that comes again too", () => {
		const { take, answers } = taker();
		for (let time = 0; time < 2; time++) take(topics.alert(edgeOne), raisedMessage("a"));
		take(topics.alert(edgeTwo), raisedMessage("b", "lane-2a"));
		expect(answers()).toMatchObject([
			[topics.ack(edgeOne), { applied: ["a.raised", "a.raised"], refused: [] }],
			[topics.ack(edgeTwo), { applied: ["b.raised"], refused: [] }],
		]);
	});

	it("that is wrong but says its id is refused with the place and what is allowed", () => {
		const { take, answers } = taker();
		take(topics.alert(edgeOne), { ...raisedMessage("a"), confidence: 86 });
		const [, answer] = answers()[0] as [string, AckMessage];
		expect(answer.refused[0]?.id).toBe("a.raised");
		expect(answer.refused[0]?.reason).toMatch(/confidence.*<=1/);
	});

	it("about a camera that is not known here is not answered, is told in the log, and is applied once it is known", () => {
		const { store, take, answers, lines } = taker();
		const late = { ...raisedMessage("late"), cameraId: "cam-9" };
		for (let time = 0; time < 50; time++) take(topics.alert(edgeOne), late);
		take(topics.alert(edgeOne), raisedMessage("a"));
		expect(answers()).toMatchObject([[topics.ack(edgeOne), { applied: ["a.raised"], refused: [] }]]);
		const told = lines.filter(({ msg }) => msg.includes("is kept at its edge"));
		expect(told[0]).toMatchObject({ edge: edgeOne, reason: "cameraId: there is no camera cam-9" });
		expect(told.length).toBeLessThan(10);
		store.exec(
			`INSERT INTO cameras (id, edge_id, name, url, transport, sample_every_ms, created_at)
			VALUES ('cam-9', 'edge-1', 'x', 'rtsp://127.0.0.1/', 'tcp', 1000, 0)`,
		);
		take(topics.alert(edgeOne), late);
		expect(answers().at(-1)).toMatchObject([topics.ack(edgeOne), { applied: ["late.raised"] }]);
	});

	it.each([
		["no JSON", topics.alert(edgeOne), "{"],
		["broken UTF-8", topics.alert(edgeOne), "\ud800"],
		["no id", topics.alert(edgeOne), { v: 1 }],
		["null", topics.alert(edgeOne), "null"],
		["a foreign topic", "keepclear/v1/garden/edge-1/party", {}],
		["a lane that is not the topic's", topics.laneState(edgeOne, "lane-1b"), laneStateMessage("lane-1a", 1)],
		["a payload of 100 kB", topics.alert(edgeOne), JSON.stringify({ id: "x", fill: "x".repeat(100_000) })],
	])("with %s is left aside with a line in the log, and changes nothing", (_, topic, payload) => {
		const { store, take, answers, lines } = taker();
		take(topic, payload);
		expect(answers()).toEqual([]);
		expect(lines).toHaveLength(1);
		expect(JSON.stringify(lines[0]).length).toBeLessThan(1000);
		expect(store.prepare("SELECT count(*) AS n FROM feed").get()).toEqual({ n: 0 });
	});

	it("of many that are wrong fills no disk with our log", () => {
		const { take, lines } = taker();
		for (let number = 0; number < 1000; number++) take(topics.alert(edgeOne), "{");
		expect(lines.length).toBeLessThan(30);
	});

	it("that takes a retained state off the broker is nothing", () => {
		const { take, lines } = taker();
		take(topics.laneState(edgeOne, "lane-1a"), "");
		expect(lines).toEqual([]);
	});

	it("that cannot be written is not answered", () => {
		const { store, take, answers, lines } = taker();
		store.pragma("query_only = ON");
		take(topics.alert(edgeOne), raisedMessage("a"));
		expect(answers()).toEqual([]);
		expect(lines[0]?.msg).toContain("will send it again");
		store.pragma("query_only = OFF");
		take(topics.alert(edgeOne), raisedMessage("a"));
		expect(answers()).toHaveLength(1);
	});

	it("batch of more than an acknowledgement may hold is answered in several", () => {
		const { take, answers } = taker();
		for (let number = 0; number < 450; number++) take(topics.alert(edgeOne), { id: `m${number}` });
		expect(answers().map(([, { refused }]) => refused.length)).toEqual([200, 200, 50]);
	});
});
