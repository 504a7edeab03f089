import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { freeBytes } from "#platform/free-bytes.ts";
import type { Logger } from "#platform/log.ts";
import { isPlayableEverywhere, sizeOf, transcode } from "./clip-transcoder.ts";

export type Playable =
	| { readonly state: "ready"; readonly file: string; readonly bytes: number }
	| { readonly state: "working"; readonly progress: number }
	| { readonly state: "failed" };

const retryAfterMs = 60_000;
interface Room {
	readonly mostBytes: number;
	readonly minFreeBytes: number;
}

/** More that wait are not taken on: their pages ask again. */
const mostWaiting = 50;
/** So many clips are remembered as playable or not; then it is found out anew. */
const mostRemembered = 10_000;
const mostBytes = 5_000_000_000;

/**
 * Copies of clips that browsers can play (H.265 is played by few), each made when it is asked for, and one at a time:
 * evidence itself is never touched. Copies take up so much room and no more; beyond it, and where the disk has less than its
 * mark, those go first that nobody has asked for longest.
 */
export class PlayableClips {
	readonly #folder: string;
	readonly #log: Logger;
	readonly #room: Room;
	readonly #stopping = new AbortController();
	readonly #progress = new Map<string, number>();
	readonly #failedAt = new Map<string, number>();
	readonly #asIs = new Set<string>();
	#queue: Promise<void> = Promise.resolve();

	constructor(folder: string, log: Logger, room: Partial<Room> = {}) {
		this.#folder = folder;
		this.#log = log;
		this.#room = { mostBytes, minFreeBytes: 0, ...room };
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		for (const name of readdirSync(folder)) if (name.endsWith(".part")) rmSync(join(folder, name), { force: true });
	}

	async ask(id: string, original: { file: string; bytes: number }): Promise<Playable> {
		if (this.#asIs.has(id)) return { state: "ready", ...original };
		const file = join(this.#folder, `${id}.mp4`);
		const bytes = await sizeOf(file);
		if (bytes !== null) {
			const asked = new Date();
			await utimes(file, asked, asked).catch(() => undefined);
			return { state: "ready", file, bytes };
		}
		const progress = this.#progress.get(id);
		if (progress !== undefined) return { state: "working", progress };
		if (performance.now() - (this.#failedAt.get(id) ?? -Infinity) < retryAfterMs) return { state: "failed" };
		if (this.#progress.size >= mostWaiting) return { state: "working", progress: 0 };
		this.#progress.set(id, 0);
		try {
			if (await isPlayableEverywhere(original.file)) {
				if (this.#asIs.size >= mostRemembered) this.#asIs.clear();
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
			await this.#makeRoom();
			await transcode(from, to, { signal, onProgress: (share) => this.#progress.set(id, share) });
		} catch (error) {
			if (!this.#stopping.signal.aborted) this.#fail(id, error);
		} finally {
			this.#progress.delete(id);
		}
	}

	/** For a copy more, which is none larger than those that there are. */
	async #makeRoom(): Promise<void> {
		const { mostBytes: most, minFreeBytes } = this.#room;
		const copies: { file: string; bytes: number; askedAt: number }[] = [];
		for (const name of await readdir(this.#folder)) {
			const file = join(this.#folder, name);
			const found = await stat(file).catch(() => null);
			if (found) copies.push({ file, bytes: found.size, askedAt: found.mtimeMs });
		}
		copies.sort((a, b) => a.askedAt - b.askedAt);
		let bytes = copies.reduce((sum, copy) => sum + copy.bytes, 0);
		let gone = 0;
		while (gone < copies.length && (bytes > most || (await freeBytes(this.#folder)) < minFreeBytes)) {
			const oldest = copies[gone++];
			if (!oldest) break;
			await rm(oldest.file, { force: true });
			bytes -= oldest.bytes;
		}
		if (gone > 0)
			this.#log.info({ gone }, "copies of clips for browsers went to make room; they are made anew when asked for");
		if ((await freeBytes(this.#folder)) < minFreeBytes)
			throw new Error("the disk has less room than evidence.minFreeBytes");
	}

	#fail(id: string, error: unknown): void {
		this.#progress.delete(id);
		if (this.#failedAt.size >= mostRemembered) this.#failedAt.clear();
		this.#failedAt.set(id, performance.now());
		this.#log.warn({ evidence: id, err: error }, "a clip cannot be made playable for browsers");
	}
}
