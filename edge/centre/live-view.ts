import type { Logger } from "#platform/log.ts";
import { encodeJpeg } from "../evidence/jpeg.ts";
import { type Overlaid, overlayOf } from "../evidence/overlay.ts";
import type { Frame } from "../video/frame.ts";
import { type ServerClient, ServerError } from "./server-client.ts";

const atMostEveryMs = 1_000;
const maxSide = 960;

/** What the worker sees, for as long as somebody looks at it; otherwise it costs nothing. */
export class LiveView {
	readonly #server: Pick<ServerClient, "live">;
	readonly #log: Logger;
	readonly #signal: AbortSignal;
	/** By camera: until when somebody looks. */
	readonly #watched = new Map<string, number>();
	readonly #sentAt = new Map<string, number>();
	readonly #busy = new Set<string>();

	constructor({ server, log, signal }: { server: Pick<ServerClient, "live">; log: Logger; signal: AbortSignal }) {
		this.#server = server;
		this.#log = log;
		this.#signal = signal;
	}

	/** Somebody looks at the camera for so long from now on. */
	watch(cameraId: string, forMs: number): void {
		this.#watched.set(cameraId, Math.max(this.#watched.get(cameraId) ?? 0, performance.now() + forMs));
	}

	/** Returns at once; never throws. */
	offer(cameraId: string, frame: Frame, seen: Overlaid): void {
		const now = performance.now();
		const until = this.#watched.get(cameraId);
		if (until === undefined) return;
		if (now > until) return this.#stop(cameraId);
		// A little less than a second: looks that come each second are all sent.
		if (this.#busy.has(cameraId) || now - (this.#sentAt.get(cameraId) ?? -Infinity) < 0.8 * atMostEveryMs) return;
		this.#busy.add(cameraId);
		this.#sentAt.set(cameraId, now);
		void this.#send(cameraId, frame, seen)
			.catch((err: unknown) => {
				if (err instanceof ServerError && (err.status === 409 || err.status === 404)) this.#stop(cameraId);
				else if (!this.#signal.aborted) this.#log.debug({ err, cameraId }, "a live view was dropped");
			})
			.finally(() => this.#busy.delete(cameraId));
	}

	#stop(cameraId: string): void {
		this.#watched.delete(cameraId);
		this.#sentAt.delete(cameraId);
	}

	async #send(cameraId: string, frame: Frame, seen: Overlaid): Promise<void> {
		const overlay = overlayOf(seen);
		const jpeg = await encodeJpeg(frame, { quality: 75, maxSide });
		await this.#server.live(cameraId, overlay, jpeg, this.#signal);
	}
}
