import { useTranslation } from "react-i18next";
import type { SiteCardAnswer } from "#contract/site-cards-api.ts";
import { StateSign } from "../../components/state-sign.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatDate } from "../../time/format-time.ts";

/** What the last drill found of a lane; word and sign, not colour alone. */
export function LastDrill({ last }: { readonly last: SiteCardAnswer["lanes"][number]["lastDrill"] }) {
	const { t } = useTranslation();
	if (!last) return <span className="soft">{t("siteCard.lastDrill_never")}</span>;
	const time = formatDate(last.at, currentLanguage());
	return (
		<span className="last-drill" data-testid="last-drill" data-result={last.result}>
			<StateSign state={last.result === "passed" ? "clear" : "occupied"} size={15} />
			{t("siteCard.lastDrill")} {t(`siteCard.lastDrill_${last.result}`, { time, why: last.why })}
		</span>
	);
}
