import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { loadPicture } from "../api/keepclear-api.ts";
import { currentLanguage } from "../i18n/i18n.ts";
import { useTicking } from "../time/clock.ts";
import { formatShort } from "../time/format-time.ts";
import { LanePicture } from "./lane-picture.tsx";

const everyMs = 1_000;
/** Older than this a picture is called so. */
const oldAfterMs = 30_000;

export interface LivePictureProps {
	readonly cameraId: string;
	readonly alt: string;
	readonly polygon?: readonly (readonly [number, number])[] | undefined;
	/** All zones of the camera. */
	readonly zones?: readonly (readonly (readonly [number, number])[])[] | undefined;
	readonly tone?: string;
}

/** The camera's newest picture, asked for each second while the tab is looked at, with the time it was taken. */
export function LivePicture({ cameraId, alt, polygon, zones, tone }: LivePictureProps) {
	const { t } = useTranslation();
	const { src, takenAt } = useNewestPicture(cameraId);
	const old = useTicking((now) => (takenAt !== null && now - takenAt > oldAfterMs ? "old" : "fresh")) === "old";
	return (
		<figure className="live-picture" data-testid="live-picture">
			<LanePicture
				src={src}
				alt={alt}
				polygon={polygon}
				zones={zones}
				tone={tone ?? ""}
				fit="whole"
				missing={t("camera.noPicture")}
			/>
			{takenAt !== null && (
				<figcaption className={old ? "picture-old digits" : "soft digits"}>
					{t(old ? "camera.pictureOld" : "camera.pictureAge", { time: formatShort(takenAt, currentLanguage()) })}
				</figcaption>
			)}
		</figure>
	);
}

interface Shown {
	readonly src: string | null;
	readonly takenAt: number | null;
}

/** One request after another: a slow link gets fewer pictures, never a queue of them. */
export function useNewestPicture(cameraId: string, paused = false): Shown {
	const [shown, setShown] = useState<Shown>({ src: null, takenAt: null });
	useEffect(() => {
		if (paused) return;
		const left = new AbortController();
		let timer: ReturnType<typeof setTimeout> | undefined;
		const look = async () => {
			const picture = document.hidden ? null : await loadPicture(cameraId, left.signal).catch(() => null);
			if (left.signal.aborted) return;
			if (picture) {
				setShown((before) => {
					if (before.takenAt === picture.takenAt && before.src !== null) return before;
					// The one before stays until the browser has the new one on the screen.
					if (before.src !== null) setTimeout(() => URL.revokeObjectURL(before.src ?? ""), 5_000);
					return { src: URL.createObjectURL(picture.jpeg), takenAt: picture.takenAt };
				});
			}
			timer = setTimeout(() => void look(), everyMs);
		};
		void look();
		return () => {
			left.abort();
			clearTimeout(timer);
		};
	}, [cameraId, paused]);
	return shown;
}
