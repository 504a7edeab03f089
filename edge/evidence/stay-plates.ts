import type { Box } from "#core/geometry/shapes.ts";
import type { PlateLook } from "#core/plates/stay-plate.ts";
import type { Logger } from "#platform/log.ts";
import { wait } from "#platform/wait.ts";
import { lookAtVehicle } from "../plates/look-at-vehicle.ts";
import type { PlateReader } from "../plates/plate-reader.ts";
import type { EvidenceSets } from "../store/evidence-sets.ts";
import type { DiskWatch } from "./disk-watch.ts";
import { type EvidenceSet, plateLooked } from "./evidence-set.ts";
import type { PhotoSource } from "./photo-maker.ts";
import {
	isMomentOver,
	isMomentRipe,
	isPlateSettled,
	nextPlateMoment,
	plateBodyOf,
	type PlateMoment,
} from "./plate-plan.ts";
import type { SetKeeper } from "./set-keeper.ts";

/** The durable steps of a look, in their order; a test ends the process after each of them. */
export const plateSteps = ["decoded", "looked", "recorded"] as const;
export type PlateStep = (typeof plateSteps)[number];

const lookEveryMs = 1_000;
const tryAgainMs = 5_000;

export interface StayPlatesParts {
	readonly sets: EvidenceSets;
	readonly keeper: SetKeeper;
	readonly disk: Pick<DiskWatch, "roomForVideo">;
	readonly ringOf: (cameraId: string) => PhotoSource | null;
	/** All vehicles that the detector saw about then. */
	readonly vehiclesAt: (cameraId: string, at: number) => readonly Box[];
	/** Asked for with the first picture, and kept. Null: this edge reads no plates. */
	readonly openReader: (() => Promise<PlateReader>) | null;
	readonly onNews: () => void;
	readonly log: Logger;
	readonly afterStep?: (step: PlateStep) => void;
}

/**
 * Reads the plates of vehicles that stand, over their whole stay: one picture at a time, out of the ring, in a thread of
 * its own that looks never wait for. What was read lies with the occupancy's evidence set, one transaction a picture; a
 * crash costs the picture that was in hand, and it is looked at again. No plate is ever logged.
 */
export class StayPlates {
	readonly #parts: StayPlatesParts;
	readonly #notBefore = new Map<string, number>();
	/** Of which nothing more is looked at. */
	#settled = new Set<string>();
	#reader: PlateReader | null = null;

	constructor(parts: StayPlatesParts) {
		this.#parts = parts;
	}

	async run(signal: AbortSignal): Promise<void> {
		try {
			while (!signal.aborted) {
				try {
					await this.lookDue(Date.now(), signal);
				} catch (err) {
					this.#parts.log.error({ err }, "plates cannot be read at the moment; trying again");
					await wait(tryAgainMs, signal);
				}
				await wait(lookEveryMs, signal);
			}
		} finally {
			await this.close();
		}
	}

	/** One round over what is due at `now`. */
	async lookDue(now: number, signal?: AbortSignal): Promise<void> {
		const ids = this.#parts.sets.ids();
		this.#settled = new Set(ids.filter((id) => this.#settled.has(id)));
		for (const id of ids) {
			if (signal?.aborted) return;
			if (this.#settled.has(id) || now < (this.#notBefore.get(id) ?? 0)) continue;
			const set = this.#parts.sets.find(id);
			if (set) await this.#lookAtSet(set, now, signal);
		}
	}

	async close(): Promise<void> {
		const reader = this.#reader;
		this.#reader = null;
		await reader?.close();
	}

	async #lookAtSet(set: EvidenceSet, now: number, signal?: AbortSignal): Promise<void> {
		if (isPlateSettled(set)) return void this.#settled.add(set.alertId);
		const moment = nextPlateMoment(set);
		const ring = this.#parts.ringOf(set.cameraId);
		if (!moment || !isMomentRipe(moment, now, ring?.coversUntil ?? null)) return;
		const look = await this.#look(set, moment, now, signal);
		if (!look || signal?.aborted) return;
		this.#notBefore.delete(set.alertId);
		const next = this.#parts.keeper.note(set.alertId, (known) => plateLooked(known, look));
		this.#parts.afterStep?.("recorded");
		if (next) this.#tell(next);
	}

	/** Null where it is to be tried again. */
	async #look(set: EvidenceSet, moment: PlateMoment, now: number, signal?: AbortSignal): Promise<PlateLook | null> {
		const { ringOf, vehiclesAt, disk, log, afterStep } = this.#parts;
		const { alertId, cameraId, box } = set;
		const base = { wantedAt: moment.wantedAt, capturedAt: null, failed: null, vehicle: null, read: null };
		const reader = await this.#open();
		if (!reader) return { ...base, failed: "no_models" };
		try {
			const wanted = {
				fromAt: moment.wantedAt,
				toAt: moment.toAt,
				take: "first",
				...(signal ? { signal } : {}),
			} as const;
			const photo = (await ringOf(cameraId)?.photo(wanted)) ?? null;
			if (!photo) {
				if (isMomentOver(moment, now)) return { ...base, failed: disk.roomForVideo ? "no_video" : "no_room" };
				return this.#again(alertId, now);
			}
			afterStep?.("decoded");
			const vehicles = vehiclesAt(cameraId, photo.capturedAt);
			const looked = await lookAtVehicle(photo, { box, vehicles }, { reader, signal });
			afterStep?.("looked");
			return { ...base, ...looked, capturedAt: photo.capturedAt };
		} catch (err) {
			if (signal?.aborted) return null;
			log.warn({ err, alertId, cameraId }, "a picture could not be looked at for a plate");
			return isMomentOver(moment, now) ? { ...base, failed: "failed" } : this.#again(alertId, now);
		}
	}

	#again(alertId: string, now: number): null {
		this.#notBefore.set(alertId, now + tryAgainMs);
		return null;
	}

	/** Null where there is none, or the models cannot be run: then that was said. */
	async #open(): Promise<PlateReader | null> {
		if (this.#reader || !this.#parts.openReader) return this.#reader;
		try {
			this.#reader = await this.#parts.openReader();
		} catch (err) {
			this.#parts.log.error({ err }, "the models that read plates cannot be run: this stay's plate is not read");
		}
		return this.#reader;
	}

	#tell(set: EvidenceSet): void {
		const { alertId, cameraId } = set;
		const plate = plateBodyOf(set);
		this.#parts.log.info(
			{ alertId, cameraId, state: plate?.state, isSure: plate?.isSure, looks: set.plateLooks?.length },
			"a picture was looked at for a plate",
		);
		this.#parts.onNews();
	}
}
