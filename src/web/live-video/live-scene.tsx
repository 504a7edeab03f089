import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../components/icon.tsx";
import { LivePicture, type LivePictureProps } from "../components/live-picture.tsx";
import "./live-scene.css";

const LiveVideo = lazy(() => import("./live-video.tsx").then((made) => ({ default: made.LiveVideo })));

interface LiveSceneProps extends LivePictureProps {
	readonly name: string;
}

/** The camera's newest picture; video when somebody asks for it: a camera that nobody watches sends none. */
export function LiveScene({ name, ...picture }: LiveSceneProps) {
	const { t } = useTranslation();
	const [isVideo, setVideo] = useState(false);
	return (
		<div className="live-scene" data-testid="live-scene">
			{isVideo ? (
				<Suspense fallback={<LivePicture {...picture} />}>
					<LiveVideo cameraId={picture.cameraId} name={name} />
				</Suspense>
			) : (
				<LivePicture {...picture} />
			)}
			<button
				type="button"
				className="button small live-scene-button"
				data-testid="live-scene-switch"
				aria-pressed={isVideo}
				onClick={() => setVideo(!isVideo)}
			>
				<Icon name={isVideo ? "camera" : "play"} />
				{t(isVideo ? "video.toPicture" : "video.toVideo")}
			</button>
		</div>
	);
}
