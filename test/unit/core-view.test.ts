import type { GreyPicture } from "#core/picture/grey-picture.ts";
import { describe, expect, test } from "vitest";
import { confirmView, initialViewState, judgeView, type ViewState, type ViewVerdict } from "#core/view/judge-view.ts";
import { isFollowed } from "#core/view/follow-shift.ts";
import {
	blurred,
	driving,
	mixed,
	sceneOf,
	shifted,
	toned,
	type ViewStory,
	viewLooks,
	watch,
} from "../support/synthetic-view.ts";

const goodMs = 12_000;
/** A street that is good at first and looks like `bad` from then on for `badMs`, then good again. */
function spoiled(bad: ViewStory["pictureAt"], badMs = 12_000, everyMs = 1_000) {
	const street = driving(sceneOf(1));
	const pictureAt: ViewStory["pictureAt"] = (at) => (at < goodMs || at >= goodMs + badMs ? street(at) : bad(at));
	const looks = viewLooks({ pictureAt, toMs: goodMs + badMs + 6_000, everyMs });
	const verdicts = watch(looks);
	const told = verdicts.find(({ reason }) => reason !== null);
	const back = verdicts.find(({ at, fit }) => at >= goodMs + badMs && fit);
	return { verdicts, told, delayMs: (told?.at ?? Infinity) - goodMs, backMs: (back?.at ?? Infinity) - goodMs - badMs };
}
const street = driving(sceneOf(1));

test("a street with cars that pass is always fit, and its place is known", () => {
	for (const everyMs of [200, 1_000, 2_000]) {
		const verdicts = watch(viewLooks({ pictureAt: street, toMs: 50 * everyMs, everyMs }));
		expect(verdicts.filter(({ fit }) => !fit)).toEqual([]);
		expect(verdicts.at(-1)?.shift?.score).toBeGreaterThan(0.8);
	}
});

describe("what is told within 10 s, and is over within 3 s", () => {
	const cover = () =>
		toned(
			mixed(() => 110, 2, 1),
			(v) => v,
		);
	const cases: [string, NonNullable<ViewVerdict["reason"]>, ViewStory["pictureAt"]][] = [
		["the same picture for ever", "picture_frozen", () => street(goodMs)],
		["no light", "too_dark", (at) => mixed(() => 6, 2, at)],
		[
			"a lamp that went out: what is left drowns in noise",
			"too_dark",
			(at) => toned(street(at), (v) => v * 0.06, 2, at),
		],
		["a bag", "lens_covered", (at) => mixed(() => 110, 2, at)],
		["a cloth that never changes", "lens_covered", cover],
		[
			"a hand: soft shades",
			"lens_covered",
			(at) => mixed((x, y) => 90 + 60 * Math.sin(x * 3 + 1) * Math.cos(y * 2), 1, at),
		],
		[
			"something dark over three quarters",
			"lens_covered",
			(at) => toned(street(at), (v, x, y) => (x < 0.87 && y < 0.87 ? 18 : v), 1, at),
		],
		["snow on a dead sensor", "lens_covered", (at) => mixed(() => 110, 40, at)],
		["out of focus", "defocused", (at) => blurred(street(at), 1)],
		["far out of focus", "defocused", (at) => blurred(street(at), 2)],
	];
	const paces = { 200: cases.slice(0, 2), 1_000: cases, 2_000: cases };
	for (const [pace, some] of Object.entries(paces)) {
		const everyMs = Number(pace);
		test.each(some)(`%s: %s (a look every ${everyMs} ms)`, (_name, reason, bad) => {
			const { told, delayMs, backMs, verdicts } = spoiled(bad, 12_000, everyMs);
			expect(told?.reason).toBe(reason);
			expect(delayMs).toBeLessThanOrEqual(10_000);
			expect(told?.since).toBeGreaterThanOrEqual(goodMs - everyMs);
			expect(told?.since).toBeLessThanOrEqual(goodMs + everyMs);
			expect(backMs).toBeLessThanOrEqual(3_000);
			expect(new Set(verdicts.map((verdict) => verdict.reason))).toEqual(new Set([null, reason]));
		});
	}
});

