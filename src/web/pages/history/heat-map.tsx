import { useId } from "react";
import { useTranslation } from "react-i18next";
import { formatRoughly } from "../../time/format-duration.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { percent } from "./figures.ts";
import { HatchPattern } from "../../components/hatch-pattern.tsx";

export interface HeatCell {
	readonly weekday: number;
	readonly hour: number;
	readonly occupiedMs: number;
	readonly freeMs: number;
	readonly unknownMs: number;
	readonly alerts?: number;
}

interface HeatMapProps {
	readonly cells: readonly HeatCell[];
	/** Opens what a cell is made of. */
	readonly onOpen?: ((cell: HeatCell) => void) | undefined;
}

const [cellWidth, cellHeight, left, top] = [26, 24, 34, 18];
/** From this share on; the steps are told apart by lightness, so by whoever sees no colours too. */
const steps = [0, 0.002, 0.01, 0.03, 0.08, 0.2];

export const shareOf = ({ occupiedMs, freeMs }: HeatCell): number | null =>
	occupiedMs + freeMs > 0 ? occupiedMs / (occupiedMs + freeMs) : null;
const isMostlyUnknown = ({ occupiedMs, freeMs, unknownMs }: HeatCell) =>
	unknownMs > 0 && unknownMs >= occupiedMs + freeMs;
const stepOf = (share: number) => steps.findLastIndex((from, index) => share >= from && (index === 0 || share > 0));
const dayKey = (weekday: number) => weekday as 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Weekday by hour, drawn; behind it the same as a table, where each cell can be opened by keyboard. */
export function HeatMap({ cells, onOpen }: HeatMapProps) {
	const { t } = useTranslation();
	const hatch = useId();
	const worst = cells.reduce<HeatCell | null>(
		(most, cell) => ((shareOf(cell) ?? 0) > (most ? (shareOf(most) ?? 0) : 0) ? cell : most),
		null,
	);
	const label = worst
		? t("history.heatMapLabel", {
				...{ weekday: t(`history.day_${dayKey(worst.weekday)}`), hour: worst.hour, share: percent(shareOf(worst)) },
			})
		: t("history.noOccupied");
	return (
		<div className="heat-map">
			<div className="heat-scroll" tabIndex={0} role="group" aria-label={t("history.heatMap")}>
				<svg viewBox={`0 0 ${left + 24 * cellWidth} ${top + 7 * cellHeight}`} role="img" aria-label={label}>
					<defs>
						<HatchPattern id={hatch} />
					</defs>
					{Array.from({ length: 24 }, (_, hour) => (
						<text key={hour} className="heat-word" x={left + (hour + 0.5) * cellWidth} y={12} textAnchor="middle">
							{hour}
						</text>
					))}
					{([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => (
						<text
							key={weekday}
							className="heat-word"
							x={left - 8}
							y={top + (weekday - 0.35) * cellHeight}
							textAnchor="end"
						>
							{t(`history.short_${weekday}`)}
						</text>
					))}
					{cells.map((cell) => {
						const share = shareOf(cell);
						const place = { x: left + cell.hour * cellWidth + 1, y: top + (cell.weekday - 1) * cellHeight + 1 };
						const known = share !== null && !isMostlyUnknown(cell);
						return (
							<rect
								key={`${cell.weekday}-${cell.hour}`}
								{...place}
								width={cellWidth - 2}
								height={cellHeight - 2}
								rx={3}
								className={`heat-cell ${known ? `heat-${stepOf(share)}` : ""} ${onOpen ? "heat-opens" : ""}`}
								{...(known ? {} : cell.unknownMs > 0 ? { fill: `url(#${hatch})` } : { fill: "none" })}
								onClick={() => onOpen?.(cell)}
							>
								<title>{`${t(`history.day_${dayKey(cell.weekday)}`)} ${t("history.hour", { hour: cell.hour })}: ${percent(share)}`}</title>
							</rect>
						);
					})}
				</svg>
			</div>
			<Legend />
			<details className="history-details">
				<summary>{t("history.asTable")}</summary>
				<HeatTable cells={cells} onOpen={onOpen} />
			</details>
		</div>
	);
}

function Legend() {
	const { t } = useTranslation();
	return (
		<p className="heat-legend">
			<span>{t("history.legend")}</span>
			{steps.map((from, index) => (
				<span key={from} className="heat-key">
					<span className={`heat-swatch heat-${index}`} />
					{index === 0 ? "0" : `≥ ${percent(from)}`}
				</span>
			))}
			<span className="heat-key">
				<span className="heat-swatch heat-swatch-unknown" />
				{t("history.mostlyUnknown")}
			</span>
		</p>
	);
}

function HeatTable({ cells, onOpen }: HeatMapProps) {
	const { t } = useTranslation();
	const language = currentLanguage();
	const rows = cells.filter(({ occupiedMs, unknownMs, alerts }) => occupiedMs + unknownMs > 0 || (alerts ?? 0) > 0);
	return (
		<div className="table-scroll" tabIndex={0}>
			<table className="figures-table">
				<thead>
					<tr>
						<th scope="col">{t("history.hours")}</th>
						<th scope="col">{t("history.share")}</th>
						<th scope="col">{t("history.occupied")}</th>
						<th scope="col">{t("history.unknown")}</th>
						<th scope="col">{t("history.alerts")}</th>
					</tr>
				</thead>
				<tbody>
					{rows.map((cell) => {
						const name = `${t(`history.day_${dayKey(cell.weekday)}`)} ${t("history.hour", { hour: cell.hour })}`;
						return (
							<tr key={name}>
								<th scope="row">
									{onOpen ? (
										<button type="button" className="link-button" onClick={() => onOpen(cell)}>
											{name}
										</button>
									) : (
										name
									)}
								</th>
								<td>{percent(shareOf(cell))}</td>
								<td>{formatRoughly(cell.occupiedMs, language)}</td>
								<td>{formatRoughly(cell.unknownMs, language)}</td>
								<td>{cell.alerts ?? "—"}</td>
							</tr>
						);
					})}
				</tbody>
			</table>
		</div>
	);
}
