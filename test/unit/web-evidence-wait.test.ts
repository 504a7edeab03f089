import { describe, expect, test } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { hasNoList, isStillComing } from "../../src/web/pages/alerts/evidence-wait.ts";

const minute = 60_000;
const raised = (more: object = {}) =>
	({ raisedAt: 0, evidence: [], evidenceSet: null, ...more }) as unknown as AlertAnswer;

describe("evidence of an alert", () => {
	test("is waited for ten minutes, then told as missing", () => {
		expect(isStillComing(raised(), "still_entry", 9 * minute)).toBe(true);
		expect(isStillComing(raised(), "still_entry", 10 * minute)).toBe(false);
		expect(isStillComing(raised({ evidence: [{ kind: "still_entry" }] }), "still_entry", minute)).toBe(false);
	});

	test("that no list was told of is told of by then, and not before", () => {
		expect(hasNoList(raised(), 9 * minute)).toBe(false);
		expect(hasNoList(raised(), 10 * minute)).toBe(true);
		expect(hasNoList(raised({ evidenceSet: { items: [] } }), 10 * minute)).toBe(false);
	});
});
