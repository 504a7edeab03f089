import type { PlateRead } from "#core/plates/plate-read.ts";
import type { Logger } from "#platform/log.ts";
import { WorkerPool } from "../detect/worker-pool.ts";
import { plateReadsSchema } from "../detect/found-schemas.ts";
import type { PlateModelFiles } from "./plate-models.ts";
import type { PlateTask } from "./plate-worker.ts";
import type { Picture } from "./warp.ts";

export interface PlateReading {
	/** How many pixels of the camera's own picture one pixel of this one is, where it was made smaller; 1 otherwise. */
	readonly scale?: number;
	/** Whose picture it is: each camera has its own place in the queue. */
	readonly cameraId?: string;
	readonly signal?: AbortSignal;
}

/** Finds and reads plates. Work is done in another process; calls may overlap and are queued. */
export interface PlateReader {
	/**
	 * @param picture a vehicle's crop at the main stream's full resolution (best), or a whole picture; it stays its owner's
	 * @returns the best first; boxes are normalised to this picture. Empty where nothing reads like a plate.
	 * @throws DetectorError when inference fails or too much waits
	 */
	read(picture: Picture, options?: PlateReading): Promise<readonly PlateRead[]>;
	close(): Promise<void>;
}

const entry = new URL("./plate-worker.ts", import.meta.url);

/** @throws DetectorError when a model cannot be run */
export async function createPlateReader({
	models,
	workers = 1,
	log,
}: {
	models: PlateModelFiles;
	workers?: number;
	log: Logger;
}): Promise<PlateReader> {
	// Looks come first.
	const options = { entry, found: plateReadsSchema, workers, log, nice: 10 };
	const pool = await WorkerPool.start<PlateTask, readonly PlateRead[]>(models, options);
	return {
		async read({ width, height, rgb }, { scale = 1, cameraId = "", signal } = {}) {
			if (rgb.length !== width * height * 3)
				throw new Error(`${rgb.length} bytes are no picture of ${width} x ${height}`);
			const [reads = []] = await pool.look(cameraId, [{ width, height, rgb: Uint8Array.from(rgb) }], signal);
			return scale === 1 ? reads : reads.map((read) => ({ ...read, widthPx: read.widthPx * scale }));
		},
		close: () => pool.close(),
	};
}
