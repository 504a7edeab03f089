import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "#platform/log.ts";
import { isPlayableEverywhere, sizeOf, transcode } from "./clip-transcoder.ts";

export type Playable =
	| { readonly state: "ready"; readonly file: string; readonly bytes: number }
	| { readonly state: "working"; readonly progress: number }
	| { readonly state: "failed" };

const retryAfterMs = 60_000;

/**
 * Copies of clips that browsers can play (H.265 is played by few), each made once, when it is first asked for, and one
 * at a time: evidence itself is never touched.
 */
export class PlayableClips {
	readonly #folder: string;
	readonly #log: Logger;
	readonly #stopping = new AbortController();
	readonly #progress = new Map<string, number>();
	readonly #failedAt = new Map<string, number>();
	readonly #asIs = new Set<string>();
	#queue: Promise<void> = Promise.resolve();

	constructor(folder: string, log: Logger) {
		this.#folder = folder;
		this.#log = log;
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		for (const name of readdirSync(folder)) if (name.endsWith(".part")) rmSync(join(folder, name), { force: true });
	}

	async ask(id: string, original: { file: string; bytes: number }): Promise<Playable> {
		if (this.#asIs.has(id)) return { state: "ready", ...original };
		const file = join(this.#folder, `${id}.mp4`);
		const bytes = await sizeOf(file);
		if (bytes !== null) return { state: "ready", file, bytes };
		const progress = this.#progress.get(id);
		if (progress !== undefined) return { state: "working", progress };
		if (performance.now() - (this.#failedAt.get(id) ?? -Infinity) < retryAfterMs) return { state: "failed" };
		this.#progress.set(id, 0);
		try {
			if (await isPlayableEverywhere(original.file)) {
				this.#asIs.add(id);
				this.#progress.delete(id);
				return { state: "ready", ...original };
			}
		} catch (error) {
			this.#fail(id, error);
			return { state: "failed" };
		}
		this.#queue = this.#queue.then(() => this.#make(id, original.file, file));
		return { state: "working", progress: 0 };
	}

	async stop(): Promise<void> {
		this.#stopping.abort();
		await this.#queue;
	}

	async #make(id: string, from: string, to: string): Promise<void> {
		try {
			const { signal } = this.#stopping;
			await transcode(from, to, { signal, onProgress: (share) => this.#progress.set(id, share) });
		} catch (error) {
			if (!this.#stopping.signal.aborted) this.#fail(id, error);
		} finally {
			this.#progress.delete(id);
		}
	}

	#fail(id: string, error: unknown): void {
		this.#progress.delete(id);
		this.#failedAt.set(id, performance.now());
		this.#log.warn({ evidence: id, err: error }, "a clip cannot be made playable for browsers");
	}
}
