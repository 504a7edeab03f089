/** How far behind the newest picture is played: two fragments, so that one that is late does not stop it. */
const aimBehindS = 0.5;
/** From here on it plays a little faster; from there on it jumps. */
const hurryBehindS = 1.2;
const jumpBehindS = 3;
/** What was played is kept for so long, for the browser's decoder. */
const keepS = 12;
/** Fragments that wait for the browser; more than this comes only where it has stopped. */
const mostWaiting = 200;

export const canPlay = (codec: string) =>
	codec !== "" && typeof MediaSource === "function" && MediaSource.isTypeSupported(typeOf(codec));

const typeOf = (codec: string) => `video/mp4; codecs="${codec}"`;

/** One stream's fragments in a video element, played as close to their end as can be. A new head takes a new one of these. */
export class VideoBuffer {
	readonly #video: HTMLVideoElement;
	readonly #source = new MediaSource();
	readonly #url: string;
	readonly #onBroken: () => void;
	readonly #waiting: Uint8Array<ArrayBuffer>[] = [];
	#buffer: SourceBuffer | null = null;
	#isClosed = false;

	/** @param onBroken when the browser cannot decode what came, once */
	constructor(video: HTMLVideoElement, codec: string, head: Uint8Array, onBroken: () => void) {
		this.#video = video;
		this.#onBroken = onBroken;
		this.#url = URL.createObjectURL(this.#source);
		this.#waiting.push(new Uint8Array(head));
		this.#source.addEventListener("sourceopen", () => this.#open(codec), { once: true });
		video.addEventListener("error", this.#fail);
		video.src = this.#url;
	}

	add(fragment: Uint8Array): void {
		if (this.#waiting.length > mostWaiting) return this.#fail();
		this.#waiting.push(new Uint8Array(fragment));
		this.#append();
	}

	/** Several times a second: stays at the end, and leaves holes and what is old behind. */
	follow(): void {
		const { buffered, currentTime } = this.#video;
		if (buffered.length === 0) return;
		const [start, end] = [buffered.start(buffered.length - 1), buffered.end(buffered.length - 1)];
		const behind = end - currentTime;
		if (currentTime < start || behind > jumpBehindS) this.#video.currentTime = Math.max(start, end - aimBehindS);
		this.#video.playbackRate = behind > hurryBehindS ? 1.15 : behind < aimBehindS ? 1 : this.#video.playbackRate;
		if (this.#video.paused) void this.#video.play().catch(() => {}); // muted: only a page in the background is refused
		this.#trim(currentTime);
	}

	close(): void {
		this.#isClosed = true;
		this.#video.removeEventListener("error", this.#fail);
		URL.revokeObjectURL(this.#url);
	}

	#open(codec: string): void {
		if (this.#isClosed) return;
		try {
			this.#buffer = this.#source.addSourceBuffer(typeOf(codec));
			this.#buffer.mode = "segments";
			this.#buffer.addEventListener("updateend", () => this.#append());
			this.#append();
		} catch {
			this.#fail();
		}
	}

	#append(): void {
		if (this.#isClosed || !this.#buffer || this.#buffer.updating || this.#source.readyState !== "open") return;
		const next = this.#waiting.shift();
		if (!next) return;
		try {
			this.#buffer.appendBuffer(next);
		} catch {
			this.#fail();
		}
	}

	#trim(currentTime: number): void {
		const { buffered } = this.#video;
		if (!this.#buffer || this.#buffer.updating || buffered.length === 0) return;
		if (currentTime - buffered.start(0) > 2 * keepS) this.#buffer.remove(0, currentTime - keepS);
	}

	readonly #fail = () => {
		if (this.#isClosed) return;
		this.close();
		this.#onBroken();
	};
}
