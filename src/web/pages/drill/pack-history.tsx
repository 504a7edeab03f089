import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DrillPackAnswer } from "#contract/drill-packs-api.ts";
import { percent } from "./percent.ts";
import { HeatMap } from "../history/heat-map.tsx";
import { ChanceCurve } from "./chance-curve.tsx";
import { ChancePanel } from "./chance-panel.tsx";
import "../history/history.css";

interface PackHistoryProps {
	readonly pack: DrillPackAnswer;
	/** What is asked for first. */
	readonly hour: number;
}

/** When a way in, or one of its lanes, is occupied: weekday by hour, and how likely it is free at a chosen hour. */
export function PackHistory({ pack, hour }: PackHistoryProps) {
	const { t } = useTranslation();
	const subjects = [
		...pack.ways.map(({ way, past }) => ({ key: `way ${way}`, name: t(`pack.wayWhole_${way}`), past })),
		...pack.lanes.map(({ laneId, past }) => ({
			...{ key: `lane ${laneId}`, past },
			name: pack.call.lanes.find((lane) => lane.laneId === laneId)?.name ?? laneId,
		})),
	];
	const [key, setKey] = useState(subjects[0]?.key ?? "");
	const [days, setDays] = useState<30 | 90>(90);
	const [asked, setAsked] = useState<number | null>(null);
	const subject = subjects.find((one) => one.key === key) ?? subjects[0];
	const past = subject?.past.find((one) => one.days === days);
	if (!subject || !past) return null;
	const { total, cells, byHour, worstHours } = past;
	const whole = total.freeMs + total.occupiedMs + total.unknownMs;
	const share = (ms: number) => percent(whole === 0 ? null : ms / whole);
	const hours = { hour: asked ?? hour };
	return (
		<section className="pack-part card pack-history" data-testid="pack-history">
			<div className="pack-history-head">
				<h2>{t("pack.history")}</h2>
				<label>
					<span className="visually-hidden">{t("pack.subject")}</span>
					<select value={subject.key} data-testid="pack-subject" onChange={({ target }) => setKey(target.value)}>
						{subjects.map((one) => (
							<option key={one.key} value={one.key}>
								{one.name}
							</option>
						))}
					</select>
				</label>
				<div className="buttons" role="group">
					{([30, 90] as const).map((each) => (
						<button
							key={each}
							type="button"
							className="button"
							aria-pressed={days === each}
							data-testid={`days-${each}`}
							onClick={() => setDays(each)}
						>
							{t(`pack.days${each}`)}
						</button>
					))}
				</div>
			</div>
			<p className="soft">{t("pack.wayHint")}</p>
			<p data-testid="pack-shares">
				{t("pack.freeShare", {
					...{ free: share(total.freeMs), occupied: share(total.occupiedMs), unknown: share(total.unknownMs) },
				})}
			</p>
			<HeatMap
				cells={cells.map((cell, index) => ({ ...cell, weekday: Math.floor(index / 24) + 1, hour: index % 24 }))}
			/>
			<h3>{t("pack.chance")}</h3>
			<ChanceCurve byHour={byHour} hour={hours.hour} onHour={setAsked} />
			<ChancePanel siteId={pack.call.siteId} subject={subject.key} days={days} hour={hours.hour} onHour={setAsked} />
			<p data-testid="pack-worst">
				<strong>{t("pack.worst")}: </strong>
				{worstHours.length === 0
					? t("pack.worstNone")
					: worstHours
							.map(
								(each) =>
									`${t("pack.hourOf", { hour: each, next: each + 1 })} ${percent(byHour[each]?.chance ?? null)}`,
							)
							.join(" · ")}
			</p>
			<p className="soft pack-source">{t("pack.chanceSource")}</p>
		</section>
	);
}
