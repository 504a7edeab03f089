import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClockWatch } from "../../edge/clock/clock-watch.ts";
import { SteadyClock } from "../../edge/clock/steady-clock.ts";
import { silentLog } from "../support/watched-camera.ts";

const hourMs = 3_600_000;

/** A machine whose clock can be set. */
function machine() {
	let [wall, monotonic] = [1_800_000_000_000, 5_000.125];
	const clock = new SteadyClock({ wall: () => wall, monotonic: () => monotonic });
	return {
		clock,
		wall: () => wall,
		pass: (ms: number) => {
			wall += ms;
			monotonic += ms + 0.0625; // as it is told, while instants are whole
			return clock.now();
		},
		set: (byMs: number) => (wall += byMs),
	};
}

describe("the time by which an edge dates", () => {
	test("is the wall clock, also while that is slewed or set by a little", () => {
		const { clock, pass, set, wall } = machine();
		for (const byMs of [0, 300, -1_500, 20]) {
			set(byMs);
			expect(pass(1_000)).toBe(wall());
		}
		expect(clock.aheadMs).toBe(0);
	});

	test.each([hourMs, -hourMs])("goes on as before while something stands, the clock being set by %i ms", (byMs) => {
		const { clock, pass, set, wall } = machine();
		const before = clock.now();
		clock.note("gate", true);
		set(byMs);
		for (let second = 1; second <= 7_200; second++) expect(pass(1_000)).toBe(before + second * 1_000);
		expect(clock.now() - wall()).toBe(-byMs);
		expect([clock.aheadMs, clock.takenMs]).toEqual([-byMs, 0]);
	});

	test.each([hourMs, -hourMs])("is the new one when nothing has stood for a minute (%i ms)", (byMs) => {
		const { clock, pass, set, wall } = machine();
		clock.note("gate", true);
		set(byMs);
		pass(1_000);
		clock.note("gate", false);
		pass(59_000);
		expect(clock.takenMs).toBe(0);
		expect(pass(2_000)).toBe(wall());
		expect([clock.aheadMs, clock.takenMs]).toEqual([0, byMs]);
	});

	test("is the wall clock at once where that is set there and back", () => {
		const { clock, pass, set, wall } = machine();
		clock.note("gate", true);
		set(hourMs);
		pass(1_000);
		set(-hourMs + 400);
		expect(pass(1_000)).toBe(wall());
		expect(clock.takenMs).toBe(0);
	});

	test("is a whole number", () => {
		const { pass, set } = machine();
		set(hourMs);
		expect(Number.isInteger(pass(1_000))).toBe(true);
	});

	test("waits for every camera", () => {
		const { clock, pass, set } = machine();
		for (const id of ["a", "b"]) clock.note(id, true);
		set(hourMs);
		pass(100);
		clock.note("a", false);
		pass(600_000);
		expect(clock.takenMs).toBe(0);
	});

	test("passes as the monotonic clock does while something stands, whatever is done to the wall clock", () => {
		const steps = fc.array(fc.integer({ min: -86_400_000, max: 86_400_000 }), { maxLength: 20 });
		fc.assert(
			fc.property(steps, (byMs) => {
				const { clock, pass, set } = machine();
				clock.note("gate", true);
				const before = clock.now();
				for (const by of byMs) {
					set(by);
					pass(1_000);
				}
				// What is set by less than two seconds is followed.
				expect(Math.abs(clock.now() - before - byMs.length * 1_000)).toBeLessThanOrEqual(2_000 * (byMs.length + 1));
			}),
		);
	});
});

test("evidence that is dated by the old time is as far off as that is", async () => {
	const reading = { offsetMs: 20, source: "chrony", readAt: 1 };
	const watch = new ClockWatch({ log: silentLog, read: () => Promise.resolve(reading), time: { aheadMs: -hourMs } });
	await watch.look();
	expect(watch.reading).toEqual({ ...reading, offsetMs: 20 - hourMs });
});
