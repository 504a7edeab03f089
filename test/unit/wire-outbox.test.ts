import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { Outbox } from "../../edge/publish/outbox.ts";
import { OutboxSender } from "../../edge/publish/outbox-sender.ts";
import { RetainedStates } from "../../edge/publish/retained-states.ts";
import { keptLog } from "../support/kept-log.ts";
import { until } from "../support/poll.ts";
import { clearedMessage, raisedMessage } from "../support/wire-store.ts";

const ids = (outbox: Outbox) => outbox.pending(100).map(({ id }) => id);

describe("an outbox", () => {
	it("offers of each lane only the oldest message", () => {
		const outbox = new Outbox(new Database(":memory:"));
		outbox.put(raisedMessage("a", "lane-1a"));
		outbox.put(clearedMessage("a", "lane-1a"));
		outbox.put(raisedMessage("b", "lane-1b"));
		expect(ids(outbox)).toEqual(["a.raised", "b.raised"]);
		outbox.acknowledge(["a.raised"]);
		expect(ids(outbox)).toEqual(["a.cleared", "b.raised"]);
		expect(outbox.pending(1)).toHaveLength(1);
	});

	it("lets no camera of a lane wait for another that the server does not answer for, also of an older program", () => {
		const db = new Database(":memory:");
		const outbox = new Outbox(db);
		outbox.put({ ...raisedMessage("a"), cameraId: "cam-gone" });
		outbox.put(raisedMessage("b"));
		outbox.put({ ...clearedMessage("a"), cameraId: "cam-gone" });
		expect(ids(outbox)).toEqual(["a.raised", "b.raised"]);
		db.exec("DROP INDEX outbox_waiting_by_camera; CREATE INDEX outbox_waiting ON outbox (lane_id, position)");
		expect(ids(new Outbox(db))).toEqual(["a.raised", "b.raised"]);
	});

	it("keeps what was refused out of the way, counted and with its reason", () => {
		const db = new Database(":memory:");
		const outbox = new Outbox(db);
		outbox.put(raisedMessage("a"));
		outbox.put(clearedMessage("a"));
		outbox.refuse([{ id: "a.raised", reason: "no such lane" }]);
		expect(ids(outbox)).toEqual(["a.cleared"]);
		expect([outbox.size, outbox.setAside]).toEqual([1, 1]);
		expect(db.prepare("SELECT refused_reason AS why FROM outbox WHERE id = 'a.raised'").get()).toEqual({
			why: "no such lane",
		});
	});

	it("takes the same message once, and forgets with its transaction", () => {
		const db = new Database(":memory:");
		const outbox = new Outbox(db);
		outbox.put(raisedMessage("a"));
		outbox.put(raisedMessage("a"));
		expect(outbox.size).toBe(1);
		expect(() =>
			db.transaction(() => {
				outbox.put(raisedMessage("b"));
				throw new Error("no");
			})(),
		).toThrow("no");
		expect(outbox.size).toBe(1);
	});

	it("tells its listeners once the caller's transaction is over", async () => {
		const db = new Database(":memory:");
		const outbox = new Outbox(db);
		const seen: boolean[] = [];
		outbox.onPut(() => seen.push(db.inTransaction));
		db.transaction(() => outbox.put(raisedMessage("a")))();
		await until("the listener", () => seen.length > 0);
		expect(seen).toEqual([false]);
	});

	it("gives instants that only go forward, over restarts and clocks put back by hours, but not after clocks put right", () => {
		const db = new Database(":memory:");
		const dayMs = 86_400_000;
		let now = dayMs + 1_000_000;
		const open = () => new Outbox(db, () => now);
		expect(open().nextInstant()).toBe(dayMs + 1_000_000);
		expect(open().nextInstant()).toBe(dayMs + 1_000_001);
		now -= 30_000;
		expect(open().nextInstant()).toBe(dayMs + 1_000_002);
		now -= 3_600_000;
		expect(open().nextInstant()).toBe(dayMs + 1_000_003);
		now -= 2 * dayMs;
		expect(open().nextInstant()).toBe(now);
	});
});

