import sharp from "sharp";
import type { Logger } from "#platform/log.ts";
import { encodeJpeg } from "../evidence/jpeg.ts";
import type { Frame } from "../video/frame.ts";
import type { ServerClient } from "./server-client.ts";

const atMostEveryMs = 2_000;
/** An unchanged picture is sent again after so long, so that the page can say how old the view is. */
const atLeastEveryMs = 30_000;
const maxSide = 960;
const thumbnail = { width: 64, height: 36 };
/** Mean difference of a thumbnail cell, 0..255, from which on a picture counts as changed: above a camera's night noise. */
const changedFrom = 10;

interface Sent {
	readonly at: number;
	readonly thumbnail: Uint8Array;
}

/** Whether any cell of two grey thumbnails of one size differs enough. */
export function hasChanged(before: Uint8Array, now: Uint8Array): boolean {
	return (
		now.length !== before.length || now.some((grey, index) => Math.abs(grey - (before[index] ?? 0)) >= changedFrom)
	);
}

/** The last picture of each camera, for the page. Not durable: what cannot be sent now is dropped. */
export class LivePictures {
	readonly #server: ServerClient;
	readonly #log: Logger;
	readonly #signal: AbortSignal;
	readonly #sent = new Map<string, Sent>();
	readonly #busy = new Set<string>();

	constructor({ server, log, signal }: { server: ServerClient; log: Logger; signal: AbortSignal }) {
		this.#server = server;
		this.#log = log;
		this.#signal = signal;
	}

	/** Returns at once; never throws. */
	offer(cameraId: string, frame: Frame): void {
		const last = this.#sent.get(cameraId);
		if (this.#busy.has(cameraId) || (last && performance.now() - last.at < atMostEveryMs)) return;
		this.#busy.add(cameraId);
		void this.#send(cameraId, frame, last)
			.catch((err: unknown) => {
				// The configuration's own line tells the operator that the server is away.
				if (!this.#signal.aborted) this.#log.debug({ err, cameraId }, "a live picture was dropped");
				this.#sent.set(cameraId, { at: performance.now(), thumbnail: new Uint8Array() });
			})
			.finally(() => this.#busy.delete(cameraId));
	}

	forget(cameraId: string): void {
		this.#sent.delete(cameraId);
	}

	async #send(cameraId: string, frame: Frame, last: Sent | undefined): Promise<void> {
		const at = performance.now();
		const small = await thumbnailOf(frame);
		if (last && at - last.at < atLeastEveryMs && !hasChanged(last.thumbnail, small)) return;
		const jpeg = await encodeJpeg(frame, { quality: 75, maxSide });
		await this.#server.picture(cameraId, jpeg, frame.capturedAt, this.#signal);
		this.#sent.set(cameraId, { at, thumbnail: small });
	}
}

async function thumbnailOf({ rgb, width, height }: Frame): Promise<Uint8Array> {
	return sharp(rgb, { raw: { width, height, channels: 3 } })
		.resize({ ...thumbnail, fit: "fill", kernel: "linear" })
		.grayscale()
		.raw()
		.toBuffer();
}
