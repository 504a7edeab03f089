import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Outbox } from "../../edge/publish/outbox.ts";
import { OutboxSender } from "../../edge/publish/outbox-sender.ts";
import { keptLog } from "../support/kept-log.ts";
import { raisedMessage } from "../support/wire-store.ts";

const lanes = ["lane-1a", "lane-1b", "lane-1c"] as const;

/**
 * What can happen between an edge and a server over a network that loses and repeats. `put…Crash`: the process dies
 * before the decision's transaction is committed.
 */
type Step =
	| { readonly do: "put" | "putThenCrash"; readonly lane: (typeof lanes)[number] }
	| { readonly do: "crash" | "reconnect" | "timePasses" | "deliver" | "deliverTwice" | "lose" | "ack" | "loseAcks" };

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ do: fc.constant("put" as const), lane: fc.constantFrom(...lanes) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant("putThenCrash" as const), lane: fc.constantFrom(...lanes) }) },
	{
		weight: 12,
		arbitrary: fc.record({
			do: fc.constantFrom(
				...(["crash", "reconnect", "timePasses", "deliver", "deliverTwice", "lose", "ack", "loseAcks"] as const),
			),
		}),
	},
);

/** An edge over one database, a network, and a server that remembers what came first. */
class World {
	readonly db = new Database(":memory:");
	readonly committed: { id: string; lane: string }[] = [];
	readonly arrived: string[] = [];
	readonly onTheWay: string[] = [];
	readonly acks: string[] = [];
	readonly log = keptLog().log;
	now = 0;
	outbox = new Outbox(this.db);
	sender = this.begin();

	begin(): OutboxSender {
		this.outbox = new Outbox(this.db);
		const sender = new OutboxSender(this.outbox, this.log, () => this.now);
		sender.attach((body) => this.onTheWay.push((JSON.parse(body) as { id: string }).id));
		return sender;
	}

	step(step: Step, number: number): void {
		switch (step.do) {
			case "put": {
				const message = raisedMessage(`alert-${number}`, step.lane);
				this.db.transaction(() => this.outbox.put(message))();
				this.committed.push({ id: message.id, lane: step.lane });
				return this.sender.pump();
			}
			case "putThenCrash":
				expect(() =>
					this.db.transaction(() => {
						this.outbox.put(raisedMessage(`never-${number}`, step.lane));
						throw new Error("died before the commit");
					})(),
				).toThrow();
				this.sender = this.begin();
				return;
			case "crash":
				this.onTheWay.length = 0;
				this.sender = this.begin();
				return;
			case "reconnect":
				return this.sender.startAfresh();
			case "timePasses":
				this.now += 61_000;
				return this.sender.pump();
			case "deliver":
				return this.deliver();
			case "deliverTwice":
				if (this.onTheWay[0]) this.onTheWay.unshift(this.onTheWay[0]);
				this.deliver();
				return this.deliver();
			case "lose":
				return void this.onTheWay.shift();
			case "ack":
				return this.sender.takeAck({ v: 1, at: 0, applied: this.acks.splice(0), refused: [] });
			case "loseAcks":
				this.acks.length = 0;
		}
	}

	deliver(): void {
		const id = this.onTheWay.shift();
		if (!id) return;
		if (!this.arrived.includes(id)) this.arrived.push(id);
		this.acks.push(id);
	}

	/** The network is whole again, for good. */
	settle(): void {
		for (let round = 0; this.outbox.size > 0 && round < 1000; round++) {
			this.now += 61_000;
			this.sender.pump();
			while (this.onTheWay.length > 0) this.deliver();
			this.step({ do: "ack" }, 0);
		}
	}
}

describe("the outbox", () => {
	it("delivers all that was committed, nothing else, and each lane in order, whatever is lost, repeated or crashes", () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
				const world = new World();
				for (const [number, one] of steps.entries()) world.step(one, number);
				world.settle();
				for (const lane of lanes) {
					const sent = world.committed.filter((message) => message.lane === lane).map(({ id }) => id);
					const ofLane = new Set(sent);
					expect(world.arrived.filter((id) => ofLane.has(id))).toEqual(sent);
				}
				expect(world.arrived).toHaveLength(world.committed.length);
				expect(world.outbox.size).toBe(0);
			}),
			{ numRuns: 150 },
		);
	});
});
