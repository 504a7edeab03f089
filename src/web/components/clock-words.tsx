import { useTranslation } from "react-i18next";
import type { ClockReading } from "#contract/clock.ts";
import { clockVerdict } from "#core/evidence/clock-verdict.ts";
import { Icon } from "./icon.tsx";

/** How right an edge's clock is, or was; where it bars a transfer, that is said. */
export function ClockWords({
	reading,
	mend = false,
}: {
	readonly reading: ClockReading | null;
	readonly mend?: boolean;
}) {
	const { t } = useTranslation();
	const verdict = clockVerdict(reading);
	const offset = (Math.round((reading?.offsetMs ?? 0) * 10) / 10).toString();
	return (
		<span data-testid="clock" data-verdict={verdict}>
			{t(`photos.clock_${verdict}`, { offset, source: reading?.source ?? "–" })}
			{verdict !== "right" && (
				<span className="clock-bars">
					<Icon name="warning" size={16} />
					{t("photos.clockBars")}
					{mend && ` ${t("photos.clockMend")}`}
				</span>
			)}
		</span>
	);
}
