import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { ExemptTag } from "../../components/exempt-tag.tsx";
import { Icon } from "../../components/icon.tsx";
import { LaneUnknown } from "../../components/lane-unknown.tsx";
import { StateBadge } from "../../components/state-sign.tsx";
import { TickingDwell, useBlindToday } from "../../components/ticking.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import type { WallPicture } from "../../live/wall-picture.ts";
import { LiveScene } from "../../live-video/live-scene.tsx";
import { formatShort } from "../../time/format-time.ts";
import { ExemptStays } from "../permits/exempt-stays.tsx";
import { LanePermits } from "../permits/lane-permits.tsx";

const AlertDetail = lazy(() => import("../alerts/alert-detail.tsx"));
const LiveVideo = lazy(() => import("../../live-video/live-video.tsx").then((made) => ({ default: made.LiveVideo })));

interface WallDrawerProps {
	readonly picture: WallPicture;
	readonly alertId: string | null;
	readonly laneId: string | null;
	/** The lane whose camera is watched. */
	readonly watchedLaneId: string | null;
	readonly onClose: () => void;
}

/** An alert or a lane, opened beside the wall, which goes on behind it. */
export function WallDrawer({ picture, alertId, laneId, watchedLaneId, onClose }: WallDrawerProps) {
	const { t } = useTranslation();
	const lane = laneId === null ? undefined : picture.lanes.get(laneId);
	const watched = watchedLaneId === null ? undefined : picture.lanes.get(watchedLaneId);
	if (watched) {
		return (
			<Dialog key={`live ${watched.id}`} title={watched.name} look="wide" onClose={onClose} testId="live-dialog">
				<Suspense fallback={<p className="loading">{t("app.loading")}</p>}>
					<LiveVideo cameraId={watched.cameraId} name={watched.cameraName} />
				</Suspense>
			</Dialog>
		);
	}
	if (alertId !== null) {
		const known = picture.openAlerts.get(alertId);
		return (
			<Dialog
				key={alertId}
				title={known?.laneName ?? t("alert.page")}
				look="drawer"
				onClose={onClose}
				testId="alert-drawer"
			>
				<Suspense fallback={<p className="loading">{t("app.loading")}</p>}>
					<AlertDetail id={alertId} />
				</Suspense>
			</Dialog>
		);
	}
	if (!lane) return null;
	return (
		<Dialog key={lane.id} title={lane.name} look="drawer" onClose={onClose} testId="lane-drawer">
			<LaneDetail lane={lane} />
		</Dialog>
	);
}

function LaneDetail({ lane }: { readonly lane: LaneAnswer }) {
	const { t } = useTranslation();
	const { cameraId, cameraName, state, reason, since, kind, polygon } = lane;
	const blindToday = useBlindToday(lane);
	return (
		<>
			<p className="lane-detail-state">
				<StateBadge state={state} />
				<span>{t(`stateHint.${state}`)}</span>
				<ExemptTag lane={lane} />
			</p>
			<LaneUnknown lane={lane} />
			<LiveScene
				cameraId={cameraId}
				name={cameraName}
				alt={t("camera.livePicture", { name: cameraName })}
				polygon={polygon}
				tone={`tone-${state}`}
			/>
			<dl className="facts">
				<div>
					<dt>{t("zone.kind")}</dt>
					<dd>{t(`kind.${kind}`)}</dd>
				</div>
				<div>
					<dt>{t("alert.camera")}</dt>
					<dd>{cameraName}</dd>
				</div>
				{blindToday !== "" && (
					<div>
						<dt title={t("blind.hint")}>{t("blind.today")}</dt>
						<dd className="digits" data-testid="blind-today">
							{blindToday}
						</dd>
					</div>
				)}
				{since !== null && (state !== "unknown" || reason === null) && (
					<div>
						<dt>{t(`state.${state}`)}</dt>
						<dd>
							<TickingDwell since={since} />{" "}
							<span className="soft">{t("wall.since", { time: formatShort(since, currentLanguage()) })}</span>
						</dd>
					</div>
				)}
			</dl>
			<LanePermits laneId={lane.id} />
			<ExemptStays laneId={lane.id} />
			<div className="buttons">
				<Link className="button" href={`/cameras/${cameraId}`}>
					<Icon name="camera" />
					{t("wall.toCamera")}
				</Link>
				<Link className="button" href={`/cameras/${cameraId}/zones`}>
					<Icon name="polygon" />
					{t("wall.toZones")}
				</Link>
				<Link className="button" href={`/alerts?lane=${lane.id}`}>
					<Icon name="bell" />
					{t("wall.toHistory")}
				</Link>
			</div>
		</>
	);
}
