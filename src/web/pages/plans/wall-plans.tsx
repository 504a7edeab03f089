import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { PlansAnswer } from "#contract/plans-api.ts";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { account, may } from "../../account.ts";
import { loadPlans } from "../../api/plans-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { Failure } from "../../components/message.tsx";
import type { FeedChange } from "../../live/feed-change.ts";
import { useKeptUpToDate } from "../../live/use-live-lists.ts";
import { useObservable } from "../../observable.ts";
import { SitePlan } from "./site-plan.tsx";

interface WallPlansProps {
	/** Whether the wall is filtered: then a site with none of these lanes is left out. */
	readonly filtered: boolean;
	readonly lanes: ReadonlyMap<string, LaneAnswer>;
	readonly onOpen: (lane: LaneAnswer) => void;
}

const withNewestPlan = (plans: PlansAnswer, change: FeedChange): PlansAnswer =>
	change.kind === "plan"
		? { sites: plans.sites.map((site) => (site.siteId === change.value.siteId ? change.value : site)) }
		: plans;

/** The wall as a map: each site's plan, and how many of its lanes stand on none. */
export default function WallPlans({ filtered, lanes, onOpen }: WallPlansProps) {
	const { t } = useTranslation();
	const mayDraw = may(useObservable(account), "configure");
	const { value, error, reload } = useKeptUpToDate(useLoaded("plans", loadPlans), withNewestPlan);
	if (!value) {
		if (error !== null) return <Failure title={t("plan.title")} error={error} onRetry={reload} />;
		return <p className="loading">{t("app.loading")}</p>;
	}
	const siteIds = new Set([...lanes.values()].map(({ siteId }) => siteId));
	const sites = value.sites.filter(({ siteId }) => !filtered || siteIds.has(siteId));
	return (
		<div className="wall-plans" data-testid="wall-plans">
			{sites.map(({ siteId, siteName, plan }) => {
				const placed = new Set(plan?.marks.lanes.map(({ laneId }) => laneId));
				const missing = [...lanes.values()].filter((lane) => lane.siteId === siteId && !placed.has(lane.id));
				return (
					<section key={siteId} aria-label={siteName}>
						<div className="wall-plan-head">
							<h3>{siteName}</h3>
							{missing.length > 0 && <span className="soft">{t("plan.missing", { count: missing.length })}</span>}
							{mayDraw && (
								<Link href={`/plans/${siteId}`} className="button quiet small" data-testid="plan-edit">
									<Icon name="pencil" />
									{t(plan ? "plan.edit" : "plan.upload")}
								</Link>
							)}
						</div>
						{plan ? <SitePlan plan={plan} lanes={lanes} onOpen={onOpen} /> : <p className="soft">{t("plan.none")}</p>}
					</section>
				);
			})}
		</div>
	);
}