describe("a turned camera", () => {
	test.each([0.05, 0.1, -0.15])("by %f of the width: told within 60 s, with the shift", (by) => {
		const { told, delayMs } = spoiled(shifted(by), 25_000);
		expect(told?.reason).toBe("camera_moved");
		expect(delayMs).toBeLessThanOrEqual(60_000);
		expect(told?.shift?.dx).toBeCloseTo(by, 2);
		expect(told?.shift?.dy).toBeCloseTo(0, 2);
		expect(told?.shift && isFollowed(told.shift)).toBe(true);
	});

	test("by a third of the width, or hardly found again: not to be followed without a person's word", () => {
		expect(isFollowed({ dx: 0.3, dy: 0, score: 1 })).toBe(false);
		expect(isFollowed({ dx: 0.1, dy: 0, score: 0.5 })).toBe(false);
	});

	test("to another place: told without a shift, until a person has looked at the zones", () => {
		const elsewhere = driving(sceneOf(2));
		const looks = viewLooks({ pictureAt: (at) => (at < goodMs ? street(at) : elsewhere(at)), toMs: 40_000 });
		const { state, verdict } = run(looks);
		expect(verdict).toMatchObject({ fit: false, reason: "camera_moved", shift: null });

		const confirmed = confirmView(state, 61_000);
		const after = run(viewLooks({ pictureAt: elsewhere, fromMs: 61_000, toMs: 80_000 }), confirmed);
		expect(after.verdict).toMatchObject({ fit: true, reason: null, since: null });
		expect(confirmView(after.state, 61_000)).toBe(after.state);
	});

	test("and turned back: fit at once", () => {
		const { backMs } = spoiled(shifted(0.1), 25_000);
		expect(backMs).toBeLessThanOrEqual(3_000);
	});
});

describe("what is none of these", () => {
	const none: [string, ViewStory["pictureAt"]][] = [
		["clouds: half as bright, then again bright", (at) => toned(street(at), (v) => (at % 6_000 < 3_000 ? v : v * 0.5))],
		["infrared: some tones turn round", (at) => toned(street(at), (v) => (v > 130 ? 260 - v : v))],
		[
			"a lamp that is switched on",
			(at) => toned(street(at), (v, x, y) => v + 120 * Math.exp(-((x - 0.3) ** 2 + (y - 0.4) ** 2) / 0.03)),
		],
		[
			"a truck that parks across the middle",
			(at) =>
				toned(street(at), (v, x, y) =>
					x > 0.2 && x < 0.75 && y > 0.15 && y < 0.95 ? ((Math.floor(x * 40) % 7) + 2) * 25 : v,
				),
		],
		["snowflakes", (at) => toned(street(at), (v, x, y) => (Math.sin(x * 997 + y * 613 + at) > 0.985 ? 240 : v))],
	];
	test.each(none)("%s", (_name, later) => {
		expect(spoiled(later, 15_000).verdicts.filter(({ reason }) => reason !== null)).toEqual([]);
	});

	test("a bus that hides almost everything for four seconds blinds for no longer than it takes to pass", () => {
		const bus = (at: number) => toned(street(at), (v, x) => (x < 0.95 ? 150 : v), 1, at);
		const { verdicts } = spoiled(bus, 4_000);
		expect(verdicts.filter(({ reason }) => reason !== null)).toEqual([]);
		expect(verdicts.filter(({ fit }) => !fit).length).toBeLessThanOrEqual(5);
	});

	test("what boxes are known to hide says nothing about the camera", () => {
		const hidden = { x1: 0.02, y1: 0.02, x2: 0.98, y2: 0.98 };
		const looks = viewLooks({ pictureAt: (at) => (at < goodMs ? street(at) : mixed(() => 150, 2, at)), toMs: 40_000 });
		const verdicts = watch(looks.map((look) => (look.at < goodMs ? look : { ...look, moving: [hidden] })));
		expect(verdicts.filter(({ fit }) => !fit)).toEqual([]);
	});
});

