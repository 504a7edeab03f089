import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterFailedCut, afterFailedUpload, clipWindow, evidenceId } from "../../edge/evidence/evidence-plan.ts";
import { madeIdSchema } from "#contract/ids.ts";
import { judgeDisk } from "../../edge/evidence/disk-watch.ts";

describe("the clip's window", () => {
	test("is from 5 s before the entry to 10 s after the raise", () => {
		expect(clipWindow({ enteredAt: 100_000, raisedAt: 130_000 })).toEqual({ fromAt: 95_000, toAt: 140_000 });
	});

	test("begins 2 minutes before the raise when the entry lies further back", () => {
		expect(clipWindow({ enteredAt: 0, raisedAt: 300_000 })).toEqual({ fromAt: 180_000, toAt: 310_000 });
	});

	test("always holds the raise and never lasts longer than 130 s", () => {
		fc.assert(
			fc.property(fc.nat(1e9), fc.nat(1e7), (enteredAt, onDelayMs) => {
				const raisedAt = enteredAt + onDelayMs;
				const { fromAt, toAt } = clipWindow({ enteredAt, raisedAt });
				return fromAt <= raisedAt && raisedAt < toAt && toAt - fromAt <= 130_000;
			}),
		);
	});
});

test("evidence ids fit the contract for the longest zone names", () => {
	const occupancyId = `${"z".repeat(63)}-1795366800000`;
	for (const kind of ["still_entry", "still_raised", "clip"] as const) {
		expect(madeIdSchema.safeParse(evidenceId(occupancyId, kind)).success).toBe(true);
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
