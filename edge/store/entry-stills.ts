import type { EdgeStore } from "./open-edge-store.ts";
import type { KeptFile } from "./evidence-jobs.ts";

export interface EntryStill extends KeptFile {
	readonly zoneId: string;
	readonly cameraId: string;
	readonly capturedAt: number;
}

/** The still of each entry that may yet become an alert: one a zone. Everything here joins the caller's transaction. */
export class EntryStills {
	readonly #store: EdgeStore;

	constructor(store: EdgeStore) {
		this.#store = store;
	}

	put(still: EntryStill): void {
		this.#store
			.prepare(
				`INSERT OR REPLACE INTO entry_stills (zone_id, camera_id, captured_at, file, bytes, sha256)
				VALUES (@zoneId, @cameraId, @capturedAt, @file, @bytes, @sha256)`,
			)
			.run(still);
	}

	/** Takes the zone's still out of the table; its file stays. */
	take(zoneId: string): EntryStill | undefined {
		return this.#store
			.prepare(
				`DELETE FROM entry_stills WHERE zone_id = ?
				RETURNING zone_id AS zoneId, camera_id AS cameraId, captured_at AS capturedAt, file, bytes, sha256`,
			)
			.get(zoneId) as EntryStill | undefined;
	}

	/** The camera is watched no more; the files are swept at the next start. */
	removeOf(cameraId: string): void {
		this.#store.prepare("DELETE FROM entry_stills WHERE camera_id = ?").run(cameraId);
	}
}
