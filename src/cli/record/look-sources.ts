import type { Logger } from "#platform/log.ts";
import { CameraError } from "../../../edge/video/camera-error.ts";
import { anywhere } from "../../../edge/video/camera-networks.ts";
import { openRecording } from "../../../edge/video/file-frame-source.ts";
import type { Frame } from "../../../edge/video/frame.ts";
import { RtspCamera } from "../../../edge/video/rtsp-camera.ts";

/** Where looks come from: a camera over RTSP, or a video. */
export interface LookSource {
	readonly isLive: boolean;
	/**
	 * Until it has lasted long enough, or ends, or `signal` is aborted. Gives why it ended early, where it did: what was
	 * seen by then counts. A camera's next frame waits for `onFrame`.
	 * @throws CameraError, InputError where nothing was seen, or a video is damaged
	 */
	run(signal: AbortSignal, onFrame: (frame: Frame) => Promise<void>): Promise<string | null>;
	/** As far as it is known. */
	durationMs(): number | null;
}

/** @throws InputError for an address that is none; its password goes no further than our own relay. */
export function cameraLooks(
	url: string,
	options: {
		readonly seconds: number;
		readonly everyMs: number;
		readonly transport: "tcp" | "udp";
		readonly log: Logger;
	},
): LookSource {
	const { seconds, everyMs, transport, log } = options;
	const camera = new RtspCamera({ url, transport, networks: anywhere, sampleEveryMs: everyMs, ring: null, log });
	return {
		isLive: true,
		durationMs: () => null,
		run: async (signal, onFrame) => {
			const enough = new AbortController();
			let firstAt: number | null = null;
			let looking = Promise.resolve();
			const lost = await camera
				.run(AbortSignal.any([signal, enough.signal]), {
					onVideo: () => {},
					onRecording: () => {},
					onFrame: (frame) => {
						firstAt ??= frame.capturedAt;
						if (enough.signal.aborted || frame.capturedAt - firstAt > seconds * 1000) return enough.abort();
						looking = onFrame(frame);
						return looking.catch(() => enough.abort());
					},
				})
				.then(
					() => null,
					(error: unknown) => error,
				);
			await looking;
			if (lost instanceof CameraError && firstAt !== null) return lost.message;
			if (lost instanceof Error) throw lost;
			if (firstAt === null) throw new CameraError("no_video", "stopped before the camera sent a picture");
			return null;
		},
	};
}

/** @throws InputError for what is no video */
export async function fileLooks(
	file: string,
	{ seconds, everyMs }: { readonly seconds: number; readonly everyMs: number },
): Promise<LookSource> {
	const recording = await openRecording(file, { sampleEveryMs: everyMs });
	return {
		isLive: false,
		durationMs: () => Math.min(recording.durationMs, seconds * 1000),
		run: async (signal, onFrame) => {
			for await (const frame of recording.frames(signal)) {
				if (frame.capturedAt > seconds * 1000) break;
				await onFrame(frame);
			}
			return null;
		},
	};
}
