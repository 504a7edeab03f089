import type { CallAnswer } from "#contract/drill-packs-api.ts";
import { SitePlan } from "../plans/site-plan.tsx";
import { signOf } from "./call-words.ts";

/** The site's plan with its lanes as a crew is told of them; nothing where there is no plan. */
export function CallPlan({ answer }: { readonly answer: CallAnswer }) {
	if (!answer.plan) return null;
	const lanes = new Map(answer.lanes.map(({ laneId, name, state }) => [laneId, { name, state: signOf[state] }]));
	return (
		<div className="call-plan">
			<SitePlan plan={answer.plan} lanes={lanes} features={answer.card.card.features} />
		</div>
	);
}
