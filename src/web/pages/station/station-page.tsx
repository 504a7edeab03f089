import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { account, may } from "../../account.ts";
import { Message } from "../../components/message.tsx";
import { useObservable } from "../../observable.ts";
import { DrillRecords } from "./drill-records.tsx";
import { SiteSearch } from "./site-search.tsx";
import "./station.css";

/** Where a fire station begins: its sites, its week, what it recorded. */
export default function StationPage() {
	const { t } = useTranslation();
	if (!may(useObservable(account), "drill")) return <Message icon="warning" title={t("error.forbidden")} />;
	return (
		<div className="page" data-testid="station-page">
			<div className="page-head">
				<div>
					<h1>{t("app.station")}</h1>
					<p>{t("station.intro")}</p>
				</div>
				<Link href="/call" className="button primary">
					{t("call.title")}
				</Link>
			</div>
			<SiteSearch>
				{({ siteId }) => (
					<>
						<Link href={`/call/${siteId}`} className="button primary">
							{t("app.call")}
						</Link>
						<Link href={`/drill/${siteId}`} className="button" data-testid="to-pack">
							{t("station.pack")}
						</Link>
						<Link href={`/drill/${siteId}/record`} className="button">
							{t("station.record")}
						</Link>
					</>
				)}
			</SiteSearch>
			<DrillRecords />
		</div>
	);
}
