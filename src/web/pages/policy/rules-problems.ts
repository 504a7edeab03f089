import type { Rules } from "#contract/policy-api.ts";
import { checkPolicy, type PolicyProblem } from "#core/policy/check-policy.ts";
import { layPolicies, type PolicyLayer } from "#core/policy/policy-layers.ts";
import type { HoursOfDay } from "#core/policy/zone-times.ts";
import { mergePolicies, defaultPolicy, type ZoneKind } from "#core/scene.ts";

export interface RulesProblem {
	readonly word: "nothingSet" | "sameTimes" | "noDay" | PolicyProblem["problem"];
	/** The hours it is about; null: the whole day. */
	readonly hours: HoursOfDay | null;
	/** The width of a clear lane that holds then. */
	readonly clearWidthM: number;
}

/** What the server would refuse in `own`, laid over `weaker`: said before it is sent. */
export function problemsOfRules(kind: ZoneKind, weaker: PolicyLayer, own: Rules): readonly RulesProblem[] {
	const { policy, hours } = layPolicies(defaultPolicy, kind, weaker, own);
	const about = (index: number | null) => (index === null ? undefined : hours[index]);
	return [
		...[...(own.hours ?? []), ...(own.armed ?? [])].flatMap(problemsOfHours),
		...(own.hours ?? [])
			.filter((each) => Object.keys(each.policy).length === 0)
			.map((each): RulesProblem => ({ word: "nothingSet", hours: each, clearWidthM: policy.clearWidthM })),
		...checkPolicy(policy, hours).map(({ problem, hours: index }): RulesProblem => ({
			word: problem,
			hours: about(index) ?? null,
			clearWidthM: mergePolicies(policy, about(index)?.policy ?? {}).clearWidthM,
		})),
	];
}

function problemsOfHours(hours: HoursOfDay): RulesProblem[] {
	const problem = (word: RulesProblem["word"]): RulesProblem => ({ word, hours, clearWidthM: 0 });
	return [
		...(hours.from === hours.to ? [problem("sameTimes")] : []),
		...(hours.days?.length === 0 ? [problem("noDay")] : []),
	];
}
