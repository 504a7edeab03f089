import { useTranslation } from "react-i18next";
import type { ZoneBody } from "#contract/zones.ts";
import type { Point } from "#core/geometry/shapes.ts";
import { metreGridOf } from "./metre-grid.ts";
import { middleOf } from "./polygon-shape.ts";

interface MetreNetProps {
	readonly zone: ZoneBody;
	readonly width: number;
	readonly height: number;
}

/** A net of metres over a calibrated zone, and which of its sides is the width: a person sees at once whether it fits. */
export function MetreNet({ zone, width, height }: MetreNetProps) {
	const { t } = useTranslation();
	const { polygon, calibration } = zone;
	const net = metreGridOf(zone);
	if (!net || !calibration) return null;
	const [a, b, c] = polygon;
	const label = (from: Point, to: Point, words: string) => {
		const [x, y] = middleOf(from, to);
		return (
			<text x={x * width} y={y * height} dy={-8}>
				{words}
			</text>
		);
	};
	return (
		<g className="metre-net" aria-hidden="true" data-testid="metre-net" data-step={net.stepM}>
			{net.lines.map(({ from, to, strong }, index) => (
				<line
					key={index}
					className={strong ? "metre-line metre-line-strong" : "metre-line"}
					x1={from[0] * width}
					y1={from[1] * height}
					x2={to[0] * width}
					y2={to[1] * height}
				/>
			))}
			{"widthM" in calibration && a && b && label(a, b, t("size.sideWidth", { m: calibration.widthM }))}
			{"widthM" in calibration && b && c && label(b, c, t("size.sideLength", { m: calibration.lengthM }))}
		</g>
	);
}
