import { expect, test } from "vitest";
import { initialCameraState, reduceCamera } from "#core/camera.ts";
import { whatIfResultBody } from "#contract/live-api.ts";
import { answerWhatIf } from "../../edge/centre/what-if-answer.ts";
import { LookHistory } from "../../edge/look-history.ts";
import { looks, oneLane, standsFrom, type SyntheticThing } from "../support/synthetic-camera.ts";

const asNow = { policy: {}, hours: [] };
const parked: SyntheticThing = { label: "car", seed: 1, boxAt: standsFrom(10_000, 70_000) };

function watched(toMs: number, { everyMs = 1000, things = [parked], scene = oneLane(), fromMs = 0 } = {}): LookHistory {
	const history = new LookHistory();
	let state = initialCameraState();
	for (const fact of looks(things, { fromMs, toMs, everyMs })) {
		const step = reduceCamera(state, fact, scene);
		state = step.state;
		history.add(scene, step.looks);
	}
	return history;
}

test("an hour is kept, older looks go", () => {
	const history = new LookHistory();
	const scene = oneLane();
	for (let at = 0; at <= 4_000_000; at += 1000) {
		history.add(scene, [{ zoneId: "lane", look: { at, stays: [], settling: false } }]);
	}
	const { looks: kept } = history.of("lane")!;
	expect(kept[0]?.at).toBe(400_000);
	expect(kept.at(-1)?.at).toBe(4_000_000);
});

test("quick looks that show the same are kept once a second; the answer is the same to a second", () => {
	const quick = watched(40_000, { everyMs: 250 });
	expect(quick.of("lane")!.looks.length).toBeLessThan(70);
	const [{ supposed: dense }, { supposed: coarse }] = [
		answerWhatIf(quick.of("lane"), { policy: { vehicleOnDelayMs: 20_000 }, hours: [] }),
		answerWhatIf(watched(40_000).of("lane"), { policy: { vehicleOnDelayMs: 20_000 }, hours: [] }),
	];
	expect(dense).toHaveLength(1);
	expect(Math.abs(dense[0]!.raisedAt! - coarse[0]!.raisedAt!)).toBeLessThanOrEqual(1_000);
});

test("the answer holds what was raised and what would have been, and fits the contract", () => {
	const answer = answerWhatIf(watched(100_000).of("lane"), { policy: { vehicleOnDelayMs: 90_000 }, hours: [] });
	expect(whatIfResultBody.parse(answer)).toEqual(answer);
	expect(answer).toMatchObject({
		...{ from: 0, until: 100_000, supposed: [] },
		now: [{ label: "car", enteredAt: 10_000, raisedAt: 15_000 }],
		stays: [{ since: 10_000, label: "car" }],
	});
});

test("what was raised before the first look is not said to be raised in it", () => {
	const { looks: all, rules } = watched(60_000).of("lane")!;
	const later = { rules, looks: all.filter(({ at }) => at >= 30_000) };
	expect(answerWhatIf(later, asNow).now).toMatchObject([{ enteredAt: 10_000, raisedAt: null, clearedAt: null }]);
});

test("another polygon begins a zone anew, and an unknown zone has nothing to tell", () => {
	const history = watched(20_000);
	const scene = oneLane();
	const moved = {
		zones: [
			{
				...scene.zones[0]!,
				polygon: [
					[0, 0],
					[1, 0],
					[0, 1],
				] as const,
			},
		],
	};
	history.add(moved, [{ zoneId: "lane", look: { at: 21_000, stays: [], settling: false } }]);
	expect(history.of("lane")!.looks).toHaveLength(1);
	expect(answerWhatIf(history.of("other"), asNow)).toEqual({
		from: null,
		until: null,
		stays: [],
		now: [],
		supposed: [],
	});
});
