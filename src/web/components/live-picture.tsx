import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { pictureUrl } from "../api/keepclear-api.ts";
import { currentLanguage } from "../i18n/i18n.ts";
import { formatShort } from "../time/format-time.ts";
import { LanePicture } from "./lane-picture.tsx";

const everyMs = 1_000;
/** Older than this a picture is called so. */
const oldAfterMs = 30_000;

interface LivePictureProps {
	readonly cameraId: string;
	readonly alt: string;
	readonly pictureAt: number | null;
	readonly polygon?: readonly (readonly [number, number])[];
	readonly tone?: string;
}

/** The camera's newest picture, asked for each second while the tab is looked at. */
export function LivePicture({ cameraId, alt, pictureAt, polygon, tone }: LivePictureProps) {
	const { t } = useTranslation();
	const { src, takenAt } = useNewestPicture(cameraId, pictureAt);
	const at = takenAt ?? pictureAt;
	const old = at !== null && Date.now() - at > oldAfterMs;
	return (
		<figure className="live-picture" data-testid="live-picture">
			<LanePicture src={src} alt={alt} polygon={polygon} tone={tone ?? ""} missing={t("camera.noPicture")} />
			{at !== null && src !== null && (
				<figcaption className={old ? "picture-old digits" : "soft digits"}>
					{t(old ? "camera.pictureOld" : "camera.pictureAge", { time: formatShort(at, currentLanguage()) })}
				</figcaption>
			)}
		</figure>
	);
}

/** Loads each picture before it is shown, so that none flickers; a slow link gets fewer, never a queue. */
function useNewestPicture(cameraId: string, pictureAt: number | null) {
	const [shown, setShown] = useState<{ src: string | null; takenAt: number | null }>({ src: null, takenAt: null });
	const none = pictureAt === null;
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let ended = false;
		const next = () => {
			if (ended) return;
			timer = setTimeout(document.hidden ? next : load, everyMs);
		};
		const load = () => {
			const image = new Image();
			const src = pictureUrl(cameraId, Date.now());
			image.onload = () => {
				if (!ended) setShown({ src, takenAt: null });
				next();
			};
			image.onerror = next;
			image.src = src;
		};
		load();
		return () => {
			ended = true;
			clearTimeout(timer);
		};
	}, [cameraId, none]);
	return shown;
}
