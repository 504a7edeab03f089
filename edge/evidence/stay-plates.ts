import type { ClockReading } from "#contract/clock.ts";
import { photoMasks } from "#core/evidence/photo-masks.ts";
import type { KnownPlate } from "#core/plates/known-plate.ts";
import type { PlateLook } from "#core/plates/stay-plate.ts";
import type { Logger } from "#platform/log.ts";
import { keepLooking } from "#platform/keep-looking.ts";
import { steadyNow } from "../clock/steady-clock.ts";
import { lookAtVehicle } from "../plates/look-at-vehicle.ts";
import type { PlateReader } from "../plates/plate-reader.ts";
import type { Around } from "../plates/seen-around.ts";
import type { EvidenceSets } from "../store/evidence-sets.ts";
import type { DiskWatch } from "./disk-watch.ts";
import type { EvidenceFolder } from "./evidence-folder.ts";
import { itemMasked, itemMissing, itemTaken, plateLooked } from "./change-evidence-set.ts";
import type { CloseUp, EvidenceSet } from "./evidence-set.ts";
import { bestCloseUpOf, cutCloseUp, keepCloseUp } from "./plate-close-up.ts";
import type { PhotoSource } from "./photo-maker.ts";
import {
	isMomentOver,
	isMomentRipe,
	isPlateSettled,
	knownPlateOf,
	nextPlateMoment,
	plateBodyOf,
	type PlateMoment,
} from "./plate-plan.ts";
import type { SetKeeper } from "./set-keeper.ts";

/** The durable steps of a look, and of the close-up (P3) that is made when all is read, in their order; a test ends the process after each of them. */
export const plateSteps = ["decoded", "looked", "recorded", "written", "kept"] as const;
export type PlateStep = (typeof plateSteps)[number];

const lookEveryMs = 1_000;
const tryAgainMs = 5_000;

export interface StayPlatesParts {
	readonly sets: EvidenceSets;
	readonly keeper: SetKeeper;
	readonly folder: EvidenceFolder;
	readonly disk: Pick<DiskWatch, "roomForVideo" | "roomForStills">;
	readonly ringOf: (cameraId: string) => PhotoSource | null;
	/** What the detector saw about then; null where it did not look. */
	readonly seenAt: (cameraId: string, at: number) => Around | null;
	/** How right the clock is, as it was last read. */
	readonly clock: () => ClockReading;
	/** The one reader, which stays its owner's. Null: this edge reads no plates. */
	readonly openReader: (() => Promise<PlateReader>) | null;
	/** Tells the rules of a plate that is sure; false where that is to be tried again. */
	readonly knowPlate: (set: EvidenceSet, plate: KnownPlate) => Promise<boolean>;
	readonly onNews: () => void;
	readonly log: Logger;
	readonly afterStep?: (step: PlateStep) => void;
}

/**
 * Reads the plates of vehicles that stand, over their whole stay: one picture at a time, out of the ring, in a process of
 * its own that looks never wait for. What was read lies with the occupancy's evidence set, one transaction a picture; a
 * crash costs the picture that was in hand, and it is looked at again. No plate is ever logged.
 */
export class StayPlates {
	readonly #parts: StayPlatesParts;
	readonly #notBefore = new Map<string, number>();
	/** Of which nothing more is looked at. */
	#settled = new Set<string>();
	/** Of which the rules know the plate; a restart tells them once more, which changes nothing. */
	#told = new Set<string>();

	constructor(parts: StayPlatesParts) {
		this.#parts = parts;
	}

	run(signal: AbortSignal): Promise<void> {
		return keepLooking(
			{
				round: (now) => this.lookDue(now, signal),
				everyMs: lookEveryMs,
				now: steadyNow,
				onTrouble: (err) => this.#parts.log.error({ err }, "plates cannot be read at the moment; trying again"),
			},
			signal,
		);
	}

