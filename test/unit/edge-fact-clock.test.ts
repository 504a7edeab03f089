import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLog } from "#platform/log.ts";
import { FactClock } from "../../edge/fact-clock.ts";

const log = createLog("test", "silent");

describe("the time of facts", () => {
	test("is the wall clock", () => {
		const clock = new FactClock(0, log);
		expect([1_000, 2_000, 5_000].map((at) => clock.next(at))).toEqual([1_000, 2_000, 5_000]);
	});

	test("goes on at the wall clock's pace after that was put back by an hour", () => {
		const clock = new FactClock(0, log);
		clock.next(3_600_000);
		const first = clock.next(1_000);
		expect(clock.next(61_000) - first).toBe(60_000);
	});

	test("is the wall clock again once that has caught up", () => {
		const clock = new FactClock(100_000, log);
		clock.next(1_000);
		expect(clock.next(500_000)).toBe(500_000);
	});

	test("always goes on, whatever the wall clock does", () => {
		fc.assert(
			fc.property(fc.array(fc.nat(1e9), { minLength: 2, maxLength: 50 }), (walls) => {
				const clock = new FactClock(0, log);
				const instants = walls.map((at) => clock.next(at));
				return instants.every((at, index) => index === 0 || at > (instants[index - 1] ?? 0));
			}),
		);
	});
});
