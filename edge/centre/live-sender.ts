import { WebSocket } from "ws";
import type { StreamJob } from "#contract/edge-jobs.ts";
import {
	beatEveryMs,
	maxStreamMessageBytes,
	type StreamForm,
	type StreamRefusal,
	writeStreamPiece,
} from "#contract/live-stream.ts";
import type { Logger } from "#platform/log.ts";
import { steadyNow } from "../clock/steady-clock.ts";
import { codecNameOf } from "../video/codec-name.ts";
import type { Fragment, FragmentHead } from "../video/fragment-reader.ts";
import type { LiveSink, LiveTap } from "../video/live-tap.ts";
import { LiveTranscoder } from "../video/live-transcoder.ts";

/** What may wait for a slow way to the server; then video is left out up to the next key frame. Evidence uses the same way. */
const mostQueuedBytes = 4 << 20;
const connectWithinMs = 8_000;

export interface LiveSenderParts {
	readonly server: { readonly url: string; readonly token: string; readonly ca?: string | null };
	readonly job: StreamJob;
	readonly log: Logger;
}

/** One camera's video on its way to the server, over a connection that the edge opens. */
export class LiveSender implements LiveSink {
	readonly form: StreamForm;
	readonly #log: Logger;
	readonly #socket: WebSocket;
	readonly #closed: Promise<void>;
	#isBehind = true;

	constructor({ server, job, log }: LiveSenderParts) {
		this.form = job.form;
		this.#log = log.child({ cameraId: job.cameraId, form: job.form });
		const url = `${server.url.replace(/^http/, "ws")}/api/edge/streams/${encodeURIComponent(job.id)}`;
		this.#socket = new WebSocket(url, {
			headers: { authorization: `Bearer ${server.token}` },
			...(server.ca ? { ca: server.ca } : {}),
			followRedirects: false, // the token goes to the configured server alone
			handshakeTimeout: connectWithinMs,
			perMessageDeflate: false, // video does not get smaller
			maxPayload: 1024,
		});
		this.#closed = new Promise((resolve) => this.#socket.once("close", () => resolve()));
		this.#socket.on("error", (error) => this.#log.debug({ trouble: error.message }, "a live stream broke off"));
	}

	/** Sends until the server hangs up, or `end` is called. Never rejects. */
	async run(tap: LiveTap): Promise<void> {
		if (!(await this.#opened())) return;
		this.#log.info("live video is sent: somebody watches");
		const beat = setInterval(() => this.#say({ kind: "beat" }), beatEveryMs);
		const transcoder =
			this.form === "transcoded"
				? new LiveTranscoder(this, (lastLines) => {
						this.#log.warn({ lastLines }, "live video cannot be made H.264");
						this.refuse("cannot_transcode");
					})
				: null;
		const stop = tap.watch(transcoder ?? this);
		await this.#closed;
		stop();
		clearInterval(beat);
		await transcoder?.end();
		this.#log.info("live video is not sent any more");
	}

	/** Says why there is none, and hangs up. */
	refuse(reason: StreamRefusal): void {
		void this.#opened().then((isOpen) => {
			if (isOpen) this.#say({ kind: "refused", reason });
			this.end();
		});
	}

	end(): void {
		this.#socket.close();
		setTimeout(() => this.#socket.terminate(), 1_000).unref();
	}

	onHead(head: FragmentHead): void {
		this.#isBehind = true;
		this.#send({ kind: "head", time: 0, mediaMs: 0, codec: codecNameOf(head.bytes), bytes: head.bytes });
	}

	onFragment({ beginsWithKey, bytes, startMs }: Fragment, startedAt: number): void {
		if (bytes.length > maxStreamMessageBytes - 1024) this.#isBehind = true;
		else if (this.#socket.bufferedAmount > mostQueuedBytes) this.#isBehind = true;
		else if (beginsWithKey) this.#isBehind = false;
		if (this.#isBehind) return;
		const time = Math.max(0, steadyNow() - startedAt);
		this.#send({ kind: beginsWithKey ? "key" : "other", time, mediaMs: startMs, codec: "", bytes });
	}

	#send(piece: Parameters<typeof writeStreamPiece>[0]): void {
		if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(writeStreamPiece(piece));
	}

	#say(words: unknown): void {
		if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(words));
	}

	#opened(): Promise<boolean> {
		if (this.#socket.readyState === WebSocket.OPEN) return Promise.resolve(true);
		return new Promise((resolve) => {
			this.#socket.once("open", () => resolve(true));
			void this.#closed.then(() => resolve(false));
		});
	}
}
