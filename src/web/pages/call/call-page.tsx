import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { account, may } from "../../account.ts";
import { Icon } from "../../components/icon.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useObservable } from "../../observable.ts";
import { formatRoughly } from "../../time/format-duration.ts";
import { formatClock } from "../../time/format-time.ts";
import { CallLaneCard, lanesInOrder } from "./call-lane-card.tsx";
import { CallPlan } from "./call-plan.tsx";
import { CallWays } from "./call-ways.tsx";
import { whatIsKnown } from "./call-words.ts";
import { ContactList, FeatureList } from "./site-people.tsx";
import { useCall } from "./use-call.ts";
import "./call.css";

/** A real call: one page, every lane of the address, which way in is free. Never green where it is not known. */
export default function CallPage({ siteId }: { readonly siteId: string }) {
	const { t } = useTranslation();
	const isCrew = may(useObservable(account), "drill");
	const { answer, heardAt, error, isStale, reload } = useCall(siteId);
	if (!isCrew) return <Message icon="warning" title={t("error.forbidden")} />;
	if (!answer) {
		if (error !== null) return <Failure title={t("call.title")} error={error} onRetry={reload} />;
		return <p className="loading">{t("app.loading")}</p>;
	}
	const shown = whatIsKnown(answer, isStale);
	return (
		<div className="page call-page" data-testid="call-page" data-stale={isStale}>
			<div className="page-head">
				<div>
					<Link href="/call" className="back-link">
						<Icon name="search" size={16} />
						{t("call.another")}
					</Link>
					<h1>{t("call.of", { site: answer.siteName })}</h1>
					<p>{answer.address}</p>
				</div>
				<div className="buttons">
					{heardAt !== null && (
						<span className="soft digits">
							{t("call.updatedAt", { time: formatClock(answer.now, currentLanguage()) })}
						</span>
					)}
					<Link href={`/drill/${siteId}`} className="button">
						{t("call.toPack")}
					</Link>
				</div>
			</div>
			{isStale && heardAt !== null && (
				<p className="inline-error call-stale" role="alert" data-testid="call-stale">
					<Icon name="warning" />
					{t("call.stale", { time: formatRoughly(Date.now() - heardAt, currentLanguage()) })}
				</p>
			)}
			<CallWays answer={shown} />
			<h2 className="visually-hidden">{t("call.lanesTitle")}</h2>
			{shown.lanes.length === 0 && <p className="soft">{t("call.noLanes")}</p>}
			<div className="call-lanes">
				{lanesInOrder(shown).map((lane) => (
					<CallLaneCard key={lane.laneId} lane={lane} />
				))}
			</div>
			<CallPlan answer={shown} />
			<div className="call-columns">
				<section className="card call-part">
					<h2>{t("call.gatesAndKeys")}</h2>
					<FeatureList card={answer.card} kinds={["gate", "bollard"]} />
				</section>
				<section className="card call-part">
					<h2>{t("call.contacts")}</h2>
					<ContactList card={answer.card} />
				</section>
			</div>
		</div>
	);
}
