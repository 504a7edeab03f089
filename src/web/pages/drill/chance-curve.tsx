import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { PackPast } from "#contract/drill-packs-api.ts";
import { leastShown } from "#core/drill/free-chance.ts";
import { percent } from "./percent.ts";
import { HatchPattern } from "../../components/hatch-pattern.tsx";

interface ChanceCurveProps {
	readonly byHour: PackPast["byHour"];
	readonly hour: number;
	readonly onHour: (hour: number) => void;
}

const [width, height, left, top, bottom] = [760, 170, 40, 8, 20];
const step = (width - left) / 24;
const inner = height - top - bottom;

/** The chance at each hour of the day: a dot, its interval as a bar, and hatched where nothing is known. */
export function ChanceCurve({ byHour, hour, onHour }: ChanceCurveProps) {
	const { t } = useTranslation();
	const hatch = useId();
	const least = leastShown(byHour);
	const y = (share: number) => top + ((1 - share) / (1 - least)) * inner;
	return (
		<div className="heat-scroll" tabIndex={0} role="group" aria-label={t("pack.chance")}>
			<svg className="chance-curve" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t("pack.chance")}>
				<defs>
					<HatchPattern id={hatch} />
				</defs>
				{[least, (1 + least) / 2, 1].map((share) => (
					<g key={share}>
						<line className="chance-line" x1={left} x2={width} y1={y(share)} y2={y(share)} />
						<text className="heat-word" x={left - 6} y={y(share) + 4} textAnchor="end">
							{`${Math.round(100 * share)}%`}
						</text>
					</g>
				))}
				{byHour.map(({ chance, low, high }, at) => {
					const x = left + (at + 0.5) * step;
					return (
						<g key={at} className={at === hour ? "chance-hour chance-asked" : "chance-hour"} onClick={() => onHour(at)}>
							<rect className="chance-column" x={x - step / 2} y={top} width={step} height={inner} />
							{chance === null ? (
								<rect x={x - step * 0.35} y={top} width={step * 0.7} height={inner} fill={`url(#${hatch})`} />
							) : (
								<>
									<rect
										className="chance-bar"
										x={x - step * 0.22}
										y={y(high)}
										width={step * 0.44}
										height={Math.max(2, y(low) - y(high))}
									/>
									<circle className="chance-dot" cx={x} cy={y(chance)} r={4} />
								</>
							)}
							<text className="heat-word" x={x} y={height - 5} textAnchor="middle">
								{at}
							</text>
							<title>{`${t("pack.hourOf", { hour: at, next: at + 1 })}: ${chance === null ? t("pack.chanceNone") : t("pack.chanceIs", { chance: percent(chance), low: percent(low), high: percent(high) })}`}</title>
						</g>
					);
				})}
			</svg>
		</div>
	);
}
