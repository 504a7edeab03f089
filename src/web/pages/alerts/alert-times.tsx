import { useTranslation } from "react-i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { StateSign } from "../../components/state-sign.tsx";
import { TickingDwell } from "../../components/ticking.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatDwell } from "../../time/format-duration.ts";
import { formatInstant } from "../../time/format-time.ts";

const clearedWords = {
	camera: "alert.clearedByCamera",
	zone_removed: "alert.clearedByZone",
	accepted: "alert.clearedByAcceptance",
	lost_track: "alert.clearedByLostTrack",
} as const;

const dwellWord = ({ clearedAt, clearedBy }: AlertAnswer) =>
	clearedAt === null ? "alert.dwellSoFar" : clearedBy === "lost_track" ? "alert.dwellAtMost" : "alert.dwell";

/** From coming to a stand to being clear again, with the dwell time. */
export function AlertTimes({ alert }: { readonly alert: AlertAnswer }) {
	const { t } = useTranslation();
	const language = currentLanguage();
	const { enteredAt, raisedAt, clearedAt, clearedBy, acceptance } = alert;
	const time = (at: number) => (
		<time className="digits" dateTime={new Date(at).toISOString()}>
			{formatInstant(at, language)}
		</time>
	);
	return (
		<section className={`times times-${alert.state}`} aria-label={t("alert.times")}>
			<p className="times-dwell">
				<span>{t(dwellWord(alert))}</span>
				<strong data-testid="dwell">
					{clearedAt === null ? (
						<TickingDwell since={enteredAt} />
					) : (
						<span className="digits">{formatDwell(clearedAt - enteredAt, language)}</span>
					)}
				</strong>
			</p>
			<ol>
				<li>
					<span>{t("alert.entered")}</span>
					{time(enteredAt)}
				</li>
				<li>
					<span>{t("alert.raised")}</span>
					{time(raisedAt)}
				</li>
				<li className={clearedAt === null ? "times-now" : undefined}>
					{clearedAt === null ? (
						<strong>
							<StateSign state="occupied" size={16} /> {t("alert.stillThere")}
							{alert.fixed && <span className="tag">{t("alert.fixed")}</span>}
						</strong>
					) : (
						<>
							<span>{t(clearedBy === "camera" ? "alert.clearedAt" : "alert.endedAt")}</span>
							{time(clearedAt)}
							<span className="soft">
								{t(clearedWords[clearedBy ?? "camera"])}
								{clearedBy === "accepted" && acceptance && ` · ${acceptance.by}`}
							</span>
						</>
					)}
				</li>
			</ol>
		</section>
	);
}
