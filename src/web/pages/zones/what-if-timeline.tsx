import { useTranslation } from "react-i18next";
import type { SupposedPeriod, WhatIfResultBody } from "#contract/live-api.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatClock } from "../../time/format-time.ts";

interface WhatIfTimelineProps {
	readonly result: WhatIfResultBody & { readonly from: number; readonly until: number };
	/** What the picture says, in words. */
	readonly label: string;
}

/** A short span must still be seen, share of the width. */
const leastShare = 0.004;

/** Two lines of the same hour, one above the other: as it was, and as it would have been. */
export function WhatIfTimeline({ result, label }: WhatIfTimelineProps) {
	const { t } = useTranslation();
	const language = currentLanguage();
	const { from, until, stays, now, supposed } = result;
	const shareOf = (at: number) => Math.min(1, Math.max(0, (at - from) / Math.max(1, until - from)));
	const bar = (since: number, to: number) => {
		const left = shareOf(since);
		return { left: percent(left), width: percent(Math.max(leastShare, shareOf(to) - left)) };
	};
	const line = (periods: readonly SupposedPeriod[]) => (
		<span className="what-if-line">
			{stays.map(({ since, until: seen }, index) => (
				<span key={index} className="what-if-stay" style={bar(since, seen)} />
			))}
			{periods.map(({ enteredAt, raisedAt, clearedAt }) => (
				<span key={enteredAt}>
					<span className="what-if-open" style={bar(raisedAt ?? from, clearedAt ?? until)} />
					{raisedAt !== null && <span className="what-if-raised" style={{ left: percent(shareOf(raisedAt)) }} />}
				</span>
			))}
		</span>
	);
	return (
		<div className="what-if-timeline" role="img" aria-label={label} data-testid="what-if-timeline">
			<span>{t("whatIf.rowNow")}</span>
			{line(now)}
			<span>{t("whatIf.rowSupposed")}</span>
			{line(supposed)}
			<span />
			<span className="what-if-ends digits">
				<span>{formatClock(from, language)}</span>
				<span>{formatClock(until, language)}</span>
			</span>
		</div>
	);
}

const percent = (share: number) => `${(100 * share).toFixed(2)}%`;
