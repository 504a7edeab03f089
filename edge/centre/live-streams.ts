import type { StreamJob } from "#contract/edge-jobs.ts";
import type { Logger } from "#platform/log.ts";
import type { LiveTap } from "../video/live-tap.ts";
import { LiveSender } from "./live-sender.ts";

export interface LiveStreamsParts {
	readonly server: { readonly url: string; readonly token: string; readonly ca?: string | null };
	readonly limits: { readonly maxStreams: number; readonly maxTranscoded: number };
	/** Null for a camera that is not this edge's. */
	readonly tapOf: (cameraId: string) => LiveTap | null;
	readonly log: Logger;
	readonly signal: AbortSignal;
}

/** The cameras' video, to the server while it asks for it: one connection for each camera and form, however many watch. */
export class LiveStreams {
	readonly #parts: LiveStreamsParts;
	readonly #open = new Map<string, LiveSender>();

	constructor(parts: LiveStreamsParts) {
		this.#parts = parts;
		parts.signal.addEventListener("abort", () => this.#endAll(), { once: true });
	}

	/** Returns at once; never throws. The server hangs up when nobody watches any more. */
	begin(job: StreamJob): void {
		const { server, log, signal } = this.#parts;
		if (signal.aborted) return;
		const key = `${job.cameraId} ${job.form}`;
		this.#open.get(key)?.end(); // the server has lost that one, or it would not ask again
		this.#open.delete(key);
		const tap = this.#parts.tapOf(job.cameraId);
		const refusal = tap === null ? "no_camera" : this.#mayAdd(job) ? null : "busy";
		const sender = new LiveSender({ server, job, log });
		if (tap === null || refusal !== null) return sender.refuse(refusal ?? "no_camera");
		this.#open.set(key, sender);
		void sender.run(tap).finally(() => {
			if (this.#open.get(key) === sender) this.#open.delete(key);
		});
	}

	#mayAdd({ form }: StreamJob): boolean {
		const { maxStreams, maxTranscoded } = this.#parts.limits;
		const transcoded = [...this.#open.values()].filter((sender) => sender.form === "transcoded").length;
		return this.#open.size < maxStreams && (form === "copy" || transcoded < maxTranscoded);
	}

	#endAll(): void {
		for (const sender of this.#open.values()) sender.end();
	}
}
