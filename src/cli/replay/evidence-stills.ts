import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { OccupancyEvent } from "#core/occupancy/types.ts";
import type { Zone } from "#core/scene.ts";
import { InputError } from "#platform/input-error.ts";
import { writeAtomically } from "#platform/write-atomically.ts";
import { encodeJpeg } from "../../../edge/evidence/jpeg.ts";
import type { Frame } from "../../../edge/video/frame.ts";
import { encodeMarkedJpeg } from "./marked-still.ts";

const quality = 90;

/**
 * Writes pictures of each occupancy: the first that showed it standing, the one at which it was raised, and that once
 * more with zone and outline drawn in.
 */
export class EvidenceStills {
	readonly #folder: string;
	readonly #zones: readonly Zone[];
	/** By zone: what may become the first picture of an occupancy. */
	readonly #entries = new Map<string, Frame>();

	private constructor(folder: string, zones: readonly Zone[]) {
		this.#folder = folder;
		this.#zones = zones;
	}

	/** @throws InputError where the folder cannot be made */
	static async into(folder: string, zones: readonly Zone[]): Promise<EvidenceStills> {
		try {
			await mkdir(folder, { recursive: true });
		} catch (cause) {
			throw new InputError(`--evidence ${folder}: cannot be made (${(cause as NodeJS.ErrnoException).code})`, {
				cause,
			});
		}
		return new EvidenceStills(folder, zones);
	}

	async take(event: OccupancyEvent, frame: Frame): Promise<void> {
		switch (event.kind) {
			case "entered":
				this.#entries.set(event.zoneId, frame);
				return;
			case "left":
				this.#entries.delete(event.zoneId);
				return;
			case "raised": {
				const { occupancyId, box, outline } = event.period;
				const entry = this.#entries.get(event.zoneId) ?? frame;
				const zone = this.#zones.find(({ id }) => id === event.zoneId)?.polygon;
				await this.#write(`${occupancyId}.entry.jpg`, encodeJpeg(entry, { quality }));
				await this.#write(`${occupancyId}.raised.jpg`, encodeJpeg(frame, { quality }));
				await this.#write(
					`${occupancyId}.raised.marked.jpg`,
					encodeMarkedJpeg(frame, { zone, box, outline }, { quality }),
				);
				this.#entries.delete(event.zoneId);
				return;
			}
			case "cleared":
			case "exempted":
			case "exemptionEnded":
			case "stateChanged":
		}
	}

	async #write(name: string, jpeg: Promise<Buffer>): Promise<void> {
		const file = join(this.#folder, name);
		try {
			await writeAtomically(file, await jpeg, 0o644);
		} catch (cause) {
			throw new InputError(`${file}: cannot be written (${(cause as NodeJS.ErrnoException).code})`, { cause });
		}
	}
}
