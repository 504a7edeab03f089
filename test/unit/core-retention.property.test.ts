import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultRetentionDays, deletesAt, type Kept, retentionClassOf } from "#core/retention/retention.ts";

const dayMs = 86_400_000;
const clearedAt = 1_795_366_800_000;
const plain: Kept = { clearedAt, isConfirmed: false, transferredAt: null, isHeld: false };
const days = (kept: Partial<Kept>) => {
	const at = deletesAt({ ...plain, ...kept }, defaultRetentionDays);
	return at === null ? null : (at - clearedAt) / dayMs;
};

describe("evidence is kept", () => {
	test("30 days where nobody confirmed the alert, a year where somebody did, two from the transfer on", () => {
		expect(days({})).toBe(30);
		expect(days({ isConfirmed: true })).toBe(365);
		expect(days({ isConfirmed: true, transferredAt: clearedAt + 10 * dayMs })).toBe(740);
	});

	test("for as long as the alert is open, or a person holds it", () => {
		expect(days({ clearedAt: null })).toBeNull();
		expect(days({ transferredAt: clearedAt, isHeld: true })).toBeNull();
		expect(retentionClassOf({ ...plain, isHeld: true })).toBe("unconfirmed");
	});

	test("from the clearance on where it was transferred while it still stood there", () => {
		expect(days({ transferredAt: clearedAt - dayMs })).toBe(730);
	});
});

test("whatever becomes of it later, it is never deleted sooner", () => {
	const some = fc.record({
		clearedAt: fc.constant(clearedAt),
		isConfirmed: fc.boolean(),
		transferredAt: fc.option(fc.integer({ min: clearedAt - 100 * dayMs, max: clearedAt + 1000 * dayMs })),
		isHeld: fc.constant(false),
	});
	fc.assert(
		fc.property(some, fc.integer({ min: 0, max: 900 }), (kept, later) => {
			const before = deletesAt(kept, defaultRetentionDays)!;
			const since = Math.max(clearedAt, kept.transferredAt ?? clearedAt) + later * dayMs;
			expect(deletesAt({ ...kept, isConfirmed: true }, defaultRetentionDays)).toBeGreaterThanOrEqual(before);
			const transferred = { ...kept, isConfirmed: true, transferredAt: since };
			expect(deletesAt(transferred, defaultRetentionDays)).toBeGreaterThanOrEqual(before);
			expect(deletesAt({ ...kept, isHeld: true }, defaultRetentionDays)).toBeNull();
		}),
	);
});
