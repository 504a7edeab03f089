import { once } from "node:events";
import type { Readable } from "node:stream";
import { type Ffmpeg, locateFfmpeg } from "#platform/ffmpeg.ts";
import type { Logger } from "#platform/log.ts";
import { steadyNow } from "../clock/steady-clock.ts";
import { type CameraAddress, parseCameraUrl } from "./camera-address.ts";
import { CameraError } from "./camera-error.ts";
import type { CameraNetworks } from "./camera-networks.ts";
import { explainEnd } from "./explain-end.ts";
import { cameraArguments } from "./ffmpeg-arguments.ts";
import { FfmpegProcess } from "#platform/ffmpeg-process.ts";
import { readInputVideo, ShownFrames, type VideoInfo } from "#platform/ffmpeg-report.ts";
import type { Frame } from "./frame.ts";
import type { LiveTap } from "./live-tap.ts";
import { NewestOnly } from "./newest-only.ts";
import { NoiseWatch } from "./noise-watch.ts";
import { PpmReader } from "./ppm-reader.ts";
import { RtspRelay } from "./rtsp-relay.ts";
import type { SegmentRing } from "./segment-ring.ts";
import { SignsOfLife } from "./signs-of-life.ts";
import type { StartGate } from "./start-gate.ts";
import { StreamCopy } from "./stream-copy.ts";

export interface RtspCameraOptions {
	/** rtsp:// or rtsps://, with user and password percent-encoded where the camera asks for them. */
	readonly url: string;
	readonly transport: "tcp" | "udp";
	readonly networks: CameraNetworks;
	/** At most one frame in this time; fewer where the camera sends fewer. */
	readonly sampleEveryMs: number;
	/** Longest side of a frame in pixels. Default: 1280. */
	readonly maxSide?: number;
	/** `keyframes` takes a fraction of the work and gives one frame per group of pictures. Default: all. */
	readonly decode?: "all" | "keyframes";
	/** Where the stream is recorded; null: nowhere. */
	readonly ring: SegmentRing | null;
	/** Who watches the stream itself; absent: nobody can. */
	readonly live?: LiveTap;
	/** Shared by those that are started beside each other; absent: it starts at once. */
	readonly starts?: StartGate;
	/** A camera that is silent for so long is given up. Default: 10 s. */
	readonly silentAfterMs?: number;
	/** A camera that sends, but of which no picture could be decoded for so long, is given up. Default: 30 s. */
	readonly noPictureAfterMs?: number;
	readonly log: Logger;
}

export interface CameraReceiver {
	/** Where it returns a promise, the next frame waits for it; older frames that wait are dropped. Must not reject. */
	onFrame(frame: Frame): void | Promise<void>;
	/** With every connection, and when the camera's picture changes its size. */
	onVideo(info: VideoInfo): void;
	/** With the first segment and on every change. False: the disk takes nothing, frames go on. */
	onRecording(isRecording: boolean): void;
}

const connectTimeoutMs = 8_000;

/** One camera over RTSP: one session, one ffmpeg, of which frames, recording and live video come. */
export class RtspCamera {
	readonly #options: RtspCameraOptions;
	readonly #address: CameraAddress;

	/** @throws InputError for an address that is none */
	constructor(options: RtspCameraOptions) {
		this.#options = options;
		this.#address = parseCameraUrl(options.url);
	}

	/**
	 * One connection, until it is lost; whether to try again is the caller's. Returns only when `signal` is aborted and
	 * everything has stopped.
	 * @throws CameraError, whose message holds no secrets; InputError when there is no ffmpeg
	 */
	async run(signal: AbortSignal, receiver: CameraReceiver): Promise<void> {
		const ffmpeg = await locateFfmpeg();
		while (!signal.aborted) {
			const end = await this.#session(ffmpeg, signal, receiver);
			if (signal.aborted) return;
			if (end instanceof CameraError) throw end;
			this.#options.log.info(end, "the camera's picture has another size now: connecting anew");
		}
	}

