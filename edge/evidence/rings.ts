import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "#platform/log.ts";
import { SegmentRing } from "../video/segment-ring.ts";

/** The ring of each camera, made when first asked for: a restart finds the video of before. */
export class Rings {
	readonly #options: { folder: string; keepMs: number; maxBytes: number; log: Logger };
	readonly #rings = new Map<string, SegmentRing>();

	constructor(options: { folder: string; keepMs: number; maxBytes: number; log: Logger }) {
		this.#options = options;
	}

	of(cameraId: string): SegmentRing {
		const { folder, ...limits } = this.#options;
		const ring = this.#rings.get(cameraId) ?? new SegmentRing({ ...limits, folder: join(folder, cameraId) });
		this.#rings.set(cameraId, ring);
		return ring;
	}

	/** The camera is watched no more. A folder that cannot be removed is in nobody's way. */
	remove(cameraId: string): void {
		this.#rings.delete(cameraId);
		try {
			rmSync(join(this.#options.folder, cameraId), { recursive: true, force: true });
		} catch (err) {
			this.#options.log.warn({ err, cameraId }, "the camera's last minutes of video could not be removed");
		}
	}
}
