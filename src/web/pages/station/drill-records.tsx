import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DrillAnswer, DrillsAnswer } from "#contract/drills-api.ts";
import { errorText } from "../../api/error-text.ts";
import { loadDrills } from "../../api/station-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { LoadMore } from "../../components/load-more.tsx";
import { Failure } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { DrillEntry } from "./drill-entry.tsx";
import { WeeklyGoal } from "./weekly-goal.tsx";
import "./station.css";

interface DrillRecordsProps {
	/** Of one site alone. */
	readonly siteId?: string;
}

/** What was recorded, newest first, and how each station's weeks went. */
export function DrillRecords({ siteId }: DrillRecordsProps) {
	const { t } = useTranslation();
	const ofSite = siteId === undefined ? {} : { siteId };
	const { value, error, reload } = useLoaded(`drills ${siteId ?? ""}`, (signal) => loadDrills(ofSite, signal));
	const [older, setOlder] = useState<readonly DrillsAnswer[]>([]);
	const [fetching, setFetching] = useState(false);

	async function more(before: number) {
		setFetching(true);
		try {
			const next = await loadDrills({ ...ofSite, before });
			setOlder((known) => [...known, next]);
		} catch (failure) {
			say(errorText(t, failure), "bad");
		} finally {
			setFetching(false);
		}
	}

	if (!value) {
		if (error !== null) return <Failure title={t("station.records")} error={error} onRetry={reload} />;
		return <p className="loading">{t("app.loading")}</p>;
	}
	const pages = [value, ...older];
	const drills: readonly DrillAnswer[] = pages.flatMap((page) => page.drills);
	const last = drills.at(-1);
	return (
		<>
			{siteId === undefined && <WeeklyGoal stations={value.stations} />}
			<section className="station-part">
				<h2>{t("station.records")}</h2>
				{drills.length === 0 && <p className="soft">{t("station.recordsNone")}</p>}
				{drills.map((drill) => (
					<DrillEntry key={drill.id} drill={drill} />
				))}
				{last && pages.at(-1)?.more && <LoadMore fetching={fetching} onMore={() => void more(last.position)} />}
			</section>
		</>
	);
}
