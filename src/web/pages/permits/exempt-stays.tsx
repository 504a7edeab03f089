import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { ExemptStayAnswer } from "#contract/exempt-stays-api.ts";
import { loadExemptStays } from "../../api/keepclear-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { onChanges } from "../../live/live-store.ts";
import { formatShort } from "../../time/format-time.ts";

/** Which vehicles stood in this lane and raised no alert, by their plates, and why. Nothing where there was none. */
export function ExemptStays({ laneId }: { readonly laneId: string }) {
	const { t } = useTranslation();
	const { value, reload } = useLoaded(`exempt ${laneId}`, (signal) => loadExemptStays(laneId, signal));
	useEffect(
		() =>
			onChanges((changes) => {
				const told = changes.some(({ kind, value: what }) => kind === "lane" && what.id === laneId);
				if (changes.length === 0 || told) reload();
			}),
		[laneId, reload],
	);
	if (!value || value.stays.length === 0) return null;
	return (
		<section className="permits" aria-labelledby={`exempt-${laneId}`} data-testid="exempt-stays">
			<h3 id={`exempt-${laneId}`}>{t("exempt.title")}</h3>
			<p className="soft">{t("exempt.hint")}</p>
			<ul>
				{value.stays.map((stay) => (
					<ExemptLine key={stay.id} stay={stay} />
				))}
			</ul>
		</section>
	);
}

function ExemptLine({ stay }: { readonly stay: ExemptStayAnswer }) {
	const { t } = useTranslation();
	const { plate, plateClass, exemption, enteredAt, endedAt, why } = stay;
	const time = (at: number) => formatShort(at, currentLanguage());
	return (
		<li className="permit" data-testid="exempt-stay" data-reason={exemption.reason}>
			<div>
				<p>
					<strong className="digits">{plate}</strong>
					<span className="tag">{t(`plate.exempt_${exemption.reason}`)}</span>
				</p>
				<p className="digits">
					{endedAt === null
						? t("exempt.since", { from: time(enteredAt) })
						: t("permit.span", { from: time(enteredAt), until: time(endedAt) })}
					{why === "over" && <> · {t("exempt.over")}</>}
				</p>
				{plateClass !== null && <p className="soft">{t(`plate.class_${plateClass}`)}</p>}
			</div>
		</li>
	);
}
