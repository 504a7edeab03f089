import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { freeBytes } from "#platform/free-bytes.ts";
import type { Logger } from "#platform/log.ts";
import { wait } from "#platform/wait.ts";

const lookEveryMs = 10_000;
/** Stills are small and say most: they may use the room that video may not. */
const stillsNeedBytes = 20_000_000;

export interface DiskView {
	readonly roomForVideo: boolean;
	readonly roomForStills: boolean;
	/** One sentence for the operator; null while all is well. */
	readonly complaint: string | null;
}

/** Room is back only when there is clearly enough of it: otherwise video would go on and off at the limit. */
const clearlyEnough = 1.5;

/** @param failure code of the error with which a small file could not be written, or null */
export function judgeDisk(
	freeBytes: number,
	failure: string | null,
	minFreeBytes: number,
	hadRoomForVideo = true,
): DiskView {
	if (failure) {
		const why =
			failure === "ENOSPC"
				? "the disk is full"
				: failure === "EROFS"
					? "the disk is read-only"
					: `the folder cannot be written (${failure})`;
		return { roomForVideo: false, roomForStills: false, complaint: why };
	}
	const wantedBytes = hadRoomForVideo ? minFreeBytes : minFreeBytes * clearlyEnough;
	if (freeBytes >= wantedBytes) return { roomForVideo: true, roomForStills: true, complaint: null };
	return {
		roomForVideo: false,
		roomForStills: freeBytes >= Math.min(stillsNeedBytes, minFreeBytes),
		complaint: `only ${Math.floor(freeBytes / 1e6)} MB are free, ${Math.ceil(wantedBytes / 1e6)} MB are wanted`,
	};
}

/** Looks every few seconds whether evidence can be kept, by writing; says when that changes. */
export class DiskWatch {
	readonly #folder: string;
	readonly #minFreeBytes: number;
	readonly #log: Logger;
	readonly #listeners = new Set<(roomForVideo: boolean) => void>();
	#view: DiskView = { roomForVideo: true, roomForStills: true, complaint: null };

	constructor({ folder, minFreeBytes, log }: { folder: string; minFreeBytes: number; log: Logger }) {
		this.#folder = folder;
		this.#minFreeBytes = minFreeBytes;
		this.#log = log;
	}

	get roomForVideo(): boolean {
		return this.#view.roomForVideo;
	}

	get roomForStills(): boolean {
		return this.#view.roomForStills;
	}

	/** Told at each change. Returns what ends it. */
	onChange(listener: (roomForVideo: boolean) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async run(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			await this.look();
			await wait(lookEveryMs, signal);
		}
	}

	async look(): Promise<void> {
		const before = this.#view;
		this.#view = judgeDisk(...(await this.#measure()), this.#minFreeBytes, before.roomForVideo);
		const { complaint, roomForVideo } = this.#view;
		if (complaint && !before.complaint) {
			this.#log.error({ folder: this.#folder }, `evidence cannot be kept: ${complaint}. Alerts still go out`);
		} else if (!complaint && before.complaint) {
			this.#log.info({ folder: this.#folder }, "evidence can be kept again");
		}
		if (roomForVideo !== before.roomForVideo) for (const listener of this.#listeners) listener(roomForVideo);
	}

	async #measure(): Promise<[freeBytes: number, failure: string | null]> {
		const probe = join(this.#folder, ".disk-probe");
		try {
			const handle = await open(probe, "w", 0o600);
			try {
				await handle.write("a probe that this folder can be written\n".repeat(200));
				await handle.sync();
			} finally {
				await handle.close();
				await rm(probe, { force: true });
			}
			return [await freeBytes(this.#folder), null];
		} catch (error) {
			return [0, (error as NodeJS.ErrnoException).code ?? String(error)];
		}
	}
}
