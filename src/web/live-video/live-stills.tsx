import { useTranslation } from "react-i18next";
import { LanePicture } from "../components/lane-picture.tsx";
import { LivePicture } from "../components/live-picture.tsx";
import { currentLanguage } from "../i18n/i18n.ts";
import { useLiveView } from "../pages/zones/use-live-view.ts";
import { formatClock } from "../time/format-time.ts";

/** A picture each second, as the worker sees it: for where no video plays. */
export function LiveStills({ cameraId, alt }: { readonly cameraId: string; readonly alt: string }) {
	const { t } = useTranslation();
	const view = useLiveView(cameraId, true);
	if (!view?.picture) return <LivePicture cameraId={cameraId} alt={alt} />;
	return (
		<div className="live-picture" data-testid="live-stills">
			<LanePicture src={view.picture} alt={alt} fit="whole" missing={t("camera.noPicture")} />
			<p className="soft digits live-stills-time">
				{t("seen.at", { clock: formatClock(view.overlay?.at ?? view.cameAt, currentLanguage()) })}
			</p>
		</div>
	);
}
