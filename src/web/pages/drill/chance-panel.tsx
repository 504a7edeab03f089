import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type DayKind, dayKinds } from "#contract/drill-packs-api.ts";
import { errorText } from "../../api/error-text.ts";
import { loadChance } from "../../api/station-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { percent } from "./percent.ts";

interface ChancePanelProps {
	readonly siteId: string;
	/** `way best` or `lane <id>`. */
	readonly subject: string;
	readonly days: 30 | 90;
	readonly hour: number;
	readonly onHour: (hour: number) => void;
}

/** How likely it is free at a chosen hour on chosen days, how sure that is, and what it rests on. */
export function ChancePanel({ siteId, subject, days, hour, onHour }: ChancePanelProps) {
	const { t } = useTranslation();
	const [on, setOn] = useState<DayKind>("all");
	const query = { days: days === 30 ? ("30" as const) : ("90" as const), hour, on };
	const { value, error } = useLoaded(`chance ${siteId} ${JSON.stringify(query)}`, (signal) =>
		loadChance(siteId, query, signal),
	);
	const found =
		value?.ways.find(({ way }) => `way ${way}` === subject)?.chance ??
		value?.lanes.find(({ laneId }) => `lane ${laneId}` === subject)?.chance;
	const wordOf = (kind: DayKind) =>
		kind === "all" || kind === "workdays" || kind === "weekend"
			? t(`pack.on_${kind}`)
			: t(`history.day_${Number(kind) as 1}`);
	return (
		<div className="chance-panel">
			<label>
				<span>{t("pack.atHour")}</span>
				<select value={hour} data-testid="chance-hour" onChange={({ target }) => onHour(Number(target.value))}>
					{Array.from({ length: 24 }, (_, each) => (
						<option key={each} value={each}>
							{t("pack.hourOf", { hour: each, next: each + 1 })}
						</option>
					))}
				</select>
			</label>
			<label>
				<span>{t("pack.on")}</span>
				<select value={on} data-testid="chance-on" onChange={({ target }) => setOn(target.value as DayKind)}>
					{dayKinds.map((kind) => (
						<option key={kind} value={kind}>
							{wordOf(kind)}
						</option>
					))}
				</select>
			</label>
			<p className="chance-answer" aria-live="polite" data-testid="chance-answer">
				{error !== null && errorText(t, error)}
				{found && found.chance === null && <strong>{t("pack.chanceNone")}</strong>}
				{found && found.chance !== null && (
					<>
						<strong>
							{t("pack.chanceIs", {
								...{ chance: percent(found.chance), low: percent(found.low), high: percent(found.high) },
							})}
						</strong>
						<span className="soft">
							{t("pack.chanceBasis", {
								...{ days: found.days, effective: found.effectiveDays.toFixed(1) },
								unknown: percent(found.unknownShare),
							})}
						</span>
					</>
				)}
			</p>
		</div>
	);
}
