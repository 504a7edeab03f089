import { useTranslation } from "react-i18next";
import type { AlertAnswer, AlertWord } from "#contract/alerts-api.ts";
import { Icon, type IconName } from "../../components/icon.tsx";
import { useAlertWords, wordField } from "../../components/use-alert-words.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatShort } from "../../time/format-time.ts";

const words = [
	{ word: "acknowledged", icon: "check" },
	{ word: "reported-cleared", icon: "polygon" },
	{ word: "false-alarm", icon: "close" },
] as const satisfies readonly { word: AlertWord; icon: IconName }[];

interface AlertWordButtonsProps {
	readonly alert: AlertAnswer;
	readonly onAlert: (alert: AlertAnswer) => void;
}

/** "Seen by me", "cleared", "false alarm": who said it and when, and the way back. */
export function AlertWordButtons({ alert, onAlert }: AlertWordButtonsProps) {
	const { t } = useTranslation();
	const { busy, toggle } = useAlertWords(onAlert);
	return (
		<section className="words" aria-label={t("alert.actions")}>
			{words.map(({ word, icon }) => {
				const field = wordField[word];
				const said = alert[field];
				return (
					<div
						key={word}
						className={said ? "word word-said" : "word"}
						data-testid={`word-${word}`}
						data-said={Boolean(said)}
					>
						{said ? (
							<>
								<p>
									<Icon name="check" />
									<span>
										<strong>{t(`alert.${field}`)}</strong>
										<span className="soft digits">
											{t("alert.saidBy", { by: said.by, time: formatShort(said.at, currentLanguage()) })}
										</span>
										{word === "reported-cleared" && alert.state === "open" && (
											<span className="word-waiting">{t("alert.awaitingCamera")}</span>
										)}
									</span>
								</p>
								<button
									type="button"
									className="button small"
									disabled={busy !== null}
									aria-label={`${t("alert.takeBack")}: ${t(`alert.${field}`)}`}
									data-testid={`take-back-${word}`}
									onClick={() => void toggle(alert, word)}
								>
									{t("alert.takeBack")}
								</button>
							</>
						) : (
							<>
								<button
									type="button"
									className={word === "acknowledged" ? "button primary" : "button"}
									disabled={busy !== null}
									data-testid={`say-${word}`}
									onClick={() => void toggle(alert, word)}
								>
									<Icon name={icon} />
									{t(`alert.${field}`)}
								</button>
								<p className="soft">{t(`alert.${field}Hint`)}</p>
							</>
						)}
					</div>
				);
			})}
		</section>
	);
}
