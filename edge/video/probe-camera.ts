import { buffer } from "node:stream/consumers";
import type { CameraProblem } from "#contract/messages/index.ts";
import { locateFfmpeg } from "#platform/ffmpeg.ts";
import { InputError } from "#platform/input-error.ts";
import { parseCameraUrl } from "./camera-address.ts";
import { CameraError } from "./camera-error.ts";
import type { CameraNetworks } from "./camera-networks.ts";
import { explainEnd } from "./explain-end.ts";
import { pictureArguments } from "./ffmpeg-arguments.ts";
import { FfmpegProcess } from "#platform/ffmpeg-process.ts";
import { readInputVideo, type VideoInfo } from "#platform/ffmpeg-report.ts";
import { RtspRelay } from "./rtsp-relay.ts";

export interface CameraToProbe {
	readonly url: string;
	readonly transport: "tcp" | "udp";
	readonly networks: CameraNetworks;
	/** For all of it. A picture begins with a key frame: cameras send one every 1 to 4 s, some every 10. */
	readonly timeoutMs: number;
	readonly signal: AbortSignal;
}

export type ProbeResult =
	| { readonly ok: true; readonly video: VideoInfo; readonly jpeg: Buffer }
	| { readonly ok: false; readonly problem: CameraProblem; readonly detail: string };

/** Longest side of the picture. */
const maxSide = 1280;

/** Connects to a camera and takes one picture. Never throws for what a camera or an address can do wrong. */
export async function probeCamera(camera: CameraToProbe): Promise<ProbeResult> {
	const { timeoutMs, signal } = camera;
	const timeout = AbortSignal.timeout(timeoutMs);
	const within = AbortSignal.any([signal, timeout]);
	try {
		return { ok: true, ...(await takePicture(camera, within)) };
	} catch (error) {
		const known = error instanceof CameraError ? error : null;
		if (timeout.aborted && (!known || known.problem === "unknown")) {
			return { ok: false, problem: "timeout", detail: `no picture within ${Math.round(timeoutMs / 1000)} s` };
		}
		if (known) return { ok: false, problem: known.problem, detail: known.message };
		if (signal.aborted) return { ok: false, problem: "unknown", detail: "stopped before there was a picture" };
		if (error instanceof InputError) return { ok: false, problem: "unknown", detail: error.message };
		throw error;
	}
}

async function takePicture(
	{ url, transport, networks, timeoutMs }: CameraToProbe,
	signal: AbortSignal,
): Promise<{ video: VideoInfo; jpeg: Buffer }> {
	const ffmpeg = await locateFfmpeg();
	const relay = await RtspRelay.open(parseCameraUrl(url), { networks, timeoutMs }, signal);
	let video: VideoInfo | null = null;
	const child = new FfmpegProcess(ffmpeg.path, pictureArguments(relay.url, transport, maxSide), "probe", {
		onLine: (line) => (video ??= readInputVideo(line)),
	});
	const abort = () => void child.kill();
	signal.addEventListener("abort", abort, { once: true });
	try {
		const [output] = child.outputs;
		const [jpeg] = await Promise.all([output ? buffer(output) : Buffer.alloc(0), child.ended]);
		signal.throwIfAborted();
		if (jpeg.length > 0 && video) return { video, jpeg };
		throw relay.problem ?? explainEnd(child.lastLines, false);
	} catch (error) {
		throw relay.problem ?? error;
	} finally {
		signal.removeEventListener("abort", abort);
		await child.kill();
		relay.close();
	}
}
