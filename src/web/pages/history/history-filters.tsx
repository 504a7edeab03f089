import { useTranslation } from "react-i18next";
import type { HistoryPlacesAnswer, HistoryQuery } from "#contract/history-api.ts";
import { Field } from "../../components/field.tsx";
import { labelWord } from "../../i18n/label-word.ts";
import {
	hourChoices,
	lanesToChoose,
	placeValue,
	presetPeriod,
	presets,
	weekdayChoices,
	withPlace,
} from "./history-view.ts";

interface HistoryFiltersProps {
	readonly query: HistoryQuery;
	readonly places: HistoryPlacesAnswer;
	readonly onQuery: (query: HistoryQuery) => void;
}

/** Time, place, hours and class; each change is taken at once. */
export function HistoryFilters({ query, places, onQuery }: HistoryFiltersProps) {
	const { t } = useTranslation();
	const wrong = query.to < query.from ? t("history.badPeriod") : null;
	const choose = (more: Partial<HistoryQuery>) => onQuery({ ...query, ...more });
	return (
		<section className="card history-filters" aria-label={t("history.filter")}>
			<div className="wall-states history-presets">
				{presets.map((preset) => {
					const period = presetPeriod(preset, places.today);
					return (
						<button
							key={preset}
							type="button"
							className="chip"
							aria-pressed={period.from === query.from && period.to === query.to}
							onClick={() => choose(period)}
						>
							{t(`history.${preset}`)}
						</button>
					);
				})}
			</div>
			<div className="history-fields">
				<Field label={t("history.from")}>
					{(props) => (
						<input
							{...props}
							type="date"
							name="from"
							required
							max={places.today}
							value={query.from}
							onChange={({ target }) => target.value && choose({ from: target.value })}
						/>
					)}
				</Field>
				<Field label={t("history.to")} error={wrong}>
					{(props) => (
						<input
							{...props}
							type="date"
							name="to"
							required
							max={places.today}
							value={query.to}
							onChange={({ target }) => target.value && choose({ to: target.value })}
						/>
					)}
				</Field>
				<Field label={t("history.place")}>
					{(props) => (
						<select
							{...props}
							name="place"
							value={placeValue(query)}
							onChange={({ target }) => onQuery(withPlace(query, target.value))}
						>
							<option value="">{t("history.everywhere")}</option>
							<Places kind="street" label={t("history.streets")} places={places.streets} />
							<Places kind="site" label={t("history.sites")} places={places.sites} />
							<Places kind="lane" label={t("history.lanes")} places={lanesToChoose(places, query)} />
						</select>
					)}
				</Field>
				<Field label={t("history.weekday")}>
					{(props) => (
						<select
							{...props}
							name="weekday"
							value={query.weekday ?? ""}
							onChange={({ target }) => choose({ weekday: target.value || undefined })}
						>
							{Object.entries(weekdayChoices).map(([name, value]) => (
								<option key={name} value={value ?? ""}>
									{t(`history.${name as keyof typeof weekdayChoices}`)}
								</option>
							))}
							{([1, 2, 3, 4, 5, 6, 7] as const).map((day) => (
								<option key={day} value={day}>
									{t(`history.day_${day}`)}
								</option>
							))}
						</select>
					)}
				</Field>
				<Field label={t("history.hours")}>
					{(props) => (
						<select
							{...props}
							name="hour"
							value={query.hour ?? ""}
							onChange={({ target }) => choose({ hour: target.value || undefined })}
						>
							{Object.entries(hourChoices).map(([name, value]) => (
								<option key={name} value={value ?? ""}>
									{t(`history.${name as keyof typeof hourChoices}`)}
								</option>
							))}
							{Array.from({ length: 24 }, (_, hour) => (
								<option key={hour} value={hour}>
									{t("history.hour", { hour })}
								</option>
							))}
						</select>
					)}
				</Field>
				<Field label={t("history.kind")}>
					{(props) => (
						<select
							{...props}
							name="kind"
							value={query.label ? `label:${query.label}` : query.cause ? `cause:${query.cause}` : ""}
							onChange={({ target }) => {
								const [kind, value] = target.value.split(":", 2);
								choose({
									label: kind === "label" ? value : undefined,
									cause: kind === "cause" ? (value as HistoryQuery["cause"]) : undefined,
								});
							}}
						>
							<option value="">{t("history.anyKind")}</option>
							{(["vehicle", "object"] as const).map((cause) => (
								<option key={cause} value={`cause:${cause}`}>
									{t("history.onlyCause", { name: t(`cause.${cause}`) })}
								</option>
							))}
							{places.labels.map((label) => (
								<option key={label} value={`label:${label}`}>
									{t("history.onlyLabel", { name: labelWord(t, label) })}
								</option>
							))}
						</select>
					)}
				</Field>
			</div>
		</section>
	);
}

interface PlacesProps {
	readonly kind: "street" | "site" | "lane";
	readonly label: string;
	readonly places: readonly { readonly id: string; readonly name: string }[];
}

function Places({ kind, label, places }: PlacesProps) {
	const { t } = useTranslation();
	if (places.length === 0) return null;
	return (
		<optgroup label={label}>
			{places.map(({ id, name }) => (
				<option key={id} value={`${kind}:${id}`}>
					{kind === "street" && id === "unassigned" ? t("history.unassigned") : name}
				</option>
			))}
		</optgroup>
	);
}
