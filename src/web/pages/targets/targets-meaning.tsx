import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { TargetsBody } from "#contract/handling-targets-api.ts";

/** What these targets do, in sentences. */
export function TargetsMeaning({ targets }: { readonly targets: TargetsBody }) {
	const { t } = useTranslation();
	return (
		<section className="targets-means" aria-labelledby="targets-means" data-testid="targets-means">
			<h3 id="targets-means">{t("targets.meansTitle")}</h3>
			<ul>
				{sentences(t, targets).map((sentence) => (
					<li key={sentence}>{sentence}</li>
				))}
			</ul>
		</section>
	);
}

const laterLevels = ["property_manager", "street_and_fire", "police_and_tow"] as const;

export function sentences(
	t: TFunction<"page">,
	{ acknowledgeMs, onSiteMs, clearMs, escalateMs, quiet }: TargetsBody,
): readonly string[] {
	const time = (ms: number) => timeWords(t, ms);
	return [
		t("targets.meansAcknowledge", { time: time(acknowledgeMs), again: time(escalateMs.re_ring) }),
		t("targets.meansManager", { time: time(escalateMs.manager) }),
		t("targets.meansOnSite", { time: time(onSiteMs) }),
		t("targets.meansClear", { time: time(clearMs) }),
		...laterLevels.map((level) =>
			t("targets.meansLevel", { time: time(escalateMs[level]), who: t(`targets.${level}`) }),
		),
		quiet === null
			? t("targets.meansNeverQuiet")
			: t("targets.meansQuiet", {
					from: quiet.from,
					to: `${quiet.to !== "24:00" && quiet.to <= quiet.from ? t("targets.day_next") : ""}${quiet.to}`,
				}),
	];
}

function timeWords(t: TFunction<"page">, ms: number): string {
	const plain = (n: number) => String(Math.round(n * 100) / 100);
	if (ms < 120_000) return t("targets.seconds", { n: plain(ms / 1_000) });
	if (ms < 120 * 60_000) return t("targets.minutes", { n: plain(ms / 60_000) });
	return t("targets.hours", { n: plain(ms / 3_600_000) });
}
