import fc from "fast-check";
import { expect, test } from "vitest";
import { FactClock } from "../../edge/fact-clock.ts";
import { silentLog } from "../support/watched-camera.ts";

/** Seconds between two facts, and by how much somebody sets the clock meanwhile. */
const step = fc.record({
	passedMs: fc.integer({ min: 1, max: 5_000 }),
	setByMs: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: -86_400_000, max: 86_400_000 })),
});

test("whatever is done to the clock, facts go forward", () => {
	fc.assert(
		fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), fc.nat(1_000_000), (steps, lastAt) => {
			const clock = new FactClock(lastAt, silentLog);
			let [wall, before] = [1_000_000, lastAt];
			for (const { passedMs, setByMs } of steps) {
				wall += passedMs + setByMs;
				const at = clock.next(wall);
				expect(at).toBeGreaterThan(before);
				before = at;
			}
		}),
	);
});

test("a clock that was set back once runs on at its pace", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 6_000, max: 10_000_000 }),
			fc.array(fc.integer({ min: 1, max: 5_000 })),
			(backMs, paces) => {
				const clock = new FactClock(0, silentLog);
				let wall = 100_000_000;
				let fact = clock.next(wall);
				wall -= backMs;
				fact = clock.next(wall);
				for (const passedMs of paces) {
					wall += passedMs;
					const next = clock.next(wall);
					expect(next - fact).toBe(passedMs);
					fact = next;
				}
			},
		),
	);
});