test("a stream that repeats its picture between key frames is not frozen, and one that stands still for longer is", () => {
	const still = (at: number) => street(Math.floor(at / 6_000) * 6_000);
	expect(watch(viewLooks({ pictureAt: still, toMs: 60_000 })).filter(({ reason }) => reason)).toEqual([]);
	const stuck = (at: number) => still(Math.min(at, 36_000));
	const told = watch(viewLooks({ pictureAt: stuck, toMs: 60_000 })).find(({ reason }) => reason);
	expect(told).toMatchObject({ reason: "picture_frozen", since: 36_000 });
	expect(told!.at - 36_000).toBeLessThanOrEqual(10_000);
});

test("a picture that is stuck and encoded anew is frozen, though no two are the same to the byte", () => {
	const stuck = street(goodMs);
	const again = (at: number): GreyPicture => {
		const off = Math.floor(at / 4_000);
		return { ...stuck, luma: stuck.luma.map((value, i) => Math.max(0, value + ((i * 31 + off) % 3) - 1)) };
	};
	const told = watch(viewLooks({ pictureAt: (at) => (at < goodMs ? street(at) : again(at)), toMs: 30_000 }));
	expect(told.find(({ reason }) => reason)).toMatchObject({ reason: "picture_frozen" });
	expect(told.find(({ reason }) => reason)!.at - goodMs).toBeLessThanOrEqual(11_000);
});

test("a still scene in which something small moves now and then is learned to be one, not told again and again", () => {
	const scene = mixed(() => 120, 40, 3);
	const withSpot = (at: number): GreyPicture => {
		const luma = scene.luma.slice();
		const x = Math.floor(at / 9_000) * 9;
		for (let row = 40; row < 64; row++) luma.fill(250, row * scene.width + x, row * scene.width + x + 24);
		return { ...scene, luma };
	};
	const start = driving(sceneOf(2));
	const looks = viewLooks({ pictureAt: (at) => (at < 20_000 ? start(at) : withSpot(at)), toMs: 90_000 });
	const told = watch(looks).filter(({ reason }) => reason === "picture_frozen");
	expect(told.filter(({ at }) => at > 40_000)).toEqual([]);
});

test.each([
	["black", "too_dark", () => mixed(() => 4, 1, 1)],
	["structureless", "lens_covered", (at: number) => mixed(() => 120, 2, at)],
] as const)(
	"a picture that is %s from the start is told, and the view is learned when it is good",
	(_name, reason, bad) => {
		const looks = viewLooks({ pictureAt: (at) => (at < goodMs ? bad(at) : street(at)), toMs: 30_000 });
		const verdicts = watch(looks);
		expect(verdicts.find((verdict) => verdict.reason)).toMatchObject({ reason, since: 0 });
		expect(verdicts.find(({ at, fit }) => at >= goodMs && fit)?.at).toBeLessThanOrEqual(goodMs + 3_000);
		expect(verdicts.at(-1)).toMatchObject({ fit: true, reason: null });
	},
);

test("a new lighting is learned, and a cover that came with the night is told all the same", () => {
	const night = (at: number) =>
		toned(street(at), (v, x, y) => 12 + v * 0.9 * Math.exp(-((x - 0.4) ** 2 + (y - 0.5) ** 2) / 0.12), 1, at);
	const pictureAt = (at: number) => (at < goodMs ? street(at) : at < 60_000 ? night(at) : mixed(() => 60, 2, at));
	const verdicts = watch(viewLooks({ pictureAt, toMs: 75_000 }));
	expect(verdicts.filter(({ at, reason }) => at < 60_000 && reason)).toEqual([]);
	expect(verdicts.at(-1)?.reason).toBe("lens_covered");
});

test("a stream of another shape is learned anew", () => {
	const { state } = run(viewLooks({ pictureAt: street, toMs: goodMs }));
	const wide = driving(sceneOf(3), { width: 320, height: 120 });
	expect(run(viewLooks({ pictureAt: wide, fromMs: 13_000, toMs: 30_000 }), state).verdict.fit).toBe(true);
});

function run(looks: ReturnType<typeof viewLooks>, from: ViewState = initialViewState()) {
	let state = from;
	let verdict = from.verdict;
	for (const look of looks) ({ state, verdict } = judgeView(state, look));
	return { state, verdict };
}
