import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { evidenceUrl } from "../../api/keepclear-api.ts";
import { LanePicture } from "../../components/lane-picture.tsx";
import { StateSign } from "../../components/state-sign.tsx";
import { TickingDwell } from "../../components/ticking.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { labelWord } from "../../i18n/label-word.ts";
import { formatDwell } from "../../time/format-duration.ts";
import { formatInstant } from "../../time/format-time.ts";
import { standingOf } from "./drawn-words.tsx";
import { AlertTag } from "../wall/lane-tile.tsx";

export function AlertRow({ alert }: { readonly alert: AlertAnswer }) {
	const { t } = useTranslation();
	const language = currentLanguage();
	const { id, laneName, cameraName, cause, label, enteredAt, raisedAt, clearedAt, evidence, state, fixed } = alert;
	const still =
		evidence.find(({ kind }) => kind === "still_raised") ?? evidence.find(({ kind }) => kind === "still_entry");
	return (
		<li className={`alert-row alert-row-${state}`}>
			<Link href={`/alerts/${id}`}>
				<LanePicture
					src={still ? evidenceUrl(still.id) : null}
					alt=""
					{...(still ? standingOf(alert) : {})}
					loading="lazy"
					missing=""
				/>
				<span className="alert-row-place">
					<strong>{laneName}</strong>
					<span className="soft">
						{fixed ? t("alert.fixed") : t(`cause.${cause}`)} · {labelWord(t, label)} · {cameraName}
					</span>
				</span>
				<span className="alert-row-state">
					<StateSign state={state === "open" ? "occupied" : "clear"} size={16} />
					{t(`alert.${state}`)}
				</span>
				<span className="alert-row-times digits">
					<span>{formatInstant(raisedAt, language)}</span>
					<span className="soft">
						{t("wall.dwell")}{" "}
						{clearedAt === null ? <TickingDwell since={enteredAt} /> : formatDwell(clearedAt - enteredAt, language)}
					</span>
				</span>
				<span className="alert-row-said">
					<AlertTag alert={alert} />
				</span>
			</Link>
		</li>
	);
}