describe("the sender", () => {
	function world() {
		const { log, lines } = keptLog();
		const outbox = new Outbox(new Database(":memory:"));
		const clock = { now: 0 };
		const sent: string[] = [];
		const sender = new OutboxSender(outbox, log, () => clock.now);
		sender.attach((body) => sent.push((JSON.parse(body) as { id: string }).id));
		return { outbox, sender, sent, clock, lines };
	}

	it("sends again after ever longer time-outs, at most a minute, until the server's word", () => {
		const { outbox, sender, sent, clock } = world();
		outbox.put(raisedMessage("a"));
		const sentAt: number[] = [];
		for (; clock.now < 600_000; clock.now += 500) {
			const before = sent.length;
			sender.pump();
			if (sent.length > before) sentAt.push(clock.now);
		}
		const gaps = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
		expect(gaps[0]).toBeGreaterThanOrEqual(2_500);
		expect(gaps[0]).toBeLessThanOrEqual(5_500);
		expect(Math.max(...gaps)).toBeLessThanOrEqual(60_500);
		expect(gaps.at(-1)).toBeGreaterThanOrEqual(30_000);
		sender.takeAck({ v: 1, at: 0, applied: ["a.raised"], refused: [] });
		const count = sent.length;
		clock.now += 120_000;
		sender.pump();
		expect(sent).toHaveLength(count);
	});

	it("lets nobody wait behind the many that are never answered", () => {
		const { outbox, sender, sent } = world();
		for (let number = 0; number < 300; number++) outbox.put(raisedMessage(`gone-${number}`, `lane-${number}`));
		sender.pump();
		outbox.put(raisedMessage("a"));
		sender.pump();
		expect(sent).toContain("a.raised");
	});

	it("says when messages pile up, once, and when they are gone", () => {
		const { outbox, sender, lines } = world();
		sender.detach();
		for (let number = 0; number < 150; number++) {
			outbox.put(raisedMessage(`a${number}`));
			sender.pump();
		}
		expect(lines.map(({ msg }) => msg)).toEqual([expect.stringContaining("pile up")]);
		outbox.acknowledge(Array.from({ length: 150 }, (_, number) => `a${number}.raised`));
		sender.pump();
		expect(lines.at(-1)?.msg).toContain("empty again");
	});

	it("says what the server refuses and why", () => {
		const { outbox, sender, lines } = world();
		outbox.put(raisedMessage("a"));
		sender.takeAck({ v: 1, at: 0, applied: [], refused: [{ id: "a.raised", reason: "no such lane" }] });
		expect(lines).toMatchObject([{ level: 50, messageId: "a.raised", reason: "no such lane" }]);
		expect(outbox.setAside).toBe(1);
	});
});

describe("retained states", () => {
	it("publish the latest alone, once the one before has arrived, and everything at a new connection", async () => {
		const states = new RetainedStates();
		const sent: [string, number][] = [];
		const arrivals: (() => void)[] = [];
		const publish = (topic: string, body: string) => {
			sent.push([topic, (JSON.parse(body || '{"at":-1}') as { at: number }).at]);
			return new Promise<void>((resolve) => arrivals.push(resolve));
		};
		states.attach(publish);
		for (const at of [1, 2, 3]) states.set("x", { at });
		states.set("y", { at: 9 });
		expect(sent).toEqual([
			["x", 1],
			["y", 9],
		]);
		for (const arrive of arrivals.splice(0)) arrive();
		await until("the latest", () => sent.length === 3);
		expect(sent[2]).toEqual(["x", 3]);
		states.detach();
		states.set("y", { at: 10 });
		states.attach(async (topic, body) => void sent.push([topic, (JSON.parse(body) as { at: number }).at]));
		expect(sent.slice(3)).toEqual([
			["x", 3],
			["y", 10],
		]);
	});

	it("never say two things of one topic with one instant", () => {
		const states = new RetainedStates();
		const sent: number[] = [];
		states.attach(async (_topic, body) => void sent.push((JSON.parse(body) as { at: number }).at));
		states.set("x", { at: 5 });
		states.set("x", { at: 5 });
		states.detach();
		states.attach(async (_topic, body) => void sent.push((JSON.parse(body) as { at: number }).at));
		expect(sent).toEqual([5, 6]);
	});

	it("are later than what was said before the clock was put back by an hour, or the server leaves them aside", () => {
		const states = new RetainedStates();
		const sent: number[] = [];
		states.set("x", { at: 9_000_000 });
		states.set("x", { at: 5_400_000 });
		states.attach(async (_topic, body) => void sent.push((JSON.parse(body) as { at: number }).at));
		expect(sent).toEqual([9_000_001]);
	});

	it("say over which connection they are said", () => {
		const states = new RetainedStates();
		const sent: unknown[] = [];
		const publish = async (_topic: string, body: string) => void sent.push(JSON.parse(body));
		states.set("x", { at: 5 });
		states.attach(publish, 7);
		states.detach();
		states.attach(publish, 8);
		expect(sent).toEqual([
			{ at: 5, connectedAt: 7 },
			{ at: 5, connectedAt: 8 },
		]);
	});

	it("take a forgotten topic off the broker", async () => {
		const states = new RetainedStates();
		const sent: string[] = [];
		states.attach(async (_topic, body) => void sent.push(body));
		states.set("x", { at: 5 });
		await until("the first", () => sent.length === 1);
		states.forget("x");
		await until("the empty one", () => sent.length === 2);
		expect(sent[1]).toBe("");
	});
});
