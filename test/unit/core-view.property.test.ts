import fc from "fast-check";
import { expect, test } from "vitest";
import type { Box } from "#core/geometry/shapes.ts";
import { initialViewState, judgeView, type ViewLook, type ViewState } from "#core/view/judge-view.ts";
import { driving, mixed, sceneOf, shifted, toned, watch } from "../support/synthetic-view.ts";

const street = driving(sceneOf(1));
const turned = shifted(0.1);

/** Stretches of a street in all conditions, at any pace, with clocks that stop or jump back now and then. */
const stretch = fc.record({
	kind: fc.constantFrom("good", "good", "dim", "black", "covered", "frozen", "turned"),
	looks: fc.integer({ min: 1, max: 6 }),
	everyMs: fc.constantFrom(200, 1_000, 2_000, 2_000, 15_000),
	moving: fc.boolean(),
});
const story = fc.array(stretch, { minLength: 1, maxLength: 5 }).map((stretches) => {
	let at = 0;
	return stretches.flatMap(({ kind, looks, everyMs, moving }) => {
		const from = at;
		return Array.from({ length: looks }, (): ViewLook => {
			at += everyMs;
			return { at, grey: pictures[kind](kind === "frozen" ? from : at), moving: moving ? [car] : [] };
		});
	});
});
const car: Box = { x1: 0.3, y1: 0.5, x2: 0.6, y2: 0.8 };
const pictures = {
	good: street,
	frozen: street,
	turned,
	dim: (at: number) => toned(street(at), (value) => value * 0.5),
	black: (at: number) => mixed(() => 5, 1, at),
	covered: (at: number) => mixed(() => 120, 2, at),
};

test("carrying the saved state over changes nothing, and it stays small", () => {
	fc.assert(
		fc.property(story, fc.nat(), (looks, cut) => {
			const split = cut % (looks.length + 1);
			const half = looks.slice(0, split).reduce((state, look) => judgeView(state, look).state, initialViewState());
			const saved = save(half);
			expect(saved.length).toBeLessThan(60_000);
			const whole = watch(looks).slice(split);
			expect(watch(looks.slice(split), load(saved))).toEqual(whole);
		}),
		{ numRuns: 10 },
	);
});

test("a look that is not newer changes nothing, and is answered like the last one", () => {
	fc.assert(
		fc.property(story, fc.integer({ min: 0, max: 100_000 }), (looks, backMs) => {
			let state = initialViewState();
			for (const look of looks) {
				const step = judgeView(state, look);
				state = step.state;
				const again = judgeView(state, { ...look, at: look.at - backMs, grey: mixed(() => 3, 1, backMs) });
				expect(again.state).toBe(state);
				expect(again.verdict).toEqual(step.verdict);
			}
		}),
		{ numRuns: 8 },
	);
});

test("a verdict is whole: a reason has its begin and is never fit, and begins are never in the future", () => {
	fc.assert(
		fc.property(story, (looks) => {
			for (const { at, fit, reason, since } of watch(looks)) {
				if (reason !== null) expect(fit).toBe(false);
				expect(fit).toBe(since === null);
				expect(since ?? 0).toBeLessThanOrEqual(at);
			}
		}),
		{ numRuns: 8 },
	);
});

test("brighter, darker, more or less contrast: never a reason", () => {
	const light = fc.record({
		gain: fc.double({ min: 0.45, max: 1.5, noNaN: true }),
		plus: fc.integer({ min: -25, max: 50 }),
	});
	fc.assert(
		fc.property(fc.array(light, { minLength: 1, maxLength: 3 }), fc.constantFrom(500, 2_000), (lights, everyMs) => {
			const steps = [{ gain: 1, plus: 0 }, ...lights];
			const looks = steps.flatMap(({ gain, plus }, step) =>
				Array.from({ length: 8 }, (_, index): ViewLook => {
					const at = (step * 8 + index) * everyMs;
					return { at, grey: toned(street(at), (value) => value * gain + plus), moving: [] };
				}),
			);
			expect(watch(looks).filter(({ reason, fit }) => reason !== null || !fit)).toEqual([]);
		}),
		{ numRuns: 8 },
	);
});

/** As a camera's state is saved: bytes in base64. */
function save(state: ViewState): string {
	return JSON.stringify(state, (_key, value: unknown) =>
		value instanceof Uint8Array ? { base64: Buffer.from(value).toString("base64") } : value,
	);
}

function load(text: string): ViewState {
	return JSON.parse(text, (_key, value: unknown) =>
		typeof value === "object" && value !== null && "base64" in value
			? new Uint8Array(Buffer.from(String(value.base64), "base64"))
			: value,
	) as ViewState;
}
