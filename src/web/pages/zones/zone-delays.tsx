import type { Dispatch } from "react";
import { useTranslation } from "react-i18next";
import type { ZoneBody } from "#contract/zones.ts";
import { layPolicies } from "#core/policy/policy-layers.ts";
import { defaultPolicy } from "#core/scene.ts";
import { ArmedEditor, PolicyHoursEditor } from "../policy/hours-editors.tsx";
import { PolicyFields } from "../policy/policy-fields.tsx";
import { allFields } from "../policy/policy-keys.ts";
import { RulesProblemList } from "../policy/rules-problem-list.tsx";
import { problemsOfRules } from "../policy/rules-problems.ts";
import { useSiteRules } from "../policy/use-site-rules.ts";
import "../policy/policy.css";
import type { EditorAction } from "./zone-editor.ts";

interface ZoneDelaysProps {
	readonly zone: ZoneBody;
	readonly dispatch: Dispatch<EditorAction>;
}

/** The policy of this zone alone, its hours, and when it is watched; what is left empty is as everywhere on the site. */
export function ZoneDelays({ zone, dispatch }: ZoneDelaysProps) {
	const { t } = useTranslation();
	const site = useSiteRules();
	const { id, kind, policy = {}, hours = [], armed } = zone;
	const ofSite = layPolicies(defaultPolicy, kind, site, {}).policy;
	const allDay = layPolicies(defaultPolicy, kind, site, { policy }).policy;
	const hasOwn = Object.keys(policy).length > 0 || hours.length > 0 || armed !== undefined;
	return (
		<details className="zone-delays" open={hasOwn}>
			<summary data-testid="zone-rules">{t("zone.delays")}</summary>
			<RulesProblemList problems={problemsOfRules(kind, site, zone)} />
			<h4>{t("policy.wholeDay")}</h4>
			<PolicyFields
				fields={allFields}
				policy={policy}
				inherited={ofSite}
				onChange={(changed) => dispatch({ do: "setPolicy", id, policy: changed })}
			/>
			<h4>{t("policy.byHour")}</h4>
			<PolicyHoursEditor
				hours={hours}
				allDay={allDay}
				onChange={(changed) => dispatch({ do: "setHours", id, hours: changed })}
			/>
			<ArmedEditor armed={armed ?? null} onChange={(changed) => dispatch({ do: "setArmed", id, armed: changed })} />
		</details>
	);
}
