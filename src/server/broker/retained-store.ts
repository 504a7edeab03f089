import { mkdir, rename } from "node:fs/promises";
import { Readable } from "node:stream";
import AsyncPersistence from "aedes-persistence-level/asyncPersistence.js";
import { Level } from "level";
import type { Logger } from "#platform/log.ts";

/** The database in which aedes keeps retained messages and last wills. */
export interface RetainedStore {
	readonly persistence: unknown;
	close(): Promise<void>;
}

/**
 * Nothing in it is the only copy (edges and server publish their states anew whenever they connect), so a folder that
 * cannot be read is put aside and an empty one begun.
 */
export async function openRetainedStore(folder: string, log: Logger): Promise<RetainedStore> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const level = await open(folder).catch(async (err: unknown) => {
		if (isLocked(err)) throw err;
		const aside = `${folder}.aside-${Date.now()}`;
		log.error({ err, aside }, "the broker's folder is damaged: it was put aside, an empty one is begun");
		await rename(folder, aside);
		return open(folder);
	});
	const persistence = new OrderedPersistence(level);
	return {
		persistence,
		async close() {
			await persistence.end();
			await level.close();
		},
	};
}

/** Writes retained messages one after another, so that of two on one topic the later stays. */
class OrderedPersistence extends AsyncPersistence {
	#last: Promise<void> = Promise.resolve();
	#ended = false;

	override async storeRetained(packet: unknown): Promise<void> {
		const stored = this.#last.then(() => super.storeRetained(packet));
		this.#last = stored.catch(() => undefined); // whoever publishes is told; the next one is tried all the same
		return stored;
	}

	override createRetainedStream(pattern: string): Readable {
		return Readable.from(this.#untilTheEnd(super.createRetainedStream(pattern)));
	}

	override createRetainedStreamCombi(patterns: readonly string[]): Readable {
		return Readable.from(this.#untilTheEnd(super.createRetainedStreamCombi(patterns)));
	}

	/** Nothing more is read; what was to be written is. */
	async end(): Promise<void> {
		this.#ended = true;
		let last: Promise<void>;
		do await (last = this.#last);
		while (last !== this.#last); // a last will came meanwhile
	}

	/** Whoever subscribed in the last moment gets no more: aedes listens for no error of this stream, which would end the process. */
	async *#untilTheEnd(retained: Readable): AsyncGenerator<unknown> {
		try {
			for await (const packet of retained) {
				if (this.#ended) return;
				yield packet;
			}
		} catch (error) {
			if (!this.#ended) throw error;
		}
	}
}

async function open(folder: string): Promise<Level> {
	const level = new Level(folder);
	await level.open();
	return level;
}

const isLocked = (error: unknown) => (error as { cause?: { code?: string } }).cause?.code === "LEVEL_LOCKED";
