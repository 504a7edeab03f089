import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	afterFailedCut,
	afterFailedUpload,
	evidenceId,
	isPhotoRipe,
	overlayId,
	planAtEntry,
	planAtRaise,
} from "../../edge/evidence/evidence-plan.ts";
import { evidenceKinds } from "#contract/evidence-kinds.ts";
import { madeIdSchema } from "#contract/ids.ts";
import { judgeDisk } from "../../edge/evidence/disk-watch.ts";

const policy = { vehicleOnDelayMs: 120_000, objectOnDelayMs: 300_000, confirmAfterMs: 180_000 };
const vehicle = { alertId: "a", cause: "vehicle", enteredAt: 1_000_000 } as const;
const goods = { ...vehicle, cause: "object" } as const;

describe("at the entry", () => {
	test("of a vehicle: the panorama of that instant, and the clip from 5 s before to 10 s after", () => {
		expect(planAtEntry(vehicle)).toMatchObject([
			{ id: "a.panorama_entry", take: "first", fromAt: 1_000_000 },
			{ id: "a.plate", take: "close_up" },
			{ id: "a.clip", take: "all", fromAt: 995_000, toAt: 1_010_000 },
		]);
	});

	test("of goods: the empty lane before, never a moment at which they are being carried", () => {
		const [reference] = planAtEntry(goods);
		expect(reference).toMatchObject({ id: "a.reference", take: "last" });
		expect(reference?.toAt).toBeLessThan(goods.enteredAt - 10_000);
	});
});

describe("the confirmation is due", () => {
	test.each([
		["by default 180 s after the entry, also when the alert was raised earlier", {}, 120_000, 180_000],
		["after the dwell where that is longer", { vehicleOnDelayMs: 300_000 }, 300_000, 300_000],
		["never before the alert, however late that came", {}, 400_000, 400_000],
		["never within 10 s", { vehicleOnDelayMs: 0, confirmAfterMs: 0 }, 0, 10_000],
	])("%s", (_name, more, raisedAfterMs, dueAfterMs) => {
		const raisedAt = vehicle.enteredAt + raisedAfterMs;
		const { confirmAt } = planAtRaise(vehicle, raisedAt, { ...policy, ...more }, false);
		expect(confirmAt - vehicle.enteredAt).toBe(dueAfterMs);
	});

	test("and has a clip of its own, 5 s to either side", () => {
		const { items } = planAtRaise(vehicle, 1_120_000, policy, false);
		expect(items).toMatchObject([
			{ id: "a.panorama_confirmed", fromAt: 1_180_000 },
			{ id: "a.clip.confirmed", fromAt: 1_175_000, toAt: 1_185_000 },
		]);
	});

	test("one clip where the two touch, and nobody waits for the later one", () => {
		const quick = { vehicleOnDelayMs: 8_000, objectOnDelayMs: 8_000, confirmAfterMs: 10_000 };
		const plan = (entryClipIsCut: boolean) => planAtRaise(vehicle, 1_008_000, quick, entryClipIsCut).items.at(-1);
		expect(plan(false)).toMatchObject({ id: "a.clip", fromAt: 995_000, toAt: 1_015_000 });
		expect(plan(true)).toMatchObject({ id: "a.clip.confirmed", fromAt: 1_005_000, toAt: 1_015_000 });
		const late = { ...quick, vehicleOnDelayMs: 0, confirmAfterMs: 15_000 };
		expect(planAtRaise(vehicle, 1_002_000, late, false).items.at(-1)).toMatchObject({ id: "a.clip.confirmed" });
	});

	test("of goods with their outline drawn", () => {
		const { items } = planAtRaise(goods, 1_300_000, policy, true);
		expect(items.map(({ kind }) => kind)).toEqual(["panorama_confirmed", "outline", "clip"]);
	});

	test("for whatever policy: not before the alert, at least 10 s after the entry", () => {
		fc.assert(
			fc.property(fc.nat(1e9), fc.nat(1e7), fc.nat(1e7), fc.nat(1e7), (enteredAt, lateMs, dwell, after) => {
				const raisedAt = enteredAt + lateMs;
				const rules = { vehicleOnDelayMs: dwell, objectOnDelayMs: dwell, confirmAfterMs: after };
				const { confirmAt } = planAtRaise({ ...vehicle, enteredAt }, raisedAt, rules, false);
				const leastMs = Math.max(10_000, dwell, after);
				return confirmAt >= raisedAt && confirmAt - enteredAt >= leastMs;
			}),
		);
	});
});

