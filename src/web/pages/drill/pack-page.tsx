import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { account, may } from "../../account.ts";
import { loadDrillPack, packPaperUrl } from "../../api/station-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useObservable } from "../../observable.ts";
import { formatInstant } from "../../time/format-time.ts";
import { CallLaneCard, lanesInOrder } from "../call/call-lane-card.tsx";
import { CallPlan } from "../call/call-plan.tsx";
import { CallWays } from "../call/call-ways.tsx";
import { whatIsKnown } from "../call/call-words.ts";
import { ContactList, FeatureList } from "../call/site-people.tsx";
import { useCall } from "../call/use-call.ts";
import { DrillRecords } from "../station/drill-records.tsx";
import { PackHistory } from "./pack-history.tsx";
import { PackLanes } from "./pack-lanes.tsx";
import { OpenObstructions, RepeatSpots } from "./pack-spots.tsx";
import "../call/call.css";
import "./drill.css";

/** What a station reads before a drill, on a tablet. What is now goes on by itself; the history is that of when it was opened. */
export default function PackPage({ siteId }: { readonly siteId: string }) {
	const { t } = useTranslation();
	const who = useObservable(account);
	const { value: pack, error, reload } = useLoaded(`pack ${siteId}`, (signal) => loadDrillPack(siteId, signal));
	const now = useCall(siteId);
	const hour = useHourOf(pack?.call.now ?? null);
	if (!may(who, "drill")) return <Message icon="warning" title={t("error.forbidden")} />;
	if (!pack) {
		if (error !== null) return <Failure title={t("station.pack")} error={error} onRetry={reload} />;
		return <p className="loading">{t("app.loading")}</p>;
	}
	const newest = now.answer ?? pack.call;
	const call = whatIsKnown(newest, now.isStale);
	const { card } = call;
	return (
		<div className="page pack-page" data-testid="pack-page">
			<Link href="/drill" className="back-link">
				<Icon name="back" size={16} />
				{t("app.station")}
			</Link>
			<div className="page-head">
				<div>
					<h1>{t("pack.title", { site: call.siteName })}</h1>
					<p>
						{call.address && `${call.address} · `}
						{t("pack.madeAt", { time: formatInstant(newest.now, currentLanguage()) })}
					</p>
				</div>
				<div className="buttons">
					<a className="button" href={packPaperUrl(siteId, currentLanguage(), hour)} download data-testid="pack-pdf">
						<Icon name="download" />
						{t("pack.pdf")}
					</a>
					<Link href={`/call/${siteId}`} className="button">
						{t("app.call")}
					</Link>
					<Link href={`/drill/${siteId}/record`} className="button primary" data-testid="to-record">
						{t("station.record")}
					</Link>
				</div>
			</div>
			<CallWays answer={call} />
			<section className="pack-part">
				<h2>{t("pack.plan")}</h2>
				{call.plan ? <CallPlan answer={call} /> : <p className="soft">{t("pack.planNone")}</p>}
			</section>
			<section className="pack-part">
				<h2>{t("pack.now")}</h2>
				<div className="call-lanes">
					{lanesInOrder(call).map((lane) => (
						<CallLaneCard key={lane.laneId} lane={lane} loading="lazy" />
					))}
				</div>
			</section>
			<PackLanes call={call} />
			<div className="call-columns">
				<OpenObstructions call={call} />
				<RepeatSpots pack={pack} />
			</div>
			<PackHistory pack={pack} hour={hour} />
			<div className="call-columns">
				<section className="card call-part">
					<h2>{t("pack.features")}</h2>
					<FeatureList card={card} />
				</section>
				<section className="card call-part">
					<h2>{t("pack.contacts")}</h2>
					<ContactList card={card} />
					{may(who, "configure") && (
						<Link href={`/sites/${siteId}/card`} className="button">
							<Icon name="pencil" />
							{t("pack.editCard")}
						</Link>
					)}
				</section>
			</div>
			<DrillRecords siteId={siteId} />
		</div>
	);
}

/** The hour at the site when the pack was made: what is asked for first. */
function useHourOf(at: number | null): number {
	const [hour, setHour] = useState(new Date().getHours());
	useEffect(() => {
		if (at !== null) setHour(Number(formatInstant(at, "en").slice(-8, -6)));
	}, [at]);
	return hour;
}
