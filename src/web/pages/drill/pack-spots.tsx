import { useTranslation } from "react-i18next";
import type { CallAnswer, DrillPackAnswer } from "#contract/drill-packs-api.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { labelWord } from "../../i18n/label-word.ts";
import { formatInstant } from "../../time/format-time.ts";

/** What stands there now, as far as anything is known. */
export function OpenObstructions({ call }: { readonly call: CallAnswer }) {
	const { t } = useTranslation();
	const open = call.lanes.flatMap(({ name, laneId, obstruction }) =>
		obstruction ? [{ name, laneId, obstruction }] : [],
	);
	return (
		<section className="card call-part" data-testid="pack-open">
			<h2>{t("pack.open")}</h2>
			{open.length === 0 && <p className="soft">{t("pack.openNone")}</p>}
			<ul className="pack-list">
				{open.map(({ name, laneId, obstruction: { label, enteredAt } }) => (
					<li key={laneId}>
						{t("pack.openSince", {
							...{ lane: name, what: labelWord(t, label), time: formatInstant(enteredAt, currentLanguage()) },
						})}
					</li>
				))}
			</ul>
		</section>
	);
}

/** Three alerts or more in 30 days. */
export function RepeatSpots({ pack }: { readonly pack: DrillPackAnswer }) {
	const { t } = useTranslation();
	const spots = pack.lanes.filter(({ isRepeatSpot }) => isRepeatSpot).sort((a, b) => b.alerts30Days - a.alerts30Days);
	const nameOf = (id: string) => pack.call.lanes.find(({ laneId }) => laneId === id)?.name ?? id;
	return (
		<section className="card call-part" data-testid="pack-repeat">
			<h2>{t("pack.repeat")}</h2>
			{spots.length === 0 && <p className="soft">{t("pack.repeatNone")}</p>}
			<ul className="pack-list">
				{spots.map(({ laneId, alerts30Days }) => (
					<li key={laneId}>{t("pack.repeatCount", { lane: nameOf(laneId), count: alerts30Days })}</li>
				))}
			</ul>
		</section>
	);
}
