import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { errorText } from "../../api/error-text.ts";
import { confirmView } from "../../api/keepclear-api.ts";
import { IfMay } from "../../components/if-may.tsx";
import { Icon } from "../../components/icon.tsx";
import { say } from "../../components/notices.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { live } from "../../live/live-store.ts";
import { type MovedView, movedViewOf } from "../../live/moved-view.ts";
import { useObservable } from "../../observable.ts";
import { formatShort } from "../../time/format-time.ts";

/** Whether the camera looks elsewhere than when its zones were drawn. */
export function useMovedView(camera: CameraAnswer | null): MovedView | null {
	const lanes = useObservable(live, ({ picture }) => picture?.lanes);
	return camera && lanes ? movedViewOf(camera, lanes.values()) : null;
}

interface MovedBannerProps {
	readonly camera: CameraAnswer;
	readonly moved: MovedView | null;
	readonly onCamera: (camera: CameraAnswer) => void;
	/** Why it cannot be confirmed just now. */
	readonly notNow?: string | undefined;
	/** What else can be done, beside confirming. */
	readonly children?: ReactNode;
}

/** Asks for a person's word on the zones of a camera that has moved. */
export function MovedBanner({ camera, moved, onCamera, notNow, children }: MovedBannerProps) {
	const { t } = useTranslation();
	const [busy, setBusy] = useState(false);
	if (!moved) return null;
	const time = (at: number) => formatShort(at, currentLanguage());

	async function confirm() {
		setBusy(true);
		try {
			onCamera(await confirmView(camera.id));
			say(t("moved.thanks"));
		} catch (error) {
			say(errorText(t, error), "bad");
		} finally {
			setBusy(false);
		}
	}

	const { viewConfirmed } = camera;
	if (moved.confirmed && viewConfirmed) {
		return (
			<p className="moved moved-waiting" role="status" data-testid="camera-moved" data-confirmed="true">
				<Icon name="check" />
				{t("moved.waiting", { by: viewConfirmed.by, time: time(viewConfirmed.at) })}
			</p>
		);
	}
	return (
		<section className="moved" role="alert" data-testid="camera-moved" data-confirmed="false">
			<Icon name="warning" size={22} />
			<div>
				<h2>{t("moved.title")}</h2>
				<p>{t("moved.text", { time: time(moved.since) })}</p>
				{notNow !== undefined && <p className="soft">{notNow}</p>}
				<div className="buttons">
					<IfMay right={["handle", "configure"]}>
						<button
							type="button"
							className="button primary"
							disabled={busy || notNow !== undefined}
							data-testid="confirm-view"
							onClick={() => void confirm()}
						>
							<Icon name="check" />
							{t("moved.confirm")}
						</button>
					</IfMay>
					{children}
				</div>
			</div>
		</section>
	);
}
