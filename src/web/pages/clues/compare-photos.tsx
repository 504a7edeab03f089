import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer, EvidenceAnswer } from "#contract/alerts-api.ts";
import { evidenceUrl } from "../../api/keepclear-api.ts";
import { LanePicture } from "../../components/lane-picture.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatMoment } from "../../time/format-time.ts";

/** The two panoramas one over the other: what did not move stays where it is under the edge between them. */
export function ComparePhotos({ alert }: { readonly alert: AlertAnswer }) {
	const { t } = useTranslation();
	const [share, setShare] = useState(50);
	const first = photo(alert, "panorama_entry");
	const second = photo(alert, "panorama_confirmed");
	if (!first || !second) return <p className="evidence-missing">{t("inbox.compareMissing")}</p>;
	const when = ({ capturedAt }: EvidenceAnswer) => formatMoment(capturedAt, currentLanguage());
	return (
		<section className="compare" aria-labelledby="compare-title" data-testid="compare">
			<h3 id="compare-title">{t("inbox.compare")}</h3>
			<div className="compare-frame">
				<LanePicture
					src={evidenceUrl(second.id)}
					alt={`${t("photos.panorama_confirmed")} ${when(second)}`}
					fit="whole"
				/>
				<div className="compare-over" style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }}>
					<LanePicture src={evidenceUrl(first.id)} alt={`${t("photos.panorama_entry")} ${when(first)}`} fit="whole" />
				</div>
				<span className="compare-edge" style={{ left: `${share}%` }} />
			</div>
			<label className="compare-slider">
				<span className="digits">{when(first)}</span>
				<input
					type="range"
					min={0}
					max={100}
					value={share}
					aria-label={t("inbox.compareSlider")}
					onChange={({ target }) => setShare(Number(target.value))}
				/>
				<span className="digits">{when(second)}</span>
			</label>
		</section>
	);
}

const photo = ({ evidence }: AlertAnswer, kind: EvidenceAnswer["kind"]) => evidence.find((each) => each.kind === kind);
