import { useTranslation } from "react-i18next";
import type { PolicyBody } from "#contract/zones.ts";
import type { Rules } from "#contract/policy-api.ts";
import type { HoursOfDay } from "#core/policy/zone-times.ts";
import { allFields, showField } from "./policy-keys.ts";

/** `每天 22:00–次日 07:00` */
export function useHoursText(): (hours: HoursOfDay) => string {
	const { t } = useTranslation();
	return ({ days, from, to }) => {
		const names = (days ?? []).map((day) => t("policy.dayName", { day: t(`policy.day${day as 1}`) }));
		const words = names.length === 0 ? t("policy.everyDay") : names.join(t("policy.daysJoin"));
		const overnight = to !== "24:00" && to <= from;
		return t(overnight ? "policy.spanNextDay" : "policy.span", { days: words, from, to });
	};
}

/** What rules say, one line each; two rules that say the same have the same lines. */
export function useRuleLines(): (rules: Rules) => readonly string[] {
	const { t } = useTranslation();
	const hoursText = useHoursText();
	const keyLines = (policy: PolicyBody) =>
		allFields.flatMap((field) => {
			const value = policy[field.key];
			if (value === undefined) return [];
			const words = t("policy.value", { value: showField(field, value), unit: t(`policy.unit_${field.unit}`) });
			return [`${t(`policy.${field.key}`)} ${words}`];
		});
	return ({ policy = {}, hours = [], armed, emergencyPlates = [] }) => [
		...keyLines(policy),
		...hours.flatMap((each) => keyLines(each.policy).map((line) => `${hoursText(each)} ${line}`)),
		...(emergencyPlates.length > 0
			? [t("exempt.listLine", { plates: emergencyPlates.join(t("policy.daysJoin")) })]
			: []),
		...(armed ? [t("policy.armedLine", { hours: armed.map(hoursText).join(t("policy.daysJoin")) })] : []),
	];
}