	async #session(
		ffmpeg: Ffmpeg,
		signal: AbortSignal,
		receiver: CameraReceiver,
	): Promise<CameraError | { was: string; is: string }> {
		const { transport, ring, live, starts } = this.#options;
		const patience = { silentAfterMs: 10_000, noPictureAfterMs: 30_000, ...this.#options };
		const relay = await openUnlessAborted(this.#address, this.#options.networks, signal);
		if (!relay) return new CameraError("unknown", "stopped");
		const hasStarted = (await starts?.enter(signal)) ?? (() => {});
		if (signal.aborted) {
			hasStarted();
			relay.close();
			return new CameraError("unknown", "stopped");
		}
		const life = new SignsOfLife({ ...patience, seesData: transport === "tcp" });
		const writer = ring?.record((isRecording) => receiver.onRecording(isRecording)) ?? null;
		const analysis = { maxSide: 1280, decode: "all", ...this.#options } as const;
		const copy = writer || live ? new StreamCopy(writer, live ?? null) : null;
		const args = cameraArguments(relay.url, transport, analysis, copy !== null, ffmpeg.version);
		const report = new StreamReport(receiver);
		const child = new FfmpegProcess(ffmpeg.path, args, "camera", {
			descriptors: copy ? 2 : 1,
			onLine: (line) => report.read(line),
		});
		const over = new AbortController();
		try {
			const [frames, copied] = child.outputs;
			frames?.once("data", hasStarted);
			const unreadable = frames ? readFrames(frames, { life, noise: report.noise, receiver }) : never;
			copied?.on("data", (chunk: Buffer) => {
				life.dataAt = performance.now();
				copy?.take(chunk, steadyNow());
			});
			const ended = child.ended.then(
				() => "ended" as const,
				(error: Error) => error,
			);
			const silent = life.watch(() => relay.dataAt);
			const stopped = once(signal, "abort", { signal: over.signal }).then(
				() => "aborted" as const,
				() => "aborted" as const,
			);
			const how = await Promise.race([ended, silent.failure, report.changed, unreadable, stopped]);
			silent.stop();
			if (how instanceof CameraError) return relay.problem ?? how;
			if (how instanceof Error) return new CameraError("unknown", "ffmpeg cannot be used", { cause: how });
			if (typeof how === "object") return how;
			return relay.problem ?? explainEnd(child.lastLines, life.frameAt !== null);
		} finally {
			over.abort();
			hasStarted();
			await child.stop();
			relay.close();
			await copy?.end();
		}
	}
}

async function openUnlessAborted(
	address: CameraAddress,
	networks: CameraNetworks,
	signal: AbortSignal,
): Promise<RtspRelay | null> {
	try {
		return await RtspRelay.open(address, { networks, timeoutMs: connectTimeoutMs }, signal);
	} catch (error) {
		if (signal.aborted) return null;
		throw error;
	}
}

/** @returns a promise that is fulfilled only when the pipe holds what cannot be read */
function readFrames(
	pipe: Readable,
	{ life, noise, receiver }: { life: SignsOfLife; noise: NoiseWatch; receiver: CameraReceiver },
): Promise<Error> {
	const reader = new PpmReader();
	const newest = new NewestOnly<Frame>((frame) => receiver.onFrame(frame));
	return new Promise((resolve) => {
		pipe.on("data", (chunk: Buffer) => {
			try {
				for (const { width, height, rgb } of reader.take(chunk)) {
					if (noise.isNoise()) continue;
					const capturedAt = steadyNow();
					life.frameAt = performance.now();
					newest.offer({ capturedAt, width, height, rgb });
				}
			} catch (error) {
				resolve(error as Error);
			}
		});
	});
}

const never = new Promise<never>(() => {});

/** Reads off ffmpeg's report what the camera sends, notices when that changes, and which pictures are noise. */
class StreamReport {
	readonly changed: Promise<{ was: string; is: string }>;
	readonly noise = new NoiseWatch();
	readonly #receiver: CameraReceiver;
	readonly #frames = new ShownFrames();
	#tell: (change: { was: string; is: string }) => void = () => {};
	#isKnown = false;
	#shape: string | null = null;

	constructor(receiver: CameraReceiver) {
		this.#receiver = receiver;
		this.changed = new Promise((resolve) => (this.#tell = resolve));
	}

	read(line: string) {
		const video = this.#isKnown ? null : readInputVideo(line);
		if (video) {
			this.#isKnown = true;
			this.#receiver.onVideo(video);
		}
		const now = performance.now();
		this.noise.read(line, now);
		const shape = this.#frames.read(line)?.shape;
		if (!shape || this.noise.shown(now)) return;
		if (this.#shape !== null && shape !== this.#shape) this.#tell({ was: this.#shape, is: shape });
		this.#shape = shape;
	}
}
