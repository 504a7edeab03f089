import { useTranslation } from "react-i18next";
import type { DrillsAnswer } from "#contract/drills-api.ts";
import { drillsAWeek } from "#core/drill/weekly-goal.ts";
import { StateSign } from "../../components/state-sign.tsx";

/** At least one drill a week: this week, and the weeks before it, of each station. */
export function WeeklyGoal({ stations }: Pick<DrillsAnswer, "stations">) {
	const { t } = useTranslation();
	if (stations.length === 0) return null;
	return (
		<section className="station-part" data-testid="weekly-goal">
			<h2>
				{t("station.goal")} <span className="soft">{t("station.goalHint")}</span>
			</h2>
			<ul className="goal-list">
				{stations.map(({ station, weeks }) => {
					const [now, ...before] = weeks;
					const isDone = (now?.drills ?? 0) >= drillsAWeek;
					return (
						<li key={station} className="card goal" data-testid="station-goal" data-done={isDone}>
							<strong>{station}</strong>
							<span className={isDone ? "goal-now" : "goal-now goal-open"}>
								<StateSign state={isDone ? "clear" : "pending"} />
								{isDone ? t("station.goalDone", { count: now?.drills ?? 0 }) : t("station.goalOpen")}
							</span>
							<ol className="goal-weeks" reversed>
								{before.map(({ monday, drills }) => {
									const words = t("station.weekOf", { day: monday.slice(5), count: drills });
									return (
										<li
											key={monday}
											title={words}
											className={drills >= drillsAWeek ? "goal-week" : "goal-week goal-missed"}
										>
											<span aria-hidden="true">{drills}</span>
											<span className="visually-hidden">{words}</span>
										</li>
									);
								})}
							</ol>
						</li>
					);
				})}
			</ul>
		</section>
	);
}
