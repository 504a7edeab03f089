import type {
	JobAnswer,
	JobResultBody,
	ProbeJob,
	SaidBody,
	SayJob,
	StreamJob,
	WatchJob,
	WhatIfJob,
} from "#contract/edge-jobs.ts";
import type { WhatIfResultBody } from "#contract/live-api.ts";
import type { CameraProblem } from "#contract/messages/index.ts";
import type { Logger } from "#platform/log.ts";
import { redactSecrets } from "#platform/redact.ts";
import { backoffMs, wait } from "#platform/wait.ts";
import { Bell } from "../bell.ts";
import { ServerError, type ServerClient } from "./server-client.ts";

const probeWithinMs = 12_000;
const atOnce = 2;
const tries = 4;

type ProbeResult =
	| {
			readonly ok: true;
			readonly video: { readonly codec: string; readonly width: number; readonly height: number };
			readonly jpeg: Buffer;
	  }
	| { readonly ok: false; readonly problem: CameraProblem; readonly detail: string };

export interface EdgeJobsParts {
	readonly server: ServerClient;
	readonly probe: (request: {
		url: string;
		transport: "tcp" | "udp";
		timeoutMs: number;
		signal: AbortSignal;
	}) => Promise<ProbeResult>;
	/** Whether that camera has a loudspeaker; null: nobody knows. */
	readonly probeAudioOut: (request: { url: string; signal: AbortSignal }) => Promise<boolean | null>;
	/** Takes as long as it sounds. */
	readonly say: (job: SayJob, signal: AbortSignal) => Promise<SaidBody>;
	readonly whatIf: (job: WhatIfJob) => WhatIfResultBody;
	/** Somebody looks at a camera. */
	readonly watch: (job: WatchJob) => void;
	/** Somebody wants a camera's video. */
	readonly stream: (job: StreamJob) => void;
	readonly log: Logger;
}

/** "Connect and show me a picture", "what would that have raised", "show me what you see": somebody waits at the page, so a job is done now or not at all. */
export class EdgeJobs {
	readonly #parts: EdgeJobsParts;
	readonly #waiting: string[] = [];
	/** A job may be announced twice. */
	readonly #seen = new Set<string>();
	readonly #news = Array.from({ length: atOnce }, () => new Bell());

	constructor(parts: EdgeJobsParts) {
		this.#parts = parts;
	}

	announced(jobId: string): void {
		if (this.#seen.has(jobId)) return;
		this.#seen.add(jobId);
		if (this.#seen.size > 1000) this.#seen.clear();
		this.#waiting.push(jobId);
		for (const bell of this.#news) bell.ring();
	}

	async run(signal: AbortSignal): Promise<void> {
		await Promise.all(this.#news.map((bell) => this.#work(bell, signal)));
	}

	async #work(news: Bell, signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			const jobId = this.#waiting.shift();
			if (jobId !== undefined) {
				await this.#do(jobId, signal);
				continue;
			}
			await news.wait(60_000, signal);
		}
	}

	async #do(jobId: string, signal: AbortSignal): Promise<void> {
		try {
			const job = await this.#persist(() => this.#parts.server.job(jobId, signal), signal);
			await this.#answer(job, signal);
		} catch (err) {
			if (!signal.aborted) this.#parts.log.warn({ err, jobId }, "what somebody asked on the page could not be done");
		}
	}

	async #answer(job: JobAnswer, signal: AbortSignal): Promise<void> {
		const { server, watch, whatIf, stream } = this.#parts;
		switch (job.kind) {
			case "watch":
				return watch(job);
			case "stream":
				return stream(job);
			case "say":
				// Nobody's picture waits until it was said.
				void this.#say(job, signal).catch((err: unknown) => {
					if (!signal.aborted) this.#parts.log.warn({ err, jobId: job.id }, "what was to be said was not");
				});
				return;
			case "what_if": {
				const result = whatIf(job);
				return this.#persist(() => server.whatIfResult(job.id, result, signal), signal);
			}
			case "probe": {
				const result = await this.#probe(job, signal);
				if (signal.aborted) return;
				return this.#persist(() => server.jobResult(job.id, result, signal), signal);
			}
		}
	}

	async #say(job: SayJob, signal: AbortSignal): Promise<void> {
		const said = await this.#parts.say(job, signal);
		const detail = said.detail && shorten(said.detail);
		return this.#persist(() => this.#parts.server.said(job.id, { ...said, detail }, signal), signal);
	}

	async #probe({ url, transport }: ProbeJob, signal: AbortSignal): Promise<JobResultBody> {
		const nothing = { problem: null, detail: null, video: null, pictureBase64: null };
		try {
			const result = await this.#parts.probe({ url, transport, timeoutMs: probeWithinMs, signal });
			if (result.ok) {
				const audioOut = await this.#parts.probeAudioOut({ url, signal });
				return { ...nothing, ok: true, video: result.video, pictureBase64: result.jpeg.toString("base64"), audioOut };
			}
			return { ...nothing, ok: false, problem: result.problem, detail: shorten(result.detail) };
		} catch (error) {
			return { ...nothing, ok: false, problem: "unknown", detail: shorten((error as Error).message) };
		}
	}

	/** A few tries: a server that has just been restarted is not the camera's fault. */
	async #persist<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> {
		for (let attempt = 0; ; attempt++) {
			try {
				return await act();
			} catch (error) {
				const later = error instanceof ServerError && (error.status === 0 || error.status >= 500);
				if (!later || attempt + 1 >= tries || signal.aborted) throw error;
				await wait(backoffMs(attempt), signal);
			}
		}
	}
}

const shorten = (text: string) => redactSecrets(text).slice(0, 500);
