import { useTranslation } from "react-i18next";
import { Icon } from "../../components/icon.tsx";
import type { RulesProblem } from "./rules-problems.ts";
import { useHoursText } from "./rules-text.ts";

/** What must be mended, each with the hours it is about. */
export function RulesProblemList({ problems }: { readonly problems: readonly RulesProblem[] }) {
	const { t } = useTranslation();
	const hoursText = useHoursText();
	return problems.map(({ word, hours, clearWidthM }, index) => {
		const problem = t(`policy.${word}`, { clear: clearWidthM });
		return (
			<p key={index} className="inline-error" role="alert" data-testid="rules-problem" data-problem={word}>
				<Icon name="warning" size={16} />
				{hours ? t("policy.inHours", { hours: hoursText(hours), problem }) : problem}
			</p>
		);
	});
}
