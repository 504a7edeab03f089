import { pino } from "pino";
import { CameraError } from "../../edge/video/camera-error.ts";
import { anywhere } from "../../edge/video/camera-networks.ts";
import type { VideoInfo } from "#platform/ffmpeg-report.ts";
import type { Frame } from "../../edge/video/frame.ts";
import { RtspCamera, type RtspCameraOptions } from "../../edge/video/rtsp-camera.ts";
import { until as untilWithin } from "./poll.ts";

/** Cameras take seconds to begin, on a busy machine many. */
export const until: typeof untilWithin = (what, look, options) =>
	untilWithin(what, look, { deadlineMs: 40_000, ...options });

export const silentLog = pino({ level: "silent" });

/** A camera of the edge's under watch: what it gave so far, and how it ended. */
export function watchCamera(options: Partial<RtspCameraOptions> & { readonly url: string }) {
	const stop = new AbortController();
	const seen = { frames: [] as Frame[], videos: [] as VideoInfo[], recording: [] as boolean[] };
	const camera = new RtspCamera({
		transport: "tcp",
		networks: anywhere,
		sampleEveryMs: 500,
		ring: null,
		log: silentLog,
		...options,
	});
	const ended = camera
		.run(stop.signal, {
			onFrame: (frame) => void seen.frames.push(frame),
			onVideo: (video) => void seen.videos.push(video),
			onRecording: (isRecording) => void seen.recording.push(isRecording),
		})
		.then(
			() => "stopped" as const,
			(error: unknown) => error,
		);
	return {
		...seen,
		ended,
		/** The failure with which it ended. */
		failure: async (): Promise<CameraError> => {
			const end = await ended;
			if (end instanceof CameraError) return end;
			throw new Error("the camera did not fail", { cause: end });
		},
		stop: async () => {
			stop.abort();
			return ended;
		},
	};
}
