import { useTranslation } from "react-i18next";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { currentLanguage } from "../i18n/i18n.ts";
import { formatShort } from "../time/format-time.ts";
import { Icon } from "./icon.tsx";
import { TickingRoughly, useBlindToday } from "./ticking.tsx";

/** Why and since when nobody can know of a lane, and what to do about it. Nothing where its state is known. */
export function LaneUnknown({ lane }: { readonly lane: LaneAnswer }) {
	const { t } = useTranslation();
	const { state, reason, since } = lane;
	if (state !== "unknown" || reason === null) return null;
	return (
		<div className="lane-unknown" data-testid="lane-unknown" data-reason={reason}>
			<Icon name="warning" />
			<p>
				<strong>{t(`reason.${reason}`)}</strong>
				{since !== null && (
					<span className="soft digits">
						{" "}
						<TickingRoughly since={since} /> ·{" "}
						{t("blind.unknownSince", { time: formatShort(since, currentLanguage()) })}
					</span>
				)}
				<span className="lane-unknown-hint">{t("blind.whatToDo", { hint: t(`reasonHint.${reason}`) })}</span>
			</p>
		</div>
	);
}

interface BlindTodayProps {
	readonly lane: LaneAnswer;
	/** Less is not worth the place. */
	readonly fromMs?: number;
}

/** For how long nobody could know of the lane today. Nothing where there was no such time. */
export function BlindToday({ lane, fromMs }: BlindTodayProps) {
	const { t } = useTranslation();
	const time = useBlindToday(lane, fromMs);
	if (time === "") return null;
	return (
		<span className="blind-today digits" title={t("blind.hint")} data-testid="blind-today">
			{t("blind.todayFor", { time })}
		</span>
	);
}
