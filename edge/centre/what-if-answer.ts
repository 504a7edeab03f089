import type { WhatIfJob } from "#contract/edge-jobs.ts";
import type { SupposedPeriod, WhatIfResultBody } from "#contract/live-api.ts";
import { staySpans, whatIf } from "#core/occupancy/what-if.ts";
import type { OccupancyPeriod } from "#core/occupancy/types.ts";
import { mergePolicies } from "#core/scene.ts";
import type { LookHistory } from "../look-history.ts";

type Supposed = Pick<WhatIfJob, "policy" | "hours">;

/** More are not drawn, and would only be cut from the front of an hour in which a zone flickers. */
const most = 1_000;

/** What the looks that are kept of a zone would have raised under its own policy, and under another. */
export function answerWhatIf(known: ReturnType<LookHistory["of"]>, { policy, hours }: Supposed): WhatIfResultBody {
	const [first, last] = [known?.looks[0], known?.looks.at(-1)];
	if (!known || !first || !last) return { from: null, until: null, stays: [], now: [], supposed: [] };
	const { looks, rules } = known;
	const times = rules.times && { ...rules.times, hours };
	const supposed = { policy: mergePolicies(rules.policy, policy), times };
	return {
		from: Math.round(first.at),
		until: Math.round(last.at),
		stays: [...staySpans(looks)].slice(-most),
		now: told(whatIf(looks, rules), first.at),
		supposed: told(whatIf(looks, supposed), first.at),
	};
}

/** What is raised with the first look had been raised before, nobody knows when. */
function told(periods: readonly OccupancyPeriod[], firstAt: number): SupposedPeriod[] {
	return periods.slice(-most).map(({ cause, label, enteredAt, raisedAt, clearedAt }) => ({
		...{ cause, label, enteredAt, clearedAt },
		raisedAt: raisedAt <= Math.round(firstAt) ? null : raisedAt,
	}));
}
