import { useTranslation } from "react-i18next";
import type { Stillness } from "#contract/evidence-set.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatDuration } from "../../time/format-duration.ts";

/** Whether it moved between the two panoramas, in figures and what they must reach. */
export function StillnessWords({ stillness }: { readonly stillness: Stillness }) {
	const { t } = useTranslation();
	const { iou, leastIou, similarity, leastSimilarity, intervalMs, stoodStill } = stillness;
	const figure = (value: number | null) => (value === null ? t("photos.notMeasured") : value.toFixed(2));
	const verdict = stoodStill === null ? "unmeasured" : stoodStill ? "stood" : "moved";
	return (
		<span data-testid="stillness" data-verdict={verdict}>
			<strong>{t(`photos.${verdict}`)}</strong>{" "}
			<span className="digits">
				{t("photos.stillFigures", {
					interval: formatDuration(intervalMs, currentLanguage()),
					...{ iou: figure(iou), leastIou, similarity: figure(similarity), leastSimilarity },
				})}
			</span>
		</span>
	);
}
