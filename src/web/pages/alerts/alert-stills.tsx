import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer, EvidenceAnswer } from "#contract/alerts-api.ts";
import { evidenceUrl } from "../../api/keepclear-api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { LanePicture } from "../../components/lane-picture.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatInstant } from "../../time/format-time.ts";
import { DrawnWords, standingOf } from "./drawn-words.tsx";
import { isStillComing } from "./evidence-wait.ts";

interface AlertStillsProps {
	readonly alert: AlertAnswer;
	readonly polygon: readonly (readonly [number, number])[] | undefined;
	/** Whether the zone and what stands in it are drawn over the stills. */
	readonly overlay: boolean;
}

const kinds = ["still_entry", "still_raised"] as const;

/** The stills at entry and at the raise, beside each other; a click enlarges one. */
export function AlertStills({ alert, polygon, overlay }: AlertStillsProps) {
	const { t } = useTranslation();
	const [enlarged, setEnlarged] = useState<EvidenceAnswer | null>(null);
	const drawn = overlay ? { polygon, ...standingOf(alert) } : {};
	const words = (kind: EvidenceAnswer["kind"]) => t(kind === "still_entry" ? "alert.stillEntry" : "alert.stillRaised");
	const caption = ({ kind, capturedAt }: EvidenceAnswer) =>
		`${words(kind)} · ${formatInstant(capturedAt, currentLanguage())}`;
	return (
		<div className="stills">
			{kinds.map((kind) => {
				const still = alert.evidence.find((each) => each.kind === kind);
				if (!still) {
					return (
						<p key={kind} className="evidence-missing">
							{isStillComing(alert, kind) ? t("alert.waitingStill") : t("alert.missingStill")}
						</p>
					);
				}
				return (
					<figure key={kind} data-testid={kind}>
						<button
							type="button"
							aria-label={t("alert.enlarge", { what: caption(still) })}
							onClick={() => setEnlarged(still)}
						>
							<LanePicture
								src={evidenceUrl(still.id)}
								alt=""
								fit="whole"
								missing={t("alert.previewFailed")}
								{...drawn}
							/>
						</button>
						<figcaption className="digits">{caption(still)}</figcaption>
					</figure>
				);
			})}
			{enlarged && (
				<Dialog title={`${alert.laneName} · ${caption(enlarged)}`} look="wide" onClose={() => setEnlarged(null)}>
					<LanePicture src={evidenceUrl(enlarged.id)} alt={caption(enlarged)} fit="whole" {...drawn} />
					{overlay && <DrawnWords alert={alert} />}
				</Dialog>
			)}
		</div>
	);
}
