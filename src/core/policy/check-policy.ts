import { mergePolicies, type Policy, type PolicyKeys } from "../scene.ts";
import type { PolicyHours } from "./zone-times.ts";

/** Words the page translates. */
export const policyProblems = ["off_delay_too_long", "blocked_wider_than_clear"] as const;

export interface PolicyProblem {
	/** The key to change. */
	readonly key: keyof PolicyKeys;
	readonly problem: (typeof policyProblems)[number];
	/** One English sentence that says what is allowed. */
	readonly message: string;
	/** Which of the hours it is about; null: the whole day. */
	readonly hours: number | null;
}

/**
 * So long may a lane be free and still be called occupied: the alert's "cleared" is told that much later, guards are to
 * have it cleared within 15 minutes, and whatever drives in meanwhile hides behind the alert of what has left.
 */
export const maxOffDelayMs = 600_000;

/** What makes no sense together, for the whole day and at each of the hours. */
export function checkPolicy(policy: Policy, hours: readonly PolicyHours[] = []): readonly PolicyProblem[] {
	return [
		...problemsOf(policy, null),
		...hours
			.flatMap((each, index) => problemsOf(mergePolicies(policy, each.policy), index))
			// What is wrong all day is said once.
			.filter(({ problem }) => problemsOf(policy, null).every((allDay) => allDay.problem !== problem)),
	];
}

function problemsOf(policy: Policy, hours: number | null): PolicyProblem[] {
	const { offDelayMs, clearWidthM, blockedWidthM } = policy;
	const problems: PolicyProblem[] = [];
	if (offDelayMs > maxOffDelayMs) {
		const message = `a lane that is free may not count as occupied for more than ${maxOffDelayMs / 60_000} minutes`;
		problems.push({ key: "offDelayMs", problem: "off_delay_too_long", message, hours });
	}
	if (blockedWidthM > clearWidthM) {
		const message = `may not be more than the width of a clear lane, ${clearWidthM} m`;
		problems.push({ key: "blockedWidthM", problem: "blocked_wider_than_clear", message, hours });
	}
	return problems;
}
