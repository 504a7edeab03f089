import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { account, may } from "../../account.ts";
import { pictureUrl } from "../../api/keepclear-api.ts";
import { Icon } from "../../components/icon.tsx";
import { LanePicture } from "../../components/lane-picture.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { useLiveCameras } from "../../live/use-live-lists.ts";
import { useObservable } from "../../observable.ts";
import { useTicking } from "../../time/clock.ts";
import { CameraHealthBadge, CameraProblems } from "./camera-health.tsx";
import "./cameras.css";

const newPictureEveryMs = 10_000;

/** All cameras: those with a problem first. */
export default function CamerasPage() {
	const { t } = useTranslation();
	const mayConfigure = may(useObservable(account), "configure");
	const { value: cameras, error, loading, reload } = useLiveCameras();
	const add = mayConfigure && (
		<Link href="/cameras/new" className="button primary" data-testid="add-camera">
			<Icon name="plus" />
			{t("camera.add")}
		</Link>
	);
	if (loading) return <p className="loading">{t("app.loading")}</p>;
	if (!cameras) return <Failure title={t("camera.title")} error={error} onRetry={reload} />;
	if (cameras.length === 0) {
		return (
			<Message icon="camera" title={t("camera.none")} hint={t("camera.noneHint")}>
				{add}
			</Message>
		);
	}
	const sorted = [...cameras].sort(
		(a, b) => trouble(b) - trouble(a) || a.name.localeCompare(b.name, "zh-CN", { numeric: true }),
	);
	return (
		<div className="page">
			<div className="page-head">
				<h1>{t("camera.title")}</h1>
				{add}
			</div>
			<ul className="cameras">
				{sorted.map((camera) => (
					<CameraCard key={camera.id} camera={camera} />
				))}
			</ul>
		</div>
	);
}

function CameraCard({ camera }: { readonly camera: CameraAnswer }) {
	const { t } = useTranslation();
	const { id, name, health, zones, pictureAt } = camera;
	const fresh = useTicking((now) => now - (now % newPictureEveryMs));
	const online = health?.state === "online";
	return (
		<li className="camera-card card" data-testid="camera-card" data-camera={id}>
			<Link href={`/cameras/${id}`} className="camera-card-link">
				<LanePicture
					src={pictureAt === null ? null : pictureUrl(id, online ? Math.max(pictureAt, fresh) : pictureAt)}
					alt=""
					loading="lazy"
					tone={online ? "" : "tone-unknown"}
				/>
				<span className="camera-card-head">
					<strong>{name}</strong>
					<CameraHealthBadge health={health} />
				</span>
			</Link>
			<div className="camera-card-notes">
				<CameraProblems health={health} />
				<p className={zones.length === 0 ? "camera-no-zones" : "soft"}>
					{zones.length === 0 ? t("camera.noZonesHint") : t("camera.zoneCount", { count: zones.length })}
				</p>
			</div>
		</li>
	);
}

const trouble = ({ health, zones }: CameraAnswer) =>
	(health?.state === "online" ? (health.recording ? 0 : 2) : 4) + (zones.length === 0 ? 1 : 0);