test("a photo is taken as soon as the ring has its first moment, or when it will get no more", () => {
	const first = { take: "first", fromAt: 10_000, toAt: 22_000 } as const;
	expect(isPhotoRipe(first, 60_000, 10_000)).toBe(true); // later than its time and half a minute more
	expect(isPhotoRipe(first, 12_000, 10_000)).toBe(false);
	expect(isPhotoRipe(first, 12_000, 10_001)).toBe(true);
	expect(isPhotoRipe(first, 12_000, null)).toBe(false);
	const last = { ...first, take: "last" } as const;
	expect(isPhotoRipe(last, 23_000, 21_000)).toBe(false);
	expect(isPhotoRipe(last, 23_000, 22_000)).toBe(true);
});

test("evidence ids fit the contract for the longest zone names", () => {
	const occupancyId = `${"z".repeat(63)}-1795366800000`;
	for (const kind of evidenceKinds) {
		expect(madeIdSchema.safeParse(overlayId(evidenceId(occupancyId, kind))).success).toBe(true);
	}
});

test("a clip is tried again while the ring may still have it", () => {
	const clip = { toAt: 100_000 };
	expect(afterFailedCut(clip, "failed", 399_999, 300_000)).toBe("again");
	expect(afterFailedCut(clip, "failed", 400_000, 300_000)).toBe("give_up");
	expect(afterFailedCut(clip, "nothing_there", 159_999, 300_000)).toBe("again");
	expect(afterFailedCut(clip, "nothing_there", 160_000, 300_000)).toBe("give_up");
});

test.each([
	[0, null, "all_later"],
	[401, "not_signed_in", "all_later"],
	[429, null, "all_later"],
	[500, "internal", "all_later"],
	[507, "disk_full", "all_later"],
	[409, "already_stored", "stored"],
	[409, null, "this_later"], // an offset that does not match: only the server's own word says that it has it
	[413, null, "this_later"],
	[400, "bad_input", "never"],
	[403, "not_yours", "never"],
	[422, "wrong_content", "look_again"],
] as const)("an upload answered with %i %s: %s", (status, word, meaning) => {
	expect(afterFailedUpload(status, word)).toBe(meaning);
});

describe("the disk", () => {
	test("with room takes everything", () => {
		expect(judgeDisk(1e9, null, 300e6)).toEqual({ roomForVideo: true, roomForStills: true, complaint: null });
	});

	test("that is short takes stills and no video, and says how short it is", () => {
		expect(judgeDisk(100e6, null, 300e6)).toEqual({
			roomForVideo: false,
			roomForStills: true,
			complaint: "only 100 MB are free, 300 MB are wanted",
		});
	});

	test("has room again only when there is clearly enough", () => {
		expect(judgeDisk(400e6, null, 300e6, false).roomForVideo).toBe(false);
		expect(judgeDisk(450e6, null, 300e6, false).roomForVideo).toBe(true);
	});

	test.each([
		["ENOSPC", "the disk is full"],
		["EROFS", "the disk is read-only"],
		["EACCES", "the folder cannot be written (EACCES)"],
	])("that fails with %s takes nothing: %s", (code, complaint) => {
		expect(judgeDisk(1e9, code, 300e6)).toEqual({ roomForVideo: false, roomForStills: false, complaint });
	});
});
