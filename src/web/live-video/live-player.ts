import type { StreamForm, StreamPiece, StreamRefusal, StreamWords } from "#contract/live-stream.ts";
import { loadCamera } from "../api/keepclear-api.ts";
import { live } from "../live/live-store.ts";
import { Observable } from "../observable.ts";
import { StreamSocket } from "./stream-socket.ts";
import { canPlay, VideoBuffer } from "./video-buffer.ts";

/** Why there are still pictures in place of video. */
export type StillsReason = StreamRefusal | "codec" | "unsupported" | "slow" | "broken";

export interface LiveVideoState {
	/** `playing`: pictures move. `server_lost` and the like: what is shown stands still. */
	readonly phase: "connecting" | "playing" | "camera_lost" | "edge_lost" | "server_lost" | "paused";
	/** Null: video, or about to be. */
	readonly stills: StillsReason | null;
	readonly form: StreamForm;
	/** How old the picture is that is shown; null while none is. */
	readonly behindMs: number | null;
}

const followEveryMs = 200;
/** Without a picture for so long there are stills until one comes. */
const slowAfterMs = 9_000;
/** A picture that has not moved on for so long is not called live. */
const stuckAfterMs = 4_000;
const firstRetryMs = 1_000;
const longestRetryMs = 8_000;
const busyRetryMs = 30_000;
const hiddenForMs = 10_000;
const mostBreaks = 3;

/** Keeps one camera's video playing in a video element: connects, falls back, comes back, and says how it is. */
export class LivePlayer {
	readonly state = new Observable<LiveVideoState>({ phase: "connecting", stills: null, form: "copy", behindMs: null });
	readonly #cameraId: string;
	readonly #video: HTMLVideoElement;
	#socket: StreamSocket | null = null;
	#buffer: VideoBuffer | null = null;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#follower: ReturnType<typeof setInterval> | undefined;
	#hidden: ReturnType<typeof setTimeout> | undefined;
	#retryMs = firstRetryMs;
	#beganAt = 0;
	#breaks = 0;
	/** Server's clock of the stream's own zero. */
	#zeroAt: number | null = null;
	#movedAt = 0;
	#lastTime = -1;

	constructor(cameraId: string, video: HTMLVideoElement) {
		this.#cameraId = cameraId;
		this.#video = video;
		document.addEventListener("visibilitychange", this.#onVisibility);
	}

	play(): void {
		this.#stop();
		if (typeof MediaSource !== "function") return this.#set({ phase: "connecting", stills: "unsupported" });
		this.#set({ phase: "connecting", stills: null, behindMs: null });
		this.#beganAt = performance.now();
		this.#follower = setInterval(() => this.#follow(), followEveryMs);
		this.#connect();
	}

	/** What is shown stays; nothing more is fetched. */
	pause(): void {
		this.#stop();
		this.#video.pause();
		this.#set({ phase: "paused" });
	}

	close(): void {
		this.#stop();
		clearTimeout(this.#hidden);
		document.removeEventListener("visibilitychange", this.#onVisibility);
		this.#buffer?.close();
		this.#video.removeAttribute("src");
		this.#video.load();
	}

	#connect(): void {
		clearTimeout(this.#retry);
		this.#socket?.close();
		this.#socket = new StreamSocket(this.#cameraId, this.state.value.form, {
			onPiece: (piece) => this.#takePiece(piece),
			onWords: (words) => this.#takeWords(words),
			onEnd: (wasOpen) => this.#onEnd(wasOpen),
		});
	}

	#takePiece(piece: StreamPiece): void {
		if (piece.kind === "head") return this.#takeHead(piece);
		this.#zeroAt = piece.time - piece.mediaMs;
		this.#buffer?.add(piece.bytes);
	}

	#takeHead({ codec, bytes }: StreamPiece): void {
		this.#buffer?.close();
		this.#buffer = null;
		this.#zeroAt = null;
		if (canPlay(codec)) {
			this.#buffer = new VideoBuffer(this.#video, codec, bytes, () => this.#onBroken());
			return;
		}
		if (this.state.value.form === "copy") {
			this.#set({ form: "transcoded" });
			this.#connect();
		} else this.#giveUp("codec");
	}

	#takeWords({ state, reason }: StreamWords): void {
		if (state === "refused") {
			const word = reason === "cannot_transcode" ? "codec" : (reason ?? "busy");
			this.#giveUp(word);
			// Others may have left meanwhile.
			if (word !== "codec") this.#retryAfter(busyRetryMs);
			return;
		}
		this.#retryMs = firstRetryMs;
		if (state === "camera_lost" || state === "edge_lost") this.#set({ phase: state });
		else if (this.state.value.phase !== "playing") this.#set({ phase: "connecting" });
	}

	#onEnd(wasOpen: boolean): void {
		if (this.state.value.stills !== null && this.state.value.stills !== "slow" && wasOpen) return;
		this.#set({ phase: "server_lost" });
		// A WebSocket does not tell why it was refused: this says whether somebody is still signed in.
		loadCamera(this.#cameraId).catch(() => {});
		this.#retryAfter(this.#retryMs);
		this.#retryMs = Math.min(2 * this.#retryMs, longestRetryMs);
	}

	#onBroken(): void {
		this.#buffer = null;
		this.#breaks += 1;
		if (this.#breaks > mostBreaks) return this.#giveUp("broken");
		this.#connect();
	}

	#giveUp(stills: StillsReason): void {
		this.#socket?.close();
		this.#socket = null;
		this.#set({ stills, phase: "connecting", behindMs: null });
	}

	#retryAfter(ms: number): void {
		clearTimeout(this.#retry);
		this.#retry = setTimeout(() => this.#connect(), ms * (0.8 + 0.4 * Math.random()));
	}

	#follow(): void {
		this.#buffer?.follow();
		const now = performance.now();
		const { phase, stills } = this.state.value;
		const { currentTime } = this.#video;
		if (currentTime !== this.#lastTime && this.#video.readyState >= 2 && this.#zeroAt !== null) {
			this.#lastTime = currentTime;
			this.#movedAt = now;
			this.#set({ phase: "playing", stills: null, behindMs: this.#behindMs(this.#zeroAt + 1000 * currentTime) });
			return;
		}
		if (phase === "playing" && now - this.#movedAt > stuckAfterMs) this.#set({ phase: "connecting" });
		const isSlow = stills === null && this.#movedAt === 0 && now - this.#beganAt > slowAfterMs;
		if (isSlow) this.#set({ stills: "slow" });
	}

	/** To the tenth of a second: not to be told anew all the time. */
	#behindMs(shownAt: number): number {
		return Math.max(0, 100 * Math.round((Date.now() + live.value.clockOffsetMs - shownAt) / 100));
	}

	readonly #onVisibility = () => {
		clearTimeout(this.#hidden);
		if (this.state.value.phase === "paused") return;
		// A page that nobody sees must not keep a camera's stream busy.
		if (document.hidden) this.#hidden = setTimeout(() => this.#stop(), hiddenForMs);
		else if (this.#follower === undefined) this.play();
	};

	#stop(): void {
		clearTimeout(this.#retry);
		clearInterval(this.#follower);
		this.#follower = undefined;
		this.#socket?.close();
		this.#socket = null;
		this.#buffer?.close();
		this.#buffer = null;
		this.#movedAt = 0;
	}

	#set(change: Partial<LiveVideoState>): void {
		const { value } = this.state;
		const isNew = Object.entries(change).some(([key, next]) => value[key as keyof LiveVideoState] !== next);
		if (isNew) this.state.set({ ...value, ...change });
	}
}
