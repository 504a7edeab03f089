import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { blindTodayMs } from "../../src/web/live/blind-today.ts";
import { movedViewOf } from "../../src/web/live/moved-view.ts";
import { formatClock, startOfDay } from "../../src/web/time/format-time.ts";

const minute = 60_000;
const midnight = Date.UTC(2026, 10, 24, 16); // in Shanghai, of the 25th

test("the day begins at the site's midnight", () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 24 * 60 * minute - 1 }), (ms) => {
			expect(startOfDay(midnight + ms)).toBe(midnight);
		}),
	);
	expect(formatClock(startOfDay(Date.now()), "en")).toBe("00:00:00");
});

describe("blind time of today", () => {
	const noon = midnight + 12 * 60 * minute;
	const lane = { state: "clear", blindTodayMs: 12 * minute, blindUntil: noon } as const;

	test("is what the edge has counted", () => {
		expect(blindTodayMs(lane, noon + 5 * minute)).toBe(12 * minute);
		expect(blindTodayMs({ ...lane, blindTodayMs: null, blindUntil: null }, noon)).toBeNull();
	});

	test("goes on while the lane is unknown", () => {
		expect(blindTodayMs({ ...lane, state: "unknown" }, noon + 5 * minute)).toBe(17 * minute);
		expect(blindTodayMs({ ...lane, state: "unknown" }, noon - 3 * minute)).toBe(12 * minute); // a clock behind the edge's
	});

	test("begins anew at midnight, also on a page that nobody has loaded since", () => {
		const night = { blindTodayMs: 40 * minute, blindUntil: midnight - minute };
		expect(blindTodayMs({ ...night, state: "clear" }, midnight + minute)).toBe(0);
		expect(blindTodayMs({ ...night, state: "unknown" }, midnight + 2 * minute)).toBe(2 * minute);
	});
});

describe("a view that has moved", () => {
	const lane = (more: Partial<LaneAnswer>) =>
		({ cameraId: "cam-1", state: "unknown", reason: "camera_moved", since: 1_000, ...more }) as LaneAnswer;
	const camera = { id: "cam-1", viewConfirmed: null };

	test("is told by the lanes of that camera alone", () => {
		const others = [lane({ cameraId: "cam-2" }), lane({ reason: "defocused" }), lane({ state: "clear", reason: null })];
		expect(movedViewOf(camera, others)).toBeNull();
		expect(movedViewOf(camera, [...others, lane({}), lane({ since: 2_000 })])).toEqual({
			since: 2_000,
			confirmed: false,
		});
	});

	test("is confirmed by a look at this view, not by one at an earlier one", () => {
		const seen = (viewAt: number) => ({ ...camera, viewConfirmed: { by: "anna", at: 5, viewAt } });
		expect(movedViewOf(seen(999), [lane({})])?.confirmed).toBe(false);
		expect(movedViewOf(seen(1_001), [lane({})])?.confirmed).toBe(true);
	});
});
