import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { OccupancyEvent } from "#core/occupancy/types.ts";
import { InputError } from "#platform/input-error.ts";
import { writeAtomically } from "#platform/write-atomically.ts";
import { encodeJpeg } from "../../../edge/evidence/jpeg.ts";
import type { Frame } from "../../../edge/video/frame.ts";

/** Writes two pictures of each occupancy: the first that showed it standing, and the one at which it was raised. */
export class EvidenceStills {
	readonly #folder: string;
	/** By zone: what may become the first picture of an occupancy. */
	readonly #entries = new Map<string, Frame>();

	private constructor(folder: string) {
		this.#folder = folder;
	}

	/** @throws InputError where the folder cannot be made */
	static async into(folder: string): Promise<EvidenceStills> {
		try {
			await mkdir(folder, { recursive: true });
		} catch (cause) {
			throw new InputError(`--evidence ${folder}: cannot be made (${(cause as NodeJS.ErrnoException).code})`, {
				cause,
			});
		}
		return new EvidenceStills(folder);
	}

	async take(event: OccupancyEvent, frame: Frame): Promise<void> {
		switch (event.kind) {
			case "entered":
				this.#entries.set(event.zoneId, frame);
				return;
			case "left":
				this.#entries.delete(event.zoneId);
				return;
			case "raised":
				await this.#write(`${event.period.occupancyId}.entry.jpg`, this.#entries.get(event.zoneId) ?? frame);
				await this.#write(`${event.period.occupancyId}.raised.jpg`, frame);
				this.#entries.delete(event.zoneId);
				return;
			case "cleared":
			case "stateChanged":
		}
	}

	async #write(name: string, frame: Frame): Promise<void> {
		const file = join(this.#folder, name);
		try {
			await writeAtomically(file, await encodeJpeg(frame, { quality: 90 }), 0o644);
		} catch (cause) {
			throw new InputError(`${file}: cannot be written (${(cause as NodeJS.ErrnoException).code})`, { cause });
		}
	}
}
