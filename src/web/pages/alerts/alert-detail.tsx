import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { loadAlert, loadCamera } from "../../api/keepclear-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { ClearanceTag } from "../../components/clearance-tag.tsx";
import { IfMay } from "../../components/if-may.tsx";
import { Failure } from "../../components/message.tsx";
import { labelWord } from "../../i18n/label-word.ts";
import { onChanges } from "../../live/live-store.ts";
import { LiveScene } from "../../live-video/live-scene.tsx";
import { AlertAcceptance } from "./alert-acceptance.tsx";
import { HandlingPanel } from "../handling/handling-panel.tsx";
import { LanePermits } from "../permits/lane-permits.tsx";
import { ReviewPanel } from "../review/review-panel.tsx";
import { TransferPanel } from "../transfers/transfer-panel.tsx";
import { AlertStills } from "./alert-stills.tsx";
import { AlertTimes } from "./alert-times.tsx";
import { ClipPlayer } from "./clip-player.tsx";
import { DrawnWords } from "./drawn-words.tsx";
import { ExportEvidence } from "./export-evidence.tsx";
import { EvidenceTable } from "./evidence-table.tsx";
import { KeptUntil } from "./kept-until.tsx";
import { NoticePanel } from "./notice-panel.tsx";
import { PhotoSet } from "./photo-set.tsx";
import "./alerts.css";

/** All there is to know of one alert, and what a person may say of it. Kept up to date while it is open. */
export default function AlertDetail({ id }: { readonly id: string }) {
	const { t } = useTranslation();
	const { value: alert, error, reload, put } = useLoaded(`alert ${id}`, (signal) => loadAlert(id, signal));
	useEffect(
		() =>
			onChanges((changes) => {
				// After a reset nobody says what has changed.
				if (changes.length === 0) return reload();
				for (const change of changes) if (change.kind === "alert" && change.value.id === id) put(change.value);
			}),
		[id, put, reload],
	);
	if (!alert) {
		return error === null ? (
			<p className="loading">{t("app.loading")}</p>
		) : (
			<Failure title={t("alert.page")} error={error} onRetry={reload} />
		);
	}
	return <Detail alert={alert} onAlert={put} />;
}

function Detail({ alert, onAlert }: { readonly alert: AlertAnswer; readonly onAlert: (alert: AlertAnswer) => void }) {
	const { t } = useTranslation();
	const [overlay, setOverlay] = useState(true);
	const camera = useLoaded(`camera ${alert.cameraId}`, (signal) => loadCamera(alert.cameraId, signal));
	const polygon = camera.value?.zones.find(({ id }) => id === alert.laneId)?.polygon;
	return (
		<div className="alert-detail" data-testid="alert-detail" data-alert={alert.id} data-state={alert.state}>
			<AlertTimes alert={alert} />
			{alert.clearance && (
				<p>
					{t("clearance.atRaise")} <ClearanceTag clearance={alert.clearance} kind={alert.laneKind} />
				</p>
			)}
			<HandlingPanel alert={alert} />
			{alert.cause === "object" && <AlertAcceptance alert={alert} onAlert={onAlert} />}
			<LanePermits laneId={alert.laneId} hasOpenAlert={alert.state === "open"} />
			<section aria-labelledby="stills-title">
				<div className="section-head">
					<h3 id="stills-title">{t("alert.stills")}</h3>
					<label className="check">
						<input type="checkbox" checked={overlay} onChange={(event) => setOverlay(event.target.checked)} />
						{t("alert.overlay")}
					</label>
				</div>
				<AlertStills alert={alert} polygon={polygon} overlay={overlay} />
				{overlay && alert.evidence.some(({ kind }) => kind === "still_entry" || kind === "still_raised") && (
					<DrawnWords alert={alert} />
				)}
			</section>
			<section aria-labelledby="now-title">
				<h3 id="now-title">{t("video.title")}</h3>
				<LiveScene
					cameraId={alert.cameraId}
					name={alert.cameraName}
					alt={t("camera.livePicture", { name: alert.cameraName })}
					polygon={polygon}
				/>
			</section>
			<PhotoSet alert={alert} />
			<section aria-labelledby="clip-title">
				<h3 id="clip-title">{t("alert.clip")}</h3>
				<ClipPlayer alert={alert} />
			</section>
			<IfMay right={["confirm", "approve"]}>
				<ReviewPanel alertId={alert.id} />
			</IfMay>
			<IfMay right={["confirm", "transfer"]}>
				<TransferPanel alert={alert} />
			</IfMay>
			<dl className="facts card alert-facts">
				<Fact term={t("alert.lane")} words={`${alert.laneName} · ${t(`kind.${alert.laneKind}`)}`} />
				<Fact term={t("alert.camera")} words={alert.cameraName} />
				<Fact term={t("alert.cause")} words={alert.fixed ? t("alert.fixed") : t(`cause.${alert.cause}`)} />
				<Fact term={t("alert.label")} words={labelWord(t, alert.label)} />
				<Fact term={t("alert.confidence")} words={`${Math.round(alert.confidence * 100)}%`} />
				<Fact term={t("alert.number")} words={alert.id} code />
			</dl>
			<IfMay right="handle">{alert.cause === "vehicle" && <NoticePanel alert={alert} />}</IfMay>
			<EvidenceTable evidence={alert.evidence} />
			<IfMay right="export">{alert.evidence.length > 0 && <ExportEvidence alertId={alert.id} />}</IfMay>
			<KeptUntil alert={alert} />
		</div>
	);
}

function Fact({
	term,
	words,
	code = false,
}: {
	readonly term: string;
	readonly words: string;
	readonly code?: boolean;
}) {
	return (
		<div>
			<dt>{term}</dt>
			<dd className={code ? "code" : undefined}>{words}</dd>
		</div>
	);
}
