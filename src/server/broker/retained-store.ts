import { mkdir } from "node:fs/promises";
import AsyncPersistence from "aedes-persistence-level/asyncPersistence.js";
import { Level } from "level";
import { InputError } from "#platform/input-error.ts";
import type { Logger } from "#platform/log.ts";
import { putAside } from "#platform/put-aside.ts";
import { LevelUntilClosed } from "./level-until-closed.ts";

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
		// Somebody else's files are whole: put aside, they would be of no use to anybody.
		if (isForbidden(err))
			throw new InputError(`${folder}: cannot be read: give it to the user who runs Keepclear`, { cause: err });
		log.error({ err, ...putAside(folder) }, "the broker's folder is damaged: it was put aside, an empty one is begun");
		return open(folder);
	});
	const database = new LevelUntilClosed(level);
	const persistence = new OrderedPersistence(database);
	return {
		persistence,
		async close() {
			await persistence.rest();
			await database.close();
		},
	};
}

/** Writes retained messages one after another, so that of two on one topic the later stays. */
class OrderedPersistence extends AsyncPersistence {
	#last: Promise<void> = Promise.resolve();

	override async storeRetained(packet: unknown): Promise<void> {
		const stored = this.#last.then(() => super.storeRetained(packet));
		this.#last = stored.catch(() => undefined); // whoever publishes is told; the next one is tried all the same
		return stored;
	}

	/** What was to be written is. */
	async rest(): Promise<void> {
		let last: Promise<void>;
		do await (last = this.#last);
		while (last !== this.#last); // a last will came meanwhile
	}
}

async function open(folder: string): Promise<Level<string, Uint8Array>> {
	const level = new Level<string, Uint8Array>(folder);
	await level.open();
	return level;
}

const isLocked = (error: unknown) => (error as { cause?: { code?: string } }).cause?.code === "LEVEL_LOCKED";
/** LevelDB has words for it and no code. */
const isForbidden = (error: unknown) =>
	/Permission denied/.test((error as { cause?: { message?: string } }).cause?.message ?? "");
