import { CameraError } from "./camera-error.ts";

export interface Patience {
	readonly silentAfterMs: number;
	readonly noPictureAfterMs: number;
	/** Whether data show before they have become a picture: not with UDP, where the first sign is the first key frame. */
	readonly seesData: boolean;
}

/** On a busy machine ffmpeg itself takes seconds to begin. */
const leastStartMs = 10_000;

/**
 * The watchdog. ffmpeg's own time-outs do not do: without them it waits for ever at a silent camera, with them it gives
 * up after several times what it was told, and ends as if all were well.
 */
export class SignsOfLife {
	/** When the last frame came; ms, monotonic: a clock that is set is no silence. */
	frameAt: number | null = null;
	/** When data last came that may become one. */
	dataAt: number | null = null;
	readonly #limits: Patience;
	readonly #startedAt = performance.now();

	constructor(limits: Patience) {
		this.#limits = limits;
	}

	/** @param otherDataAt another place where data may have been seen */
	watch(otherDataAt: () => number | null): { failure: Promise<CameraError>; stop: () => void } {
		let timer: NodeJS.Timeout | undefined;
		const failure = new Promise<CameraError>((resolve) => {
			timer = setInterval(
				() => {
					this.dataAt = Math.max(this.dataAt ?? 0, otherDataAt() ?? 0) || null;
					const error = this.verdict(performance.now());
					if (error) resolve(error);
				},
				Math.min(500, this.#limits.silentAfterMs / 4),
			);
		});
		return { failure, stop: () => clearInterval(timer) };
	}

	/** Why the camera is to be given up at `now` (monotonic ms), or null. */
	verdict(now: number): CameraError | null {
		const { silentAfterMs, noPictureAfterMs, seesData } = this.#limits;
		const lastAt = Math.max(this.frameAt ?? 0, this.dataAt ?? 0);
		const firstWithinMs = seesData ? Math.max(silentAfterMs, leastStartMs) : noPictureAfterMs;
		const patienceMs = lastAt === 0 ? firstWithinMs : silentAfterMs;
		if (now - Math.max(lastAt, this.#startedAt) > patienceMs) {
			return lastAt === 0
				? new CameraError("timeout", `the camera has sent no video within ${seconds(now - this.#startedAt)} s`)
				: new CameraError("silent", `the camera has sent nothing for ${seconds(now - lastAt)} s`);
		}
		const noPictureMs = now - (this.frameAt ?? this.#startedAt);
		if (noPictureMs <= noPictureAfterMs) return null;
		const text = `the camera sends data, but none that gave a picture for ${seconds(noPictureMs)} s`;
		return new CameraError("corrupt_stream", text);
	}
}

const seconds = (ms: number) => Math.round(ms / 1000);
