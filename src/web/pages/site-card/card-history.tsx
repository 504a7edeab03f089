import { useTranslation } from "react-i18next";
import { loadCardChanges } from "../../api/station-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatInstant } from "../../time/format-time.ts";

/** Who changed what on a card, newest first. */
export function CardHistory({ siteId }: { readonly siteId: string }) {
	const { t } = useTranslation();
	const { value } = useLoaded(`card changes ${siteId}`, (signal) => loadCardChanges(siteId, signal));
	if (!value) return null;
	return (
		<section className="card-part" data-testid="card-history">
			<h2>{t("siteCard.history")}</h2>
			{value.changes.length === 0 && <p className="soft">{t("siteCard.historyNone")}</p>}
			<ul className="card-changes">
				{value.changes.map(({ revision, by, at, parts }) => (
					<li key={revision}>
						<strong>{by}</strong> <span className="soft digits">{formatInstant(at, currentLanguage())}</span>
						<span className="card-change-parts">
							{parts.map(({ part, name, how }, index) => (
								<span key={index} className="tag">
									{t(`siteCard.part_${part}`)} {name} · {t(`siteCard.how_${how}`)}
								</span>
							))}
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}