	/** One round over what is due at `now`. */
	async lookDue(now: number, signal?: AbortSignal): Promise<void> {
		const ids = this.#parts.sets.ids();
		this.#settled = new Set(ids.filter((id) => this.#settled.has(id)));
		this.#told = new Set(ids.filter((id) => this.#told.has(id)));
		for (const id of ids) {
			if (signal?.aborted) return;
			if (this.#settled.has(id) || now < (this.#notBefore.get(id) ?? 0)) continue;
			const set = this.#parts.sets.find(id);
			if (set) await this.#lookAtSet(set, now, signal);
		}
	}

	async #lookAtSet(set: EvidenceSet, now: number, signal?: AbortSignal): Promise<void> {
		if (!(await this.#tellRules(set))) return;
		if (isPlateSettled(set)) return this.#settle(set, now);
		const moment = nextPlateMoment(set);
		const ring = this.#parts.ringOf(set.cameraId);
		if (!moment || !isMomentRipe(moment, now, ring?.coversUntil ?? null)) return;
		const looked = await this.#look(set, moment, now, signal);
		if (!looked || signal?.aborted) return;
		this.#notBefore.delete(set.alertId);
		const { look, closeUp } = looked;
		const next = this.#parts.keeper.note(set.alertId, (known) => plateLooked(known, look, closeUp));
		this.#parts.afterStep?.("recorded");
		if (next) this.#tell(next);
	}

	/** Null where it is to be tried again. */
	async #look(set: EvidenceSet, moment: PlateMoment, now: number, signal?: AbortSignal): Promise<Looked | null> {
		const { ringOf, seenAt, disk, clock, log, afterStep } = this.#parts;
		const { alertId, cameraId, box } = set;
		const base = { wantedAt: moment.wantedAt, capturedAt: null, failed: null, vehicle: null, read: null };
		const reader = await this.#open();
		const without = (failed: PlateLook["failed"]): Looked => ({ look: { ...base, failed }, closeUp: null });
		if (!reader) return without("no_models");
		try {
			const wanted = {
				fromAt: moment.wantedAt,
				toAt: moment.toAt,
				take: "first",
				...(signal ? { signal } : {}),
			} as const;
			const photo = (await ringOf(cameraId)?.photo(wanted)) ?? null;
			if (!photo) {
				if (isMomentOver(moment, now)) return without(disk.roomForVideo ? "no_video" : "no_room");
				return this.#again(alertId, now);
			}
			afterStep?.("decoded");
			const { capturedAt } = photo;
			const around = seenAt(cameraId, capturedAt);
			const place = { box, vehicles: around?.vehicles ?? [] };
			const { others, ...seen } = await lookAtVehicle(photo, place, { reader, signal });
			const look = { ...base, ...seen, capturedAt };
			const masks = around && photoMasks(around.persons, others, photo.width / photo.height);
			const facts = { wantedAt: look.wantedAt, capturedAt, clock: clock(), masks };
			const closeUp = look.read && (await cutCloseUp(photo, look.read.box, facts));
			afterStep?.("looked");
			return { look, closeUp };
		} catch (err) {
			if (signal?.aborted) return null;
			log.warn({ err, alertId, cameraId }, "a picture could not be looked at for a plate");
			return isMomentOver(moment, now) ? without("failed") : this.#again(alertId, now);
		}
	}

	/** Nothing more is read: the best close-up becomes P3. The files lie whole, then the rows say so. */
	async #settle(set: EvidenceSet, now: number): Promise<void> {
		const { keeper, folder, disk, onNews, afterStep } = this.#parts;
		const { alertId, cameraId } = set;
		const item = set.items.find(({ kind, state }) => kind === "plate" && state === "planned");
		if (!item) return void this.#settled.add(alertId);
		const closeUp = bestCloseUpOf(set);
		if (!closeUp) {
			keeper.note(alertId, (known) => withoutCloseUps(itemMissing(known, item.id, "plate_not_read")));
			return onNews();
		}
		if (!disk.roomForStills) return void this.#again(alertId, now);
		const { file, copy, overlay } = await keepCloseUp(set, item, closeUp, folder);
		afterStep?.("written");
		const { capturedAt, widthPx, heightPx, clock } = closeUp;
		const base = { alertId, cameraId, capturedAt };
		const isWanted = keeper.kept(
			alertId,
			[
				{ ...base, ...file, id: item.id, kind: "plate", widthPx, heightPx },
				{ ...base, ...copy, id: overlay.id, kind: "overlay" },
			],
			(known) => {
				const taken = { capturedAt, widthPx, heightPx, clock, overlay, sha256: file.sha256 };
				return withoutCloseUps(itemMasked(itemTaken(known, item.id, taken), item.id, closeUp.masks));
			},
		);
		if (!isWanted) for (const each of [file, copy]) await folder.remove(each.file);
		afterStep?.("kept");
		if (isWanted) onNews();
	}

	/** Before anything else is made of it: an exempt vehicle's evidence goes. */
	async #tellRules(set: EvidenceSet): Promise<boolean> {
		const plate = this.#told.has(set.alertId) ? null : knownPlateOf(set);
		if (!plate) return true;
		if (!(await this.#parts.knowPlate(set, plate))) return false;
		this.#told.add(set.alertId);
		return true;
	}

	#again(alertId: string, now: number): null {
		this.#notBefore.set(alertId, now + tryAgainMs);
		return null;
	}

	/** Null where there is none, or the models cannot be run: then that was said. */
	async #open(): Promise<PlateReader | null> {
		try {
			return (await this.#parts.openReader?.()) ?? null;
		} catch (err) {
			this.#parts.log.error({ err }, "the models that read plates cannot be run: this stay's plate is not read");
			return null;
		}
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

interface Looked {
	readonly look: PlateLook;
	readonly closeUp: CloseUp | null;
}

const withoutCloseUps = (set: EvidenceSet): EvidenceSet => ({ ...set, closeUps: [] });
