import { expect, test } from "vitest";
import type { PlateLook } from "#core/plates/stay-plate.ts";
import { stayPlateSchema } from "#contract/stay-plate.ts";
import { beginSet, clearSet, plateLooked, raiseSet } from "../../edge/evidence/change-evidence-set.ts";
import type { EvidenceSet } from "../../edge/evidence/evidence-set.ts";
import { isMomentRipe, isPlateSettled, nextPlateMoment, plateBodyOf } from "../../edge/evidence/plate-plan.ts";

const enteredAt = 1_000_000;
const policy = { vehicleOnDelayMs: 120_000, objectOnDelayMs: 300_000, confirmAfterMs: 180_000 };
const begun = beginSet({
	...{ alertId: "lane-1.x", cameraId: "cam-1", zoneId: "lane-1", cause: "vehicle", enteredAt, label: "car" },
	...{ box: { x1: 0.1, y1: 0.1, x2: 0.5, y2: 0.5 }, place: null },
});
const raised = (set: EvidenceSet) => raiseSet(set, { raisedAt: enteredAt + 120_000, outline: [] }, policy);
const read: PlateLook["read"] = {
	text: "京A88731",
	characters: [..."京A88731"].map((char) => ({ char, confidence: 0.98 })),
	...{ plateClass: "small", colour: "blue", confidence: 0.98, sharpness: 0.6, widthPx: 120, rows: 1 },
	box: { x1: 0.2, y1: 0.3, x2: 0.3, y2: 0.35 },
};
const looked = (set: EvidenceSet, more: Partial<PlateLook> = {}) => {
	const { wantedAt } = nextPlateMoment(set)!;
	return plateLooked(set, {
		...{ wantedAt, capturedAt: wantedAt, failed: null, vehicle: { widthPx: 300, heightPx: 250, brightness: 99 } },
		...{ read: null, ...more },
	});
};
const times = (set: EvidenceSet): number[] => {
	const next = nextPlateMoment(set);
	return next ? [next.wantedAt - enteredAt, ...times(looked(set))] : [];
};

test("five moments within a minute of the entry, and that of P2 once there is an alert; no more", () => {
	expect(times(begun)).toEqual([0, 3_000, 8_000, 20_000, 60_000]);
	expect(times(raised(begun))).toEqual([0, 3_000, 8_000, 20_000, 60_000, 180_000]);
});

test("nothing more once two pictures agree: before any alert, and well before the on-delay is over", () => {
	const sure = looked(looked(begun, { read }), { read });
	expect(nextPlateMoment(sure)).toBeNull();
	expect(plateBodyOf(sure)).toMatchObject({ state: "read", isSure: true, settled: true, reads: 2 });
	expect(stayPlateSchema.parse(plateBodyOf(sure))).toEqual(plateBodyOf(sure));
});

test("before the alert it is not settled, for a later moment may come; when it has left, no moment after that", () => {
	let set = begun;
	while (nextPlateMoment(set)) set = looked(set);
	expect(isPlateSettled(set)).toBe(false);
	const cleared = clearSet(raised(begun), {
		clearedAt: enteredAt + 130_000,
		seenFreeAt: enteredAt + 140_000,
		by: "camera",
	});
	expect(times(cleared)).toEqual([0, 3_000, 8_000, 20_000, 60_000]);
	const shortly = clearSet(raised(begun), {
		clearedAt: enteredAt + 5_000,
		seenFreeAt: enteredAt + 9_000,
		by: "camera",
	});
	expect(nextPlateMoment(shortly)?.toAt).toBe(enteredAt + 5_000);
});

test("an edge without models settles at once and says so; goods and sets of an older program have no plate", () => {
	const without = looked(begun, { failed: "no_models", vehicle: null, capturedAt: null });
	expect(plateBodyOf(without)).toMatchObject({ state: "unread", reason: "no_models", settled: true });
	const older: EvidenceSet = { ...begun };
	delete (older as { plateLooks?: unknown }).plateLooks;
	expect([plateBodyOf(older), isPlateSettled(older)]).toEqual([null, true]);
	expect(plateBodyOf(beginSet({ ...older, label: "object", cause: "object" }))).toBeNull();
});

test("a moment is looked at once, and as soon as the ring has it, or will not get it", () => {
	const once = looked(begun);
	expect(plateLooked(once, { ...once.plateLooks![0]!, read })).toBe(once);
	const moment = nextPlateMoment(begun)!;
	expect(isMomentRipe(moment, enteredAt + 500, enteredAt)).toBe(false);
	expect(isMomentRipe(moment, enteredAt + 500, enteredAt + 100)).toBe(true);
	expect(isMomentRipe(moment, enteredAt + 31_000, null)).toBe(true);
});
