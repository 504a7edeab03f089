import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CallSitesAnswer } from "#contract/drill-packs-api.ts";
import { Failure } from "../../components/message.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatDate } from "../../time/format-time.ts";
import { useSites } from "./use-sites.ts";
import "./station.css";

interface SiteSearchProps {
	/** Typed into at once: in a call every second counts. */
	readonly autoFocus?: boolean;
	readonly children: (site: CallSitesAnswer["sites"][number]) => ReactNode;
}

/** Sites by name and address, in any script; what can be done with each stands beside it. */
export function SiteSearch({ autoFocus = false, children }: SiteSearchProps) {
	const { t } = useTranslation();
	const { loaded, typed, type, found } = useSites();
	if (!loaded.value) {
		if (loaded.error !== null) return <Failure title={t("app.station")} error={loaded.error} onRetry={loaded.reload} />;
		return <p className="loading">{t("app.loading")}</p>;
	}
	return (
		<div className="site-search">
			<input
				type="search"
				aria-label={t("station.search")}
				placeholder={t("station.search")}
				data-testid="site-search"
				autoFocus={autoFocus}
				value={typed}
				onChange={({ target }) => type(target.value)}
			/>
			{found.length === 0 && (
				<p className="soft" role="status">
					{t(loaded.value.sites.length === 0 ? "station.noSites" : "station.noneFound")}
				</p>
			)}
			<ul className="site-list">
				{found.map((site) => (
					<li key={site.siteId} className="card" data-testid="found-site" data-site={site.siteId}>
						<div className="site-words">
							<strong>{site.name}</strong>
							<span>{[site.address, site.street].filter(Boolean).join(" · ")}</span>
							<span className="soft">
								{t("station.lanesCount", { count: site.lanes })} ·{" "}
								{site.lastDrillAt === null
									? t("station.neverDrilled")
									: t("station.lastDrill", { time: formatDate(site.lastDrillAt, currentLanguage()) })}
							</span>
						</div>
						<div className="buttons">{children(site)}</div>
					</li>
				))}
			</ul>
		</div>
	);
}
