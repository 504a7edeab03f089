import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/dialog.tsx";
import { lazyPage } from "../../i18n/lazy-page.ts";
import type { WallPicture } from "../../live/wall-picture.ts";

// The window opens at once; what stands in it is no part of the wall's first load.
const LaneDetail = lazyPage(() => import("./lane-detail.tsx"));
const AlertDetail = lazyPage(() => import("../alerts/alert-detail.tsx"));
const LiveVideo = lazyPage(() =>
	import("../../live-video/live-video.tsx").then((made) => ({ default: made.LiveVideo })),
);

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
			<Suspense fallback={<p className="loading">{t("app.loading")}</p>}>
				<LaneDetail lane={lane} />
			</Suspense>
		</Dialog>
	);
}
