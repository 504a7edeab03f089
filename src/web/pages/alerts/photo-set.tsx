import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EvidenceItemBody } from "#contract/evidence-set.ts";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { evidenceUrl } from "../../api/keepclear-api.ts";
import { ClockWords } from "../../components/clock-words.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { LanePicture } from "../../components/lane-picture.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatMoment } from "../../time/format-time.ts";
import { hasNoList } from "./evidence-wait.ts";
import { missingOf, photosOf } from "./photo-order.ts";
import { PlateWords } from "./plate-words.tsx";
import { StillnessWords } from "./stillness-words.tsx";

/** The photos that prove it, in order, each with its time and size; what is missing and why; how right the clock was. */
export function PhotoSet({ alert }: { readonly alert: AlertAnswer }) {
	const { t } = useTranslation();
	const [enlarged, setEnlarged] = useState<EvidenceItemBody | null>(null);
	const { evidenceSet: set } = alert;
	if (!set) return hasNoList(alert) ? <NoList /> : null;
	const missing = missingOf(set);
	const isStored = (id: string) => alert.evidence.some((each) => each.id === id);
	const name = ({ kind, id }: EvidenceItemBody) => {
		if (kind === "clip") return t(id.endsWith(".confirmed") ? "photos.clipConfirmed" : "photos.clipEntry");
		if (kind === "panorama_confirmed" && alert.cause === "object") return t("photos.confirmedGoods");
		return kind in photoWords ? t(`photos.${kind as keyof typeof photoWords}`) : t(`alert.kind_${kind}`);
	};
	return (
		<section aria-labelledby="photos-title" data-testid="photo-set" data-complete={set.complete}>
			<h3 id="photos-title">{t("photos.title")}</h3>
			<p className="soft">{t("photos.hint")}</p>
			<div className="stills">
				{photosOf(set).map((item) => (
					<figure key={item.id} data-testid={item.kind} data-state={item.state}>
						{item.state === "taken" && isStored(item.id) ? (
							<button
								type="button"
								aria-label={t("alert.enlarge", { what: name(item) })}
								onClick={() => setEnlarged(item)}
							>
								<LanePicture src={evidenceUrl(item.id)} alt="" fit="whole" missing={t("alert.previewFailed")} />
							</button>
						) : (
							<p className="evidence-missing">{item.state === "taken" ? t("photos.coming") : <Wait item={item} />}</p>
						)}
						<figcaption>
							<strong>{name(item)}</strong> <PhotoFacts item={item} />
							{item.overlay && isStored(item.overlay.id) && (
								<a href={evidenceUrl(item.overlay.id)} download={`${item.overlay.id}.jpg`} data-testid="overlay-copy">
									<Icon name="download" size={14} /> {t("photos.copy")}
								</a>
							)}
						</figcaption>
					</figure>
				))}
			</div>
			<dl className="facts card photo-facts">
				{set.plate && (
					<div>
						<dt>{t("plate.title")}</dt>
						<dd>
							<PlateWords plate={set.plate} />
						</dd>
					</div>
				)}
				{set.stillness && (
					<div>
						<dt>{t("photos.stillTitle")}</dt>
						<dd>
							<StillnessWords stillness={set.stillness} />
						</dd>
					</div>
				)}
				{set.clock && (
					<div>
						<dt>{t("photos.clock")}</dt>
						<dd>
							<ClockWords reading={set.clock} />
						</dd>
					</div>
				)}
				{missing.length > 0 && (
					<div>
						<dt>{t("photos.missingTitle")}</dt>
						<dd data-testid="missing-evidence">
							<ul>
								{missing.map((item) => (
									<li key={item.id}>
										{name(item)}：{t(`photos.${item.reason ?? "failed"}`)}
									</li>
								))}
							</ul>
						</dd>
					</div>
				)}
			</dl>
			{enlarged && (
				<Dialog title={`${alert.laneName} · ${name(enlarged)}`} look="wide" onClose={() => setEnlarged(null)}>
					<LanePicture
						src={evidenceUrl(enlarged.overlay && isStored(enlarged.overlay.id) ? enlarged.overlay.id : enlarged.id)}
						alt={name(enlarged)}
						fit="whole"
					/>
				</Dialog>
			)}
		</section>
	);
}

function NoList() {
	const { t } = useTranslation();
	return (
		<section aria-labelledby="photos-title" data-testid="no-photo-list">
			<h3 id="photos-title">{t("photos.title")}</h3>
			<p className="evidence-missing">{t("photos.noList")}</p>
		</section>
	);
}

const photoWords = {
	panorama_entry: true,
	panorama_confirmed: true,
	panorama_cleared: true,
	reference: true,
	outline: true,
	plate: true,
};

function Wait({ item }: { readonly item: EvidenceItemBody }) {
	const { t } = useTranslation();
	if (item.state === "missing") return t(`photos.${item.reason ?? "failed"}`);
	if (item.kind === "plate") return t("plate.reading");
	return t("photos.due", { time: formatMoment(item.wantedAt, currentLanguage()) });
}

/** When, to the millisecond, and how large. */
function PhotoFacts({ item }: { readonly item: EvidenceItemBody }) {
	const { t } = useTranslation();
	const { kind, capturedAt, widthPx, heightPx } = item;
	if (capturedAt === null) return null;
	const size = widthPx && heightPx ? ` · ${t("photos.size", { width: widthPx, height: heightPx })}` : "";
	const isPanorama = kind !== "plate";
	const isSmall = isPanorama && widthPx !== null && heightPx !== null && (widthPx < 1280 || heightPx < 720);
	return (
		<span className="digits">
			{formatMoment(capturedAt, currentLanguage())}
			{size}
			{isSmall && <span className="tag">{t("photos.small")}</span>}
		</span>
	);
}
