import type { Logger } from "#platform/log.ts";
import { wait } from "#platform/wait.ts";
import type { KeptFile } from "../store/evidence-jobs.ts";
import type { Frame } from "../video/frame.ts";
import type { DiskWatch } from "./disk-watch.ts";
import type { EvidenceFolder } from "./evidence-folder.ts";
import { encodeJpeg } from "./jpeg.ts";

/**
 * Longest that an alert waits for its still. The still is written before the alert so that both go into one
 * transaction; it takes some 50 ms. A disk that hangs must not hold the alert.
 */
const longestWaitMs = 1_000;

/** Puts frames on disk as JPEG. */
export class StillKeeper {
	readonly #folder: EvidenceFolder;
	readonly #disk: DiskWatch;
	readonly #log: Logger;

	constructor({ folder, disk, log }: { folder: EvidenceFolder; disk: DiskWatch; log: Logger }) {
		this.#folder = folder;
		this.#disk = disk;
		this.#log = log;
	}

	/** Null where it cannot be kept; then that was said. */
	async keep(file: string, frame: Frame): Promise<KeptFile | null> {
		if (!this.#disk.roomForStills) return null;
		const writing = this.#write(file, frame);
		const kept = await Promise.race([writing, wait(longestWaitMs).then(() => "late" as const)]);
		if (kept !== "late") return kept;
		this.#log.warn({ file }, "the disk is too slow: the alert goes out without this still");
		void writing.then((late) => late && this.#folder.remove(late.file));
		return null;
	}

	async #write(file: string, frame: Frame): Promise<KeptFile | null> {
		try {
			return await this.#folder.keep(file, await encodeJpeg(frame, { quality: 88 }));
		} catch (err) {
			this.#log.error({ err, file }, "a still cannot be kept; alerts still go out");
			void this.#disk.look();
			return null;
		}
	}
}
