import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../components/icon.tsx";
import { LivePicture } from "../components/live-picture.tsx";
import { Observable, useObservable } from "../observable.ts";
import { LivePlayer, type LiveVideoState } from "./live-player.ts";
import { LiveStills } from "./live-stills.tsx";
import "./live-video.css";

const idle = new Observable<LiveVideoState>({ phase: "connecting", stills: null, form: "copy", behindMs: null });

interface LiveVideoProps {
	readonly cameraId: string;
	/** The camera's name. */
	readonly name: string;
}

/** A camera's live video, and how old it is. Where no video plays: still pictures, and why. */
export function LiveVideo({ cameraId, name }: LiveVideoProps) {
	const { t } = useTranslation();
	const frame = useRef<HTMLElement>(null);
	const video = useRef<HTMLVideoElement>(null);
	const [player, setPlayer] = useState<LivePlayer | null>(null);
	const state = useObservable(player?.state ?? idle);
	useEffect(() => {
		if (!video.current) return;
		const made = new LivePlayer(cameraId, video.current);
		setPlayer(made);
		made.play();
		return () => made.close();
	}, [cameraId]);

	const { phase, stills, behindMs } = state;
	const shown = stills ? "stills" : phase;
	const isPaused = phase === "paused";
	return (
		<figure ref={frame} className="live-video" data-testid="live-video" data-shown={shown} data-form={state.form}>
			<div className="live-video-frame">
				<video ref={video} className="live-video-moving" muted playsInline aria-label={t("video.videoOf", { name })} />
				{behindMs === null && (
					<div className="live-video-still">
						{stills ? (
							<LiveStills cameraId={cameraId} alt={t("video.stillsOf", { name })} />
						) : (
							<LivePicture cameraId={cameraId} alt={t("video.stillsOf", { name })} />
						)}
					</div>
				)}
				{phase !== "playing" && !stills && !isPaused && (
					<p className="live-video-note" data-testid="live-video-note">
						{phase === "connecting" ? (
							<span className="live-video-spinner" aria-hidden="true" />
						) : (
							<Icon name="warning" />
						)}
						{t(`video.${phase}`)}
					</p>
				)}
			</div>
			<figcaption className="live-video-bar">
				<span className="live-video-words" role="status" data-testid="live-video-words">
					<StateWords state={state} />
				</span>
				{stills === null && (
					<button
						type="button"
						className="button small"
						data-testid="live-video-play"
						onClick={() => (isPaused ? player?.play() : player?.pause())}
					>
						<Icon name={isPaused ? "play" : "pause"} />
						{t(isPaused ? "video.play" : "video.pause")}
					</button>
				)}
				{stills !== null && (
					<button type="button" className="button small" onClick={() => player?.play()}>
						<Icon name="refresh" />
						{t("video.tryVideo")}
					</button>
				)}
				<button
					type="button"
					className="button small"
					data-testid="live-video-full"
					onClick={() => void toggleFullScreen(frame.current)}
				>
					<Icon name="full" />
					{t("video.full")}
				</button>
			</figcaption>
		</figure>
	);
}

function StateWords({ state: { phase, stills, form, behindMs } }: { readonly state: LiveVideoState }) {
	const { t } = useTranslation();
	if (stills) return t("video.stillsBecause", { why: t(`video.why.${stills}`) });
	if (phase === "paused") return t("video.paused");
	if (phase !== "playing") return t(`video.${phase}`);
	if (behindMs === null) return t("video.connecting");
	const seconds = (behindMs / 1000).toFixed(1);
	return (
		<>
			<span className="live-video-dot" aria-hidden="true" />
			<span className="digits">{t("video.behind", { seconds })}</span>
			{form === "transcoded" && <span className="soft"> · {t("video.transcoded")}</span>}
		</>
	);
}

async function toggleFullScreen(element: HTMLElement | null): Promise<void> {
	if (document.fullscreenElement) await document.exitFullscreen();
	else await element?.requestFullscreen().catch(() => {}); // some telephones have none
}
