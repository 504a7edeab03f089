import { expect, TestRunner } from "vitest";
import type { AttackKind, CaseCounts } from "./kinds.ts";

declare module "vitest" {
	interface TaskMeta {
		attacks?: CaseCounts;
	}
}

/**
 * One attack was tried. The test goes on where it got through, and fails at its end with every one that did.
 * @param seen what was answered in place of a refusal
 */
export function tried(kind: AttackKind, what: string, isRefused: boolean, seen: unknown = ""): void {
	countCase(kind, isRefused);
	if (!isRefused) expect.soft(shown(seen), `${kind}: ${what}`).toBe("refused");
}

/** For properties, which say by themselves what failed. */
export function countCase(kind: AttackKind, isRefused: boolean): void {
	const { meta } = TestRunner.getCurrentTest() ?? {};
	if (!meta) throw new Error("cases are counted within a test");
	const counts = ((meta as { attacks?: CaseCounts }).attacks ??= {});
	const count = (counts[kind] ??= { tried: 0, refused: 0 });
	count.tried += 1;
	if (isRefused) count.refused += 1;
}

const shown = (seen: unknown) => (typeof seen === "string" ? seen : JSON.stringify(seen)).slice(0, 300);
