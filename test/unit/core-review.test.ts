import { describe, expect, it } from "vitest";
import { refusalToSay, refusalToTakeBack, type ReviewNow, reviewState } from "#core/review/next-step.ts";

const officer = { id: "anna", mayConfirm: true, mayApprove: false, isAdmin: false };
const lead = { id: "lead", mayConfirm: true, mayApprove: true, isAdmin: false };
const admin = { id: "boss", mayConfirm: true, mayApprove: true, isAdmin: true };

const nothing: ReviewNow = { confirmation: null, approval: null, isTransferred: false };
const confirmed: ReviewNow = { ...nothing, confirmation: { by: "anna", verdict: "true" } };
const approved: ReviewNow = { ...confirmed, approval: { by: "lead", verdict: "true" } };

describe("a review", () => {
	it.each([
		["none", nothing],
		["confirmed", confirmed],
		["approved", approved],
		["false_alarm", { ...nothing, confirmation: { by: "anna", verdict: "false_alarm" } }],
		["rejected", { ...nothing, confirmation: { by: "anna", verdict: "rejected" } }],
		["rejected", { ...confirmed, approval: { by: "lead", verdict: "rejected" } }],
	] as const)("is %s", (state, now) => expect(reviewState(now)).toBe(state));

	it("is confirmed by anybody, once", () => {
		expect(refusalToSay(nothing, "confirmation", officer)).toBeNull();
		expect(refusalToSay(confirmed, "confirmation", lead)).toBe("already_said");
	});

	it("is approved by another person who may, once, and only where it was confirmed as true", () => {
		expect(refusalToSay(confirmed, "approval", lead)).toBeNull();
		expect(refusalToSay(confirmed, "approval", { ...officer, id: "berta" })).toBe("not_allowed");
		expect(refusalToSay(confirmed, "approval", { ...admin, id: "anna" })).toBe("same_person");
		expect(refusalToSay(nothing, "approval", lead)).toBe("not_confirmed");
		const isFalse = { ...nothing, confirmation: { by: "anna", verdict: "false_alarm" } } as const;
		expect(refusalToSay(isFalse, "approval", lead)).toBe("not_confirmed");
		expect(refusalToSay(approved, "approval", admin)).toBe("already_said");
	});

	it("is taken back step by step, by who said it or an administrator, until it was transferred", () => {
		expect(refusalToTakeBack(confirmed, "confirmation", officer)).toBeNull();
		expect(refusalToTakeBack(confirmed, "confirmation", lead)).toBe("not_yours");
		expect(refusalToTakeBack(confirmed, "confirmation", admin)).toBeNull();
		expect(refusalToTakeBack(approved, "confirmation", officer)).toBe("followed");
		expect(refusalToTakeBack(approved, "approval", lead)).toBeNull();
		expect(refusalToTakeBack(nothing, "approval", admin)).toBe("nothing_said");
		expect(refusalToTakeBack({ ...approved, isTransferred: true }, "approval", admin)).toBe("transferred");
	});
});
