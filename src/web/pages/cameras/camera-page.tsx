import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { account, may } from "../../account.ts";
import { removeCamera } from "../../api/keepclear-api.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { BlindToday, LaneUnknown } from "../../components/lane-unknown.tsx";
import { Failure } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { live } from "../../live/live-store.ts";
import { useLiveCamera } from "../../live/use-live-lists.ts";
import { LiveScene } from "../../live-video/live-scene.tsx";
import { useObservable } from "../../observable.ts";
import { formatShort } from "../../time/format-time.ts";
import { CameraMarkings } from "../markings/camera-markings.tsx";
import { AcceptedHere } from "./accepted-here.tsx";
import { CameraLanes } from "./camera-lanes.tsx";
import { CameraSpeaker } from "./camera-speaker.tsx";
import { CameraHealthBadge, CameraProblems, ProblemNote } from "./camera-health.tsx";
import { MovedBanner, useMovedView } from "./moved-banner.tsx";
import "./cameras.css";

/** One camera: its picture as it is now, how it does, and its zones. */
export default function CameraPage({ id }: { readonly id: string }) {
	const { t } = useTranslation();
	const { value: camera, error, reload, put } = useLiveCamera(id);
	const moved = useMovedView(camera);
	const mayConfigure = may(useObservable(account), "configure");
	const [removing, setRemoving] = useState(false);
	if (!camera) {
		if (error === null) return <p className="loading">{t("app.loading")}</p>;
		return <Failure title={t("camera.title")} error={error} onRetry={reload} />;
	}
	return (
		<div className="page" data-testid="camera-page">
			<Link href="/cameras" className="back-link">
				<Icon name="back" size={16} />
				{t("camera.title")}
			</Link>
			<div className="page-head">
				<div className="camera-title">
					<h1>{camera.name}</h1>
					<CameraHealthBadge health={camera.health} />
				</div>
				{mayConfigure && (
					<div className="buttons">
						<Link href={`/cameras/${id}/zones`} className="button primary" data-testid="edit-zones">
							<Icon name="polygon" />
							{t("camera.draw")}
						</Link>
						<Link href={`/cameras/${id}/edit`} className="button" data-testid="edit-camera">
							<Icon name="pencil" />
							{t("common.edit")}
						</Link>
						<button
							type="button"
							className="button danger"
							data-testid="remove-camera"
							onClick={() => setRemoving(true)}
						>
							<Icon name="trash" />
							{t("common.remove")}
						</button>
					</div>
				)}
			</div>
			<MovedBanner camera={camera} moved={moved} onCamera={put}>
				{mayConfigure && (
					<Link href={`/cameras/${id}/zones`} className="button">
						<Icon name="polygon" />
						{t("moved.edit")}
					</Link>
				)}
			</MovedBanner>
			<div className="camera-columns">
				<LiveScene
					cameraId={id}
					name={camera.name}
					alt={t("camera.livePicture", { name: camera.name })}
					zones={moved ? camera.zones.map(({ polygon }) => polygon) : undefined}
				/>
				<CameraFacts camera={camera} />
				<div className="camera-more">
					<CameraMarkings zones={camera.zones} />
					<AcceptedHere cameraId={id} />
					{mayConfigure && <CameraSpeaker camera={camera} />}
				</div>
			</div>
			{removing && <RemoveDialog camera={camera} onClose={() => setRemoving(false)} />}
		</div>
	);
}

function CameraFacts({ camera }: { readonly camera: CameraAnswer }) {
	const { t } = useTranslation();
	const { zones, health, url, transport, sampleEveryMs, edgeId, viewConfirmed } = camera;
	return (
		<div className="camera-side">
			<CameraProblems health={health} />
			<section className="card camera-zones" aria-labelledby="camera-zones">
				<h2 id="camera-zones">{t("camera.zones")}</h2>
				{zones.length === 0 && <ProblemNote title={t("camera.noZones")} hint={t("camera.noZonesHint")} />}
				<ul>
					{zones.map(({ id, name, kind }) => (
						<li key={id}>
							<span className={`zone-swatch zone-${kind}`} aria-hidden="true" />
							{name}
							<span className="soft">{t(`kind.${kind}`)}</span>
							<LaneNotes laneId={id} />
						</li>
					))}
				</ul>
				{viewConfirmed && (
					<p className="soft camera-view-confirmed" data-testid="view-confirmed">
						{t("moved.confirmed", {
							by: viewConfirmed.by,
							time: formatShort(viewConfirmed.at, currentLanguage()),
						})}
					</p>
				)}
			</section>
			<CameraLanes zones={zones} />
			<details className="card camera-technical">
				<summary>{t("camera.technical")}</summary>
				<dl className="facts">
					<div>
						<dt>{t("camera.url")}</dt>
						<dd className="code">{url}</dd>
					</div>
					{health?.video && (
						<div>
							<dt>{t("camera.health")}</dt>
							<dd>{t("camera.video", health.video)}</dd>
						</div>
					)}
					<div>
						<dt>{t("camera.transport")}</dt>
						<dd>{transport.toUpperCase()}</dd>
					</div>
					<div>
						<dt>{t("camera.sampleEvery")}</dt>
						<dd>{t("camera.sampleEverySeconds", { seconds: sampleEveryMs / 1000 })}</dd>
					</div>
					<div>
						<dt>{t("camera.edge")}</dt>
						<dd>{edgeId}</dd>
					</div>
				</dl>
			</details>
		</div>
	);
}

/** What is to be known of a zone's lane: why nobody can know, and for how long nobody could today. */
function LaneNotes({ laneId }: { readonly laneId: string }) {
	const lane = useObservable(live, ({ picture }) => picture?.lanes.get(laneId));
	if (!lane) return null;
	return (
		<>
			<BlindToday lane={lane} />
			<LaneUnknown lane={lane} />
		</>
	);
}

function RemoveDialog({ camera, onClose }: { readonly camera: CameraAnswer; readonly onClose: () => void }) {
	const { t } = useTranslation();
	const [, navigate] = useLocation();

	async function remove() {
		await removeCamera(camera.id);
		say(t("camera.removed", { name: camera.name }));
		navigate("/cameras");
	}

	return (
		<ConfirmDialog
			title={t("camera.removeTitle")}
			confirm={t("common.remove")}
			danger
			testId="remove-dialog"
			onConfirm={remove}
			onClose={onClose}
		>
			{t("camera.removeText", { name: camera.name, count: camera.zones.length })}
		</ConfirmDialog>
	);
}
