import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer, EvidenceAnswer } from "#contract/alerts-api.ts";
import { evidenceUrl, playableProgress, playableUrl } from "../../api/keepclear-api.ts";
import { Icon } from "../../components/icon.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatMoment } from "../../time/format-time.ts";
import { isStillComing } from "./evidence-wait.ts";

/** Each clip as it was recorded, or, where this browser cannot play its codec, a copy that is made for it once. */
export function ClipPlayer({ alert }: { readonly alert: AlertAnswer }) {
	const { t } = useTranslation();
	const clips = alert.evidence.filter(({ kind }) => kind === "clip");
	if (clips.length === 0) {
		return (
			<p className="evidence-missing">
				{isStillComing(alert, "clip") ? t("alert.waitingClip") : t("alert.missingClip")}
			</p>
		);
	}
	return (
		<div className="clips">
			{clips.map((clip) => (
				<figure key={clip.id}>
					<Clip clip={clip} />
					<figcaption className="soft digits">
						{clips.length > 1 &&
							`${t(clip.id.endsWith(".confirmed") ? "photos.clipConfirmed" : "photos.clipEntry")} · `}
						{formatMoment(clip.capturedAt, currentLanguage())}
					</figcaption>
				</figure>
			))}
		</div>
	);
}

type Source =
	| { readonly kind: "original" }
	| { readonly kind: "making"; readonly progress: number }
	| { readonly kind: "copy" }
	| { readonly kind: "failed" };

function Clip({ clip }: { readonly clip: EvidenceAnswer }) {
	const { t } = useTranslation();
	const [source, setSource] = useState<Source>({ kind: "original" });
	const making = source.kind === "making";
	useEffect(() => {
		if (!making) return;
		const left = new AbortController();
		let timer: ReturnType<typeof setTimeout> | undefined;
		const ask = async () => {
			try {
				const progress = await playableProgress(clip.id, left.signal);
				setSource(progress === null ? { kind: "copy" } : { kind: "making", progress });
				if (progress !== null) timer = setTimeout(() => void ask(), 1_000);
			} catch {
				if (!left.signal.aborted) setSource({ kind: "failed" });
			}
		};
		void ask();
		return () => {
			left.abort();
			clearTimeout(timer);
		};
	}, [making, clip.id]);

	const cannotPlay = () => setSource(source.kind === "original" ? { kind: "making", progress: 0 } : { kind: "failed" });
	if (source.kind === "making") {
		const percent = Math.round(source.progress * 100);
		return (
			<div className="evidence-missing" role="status" data-testid="clip-making">
				<p>{t("alert.transcoding")}</p>
				<progress max={100} value={percent} aria-label={t("alert.transcoding")} />
				<p className="digits">{t("alert.transcodingDone", { percent })}</p>
			</div>
		);
	}
	if (source.kind === "failed") {
		return (
			<div className="evidence-missing" role="alert">
				<p>{t("alert.clipFailed")}</p>
				<a className="button small" href={evidenceUrl(clip.id)} download={`${clip.id}.mp4`}>
					<Icon name="download" />
					{t("alert.download")}
				</a>
			</div>
		);
	}
	return (
		<video
			key={source.kind}
			className="clip"
			controls
			playsInline
			muted
			preload="metadata"
			src={source.kind === "copy" ? playableUrl(clip.id) : evidenceUrl(clip.id)}
			data-testid="clip"
			data-source={source.kind}
			onError={cannotPlay}
			// A codec that is not known may give a length and no picture.
			onLoadedMetadata={({ currentTarget }) => currentTarget.videoWidth === 0 && cannotPlay()}
		/>
	);
}
