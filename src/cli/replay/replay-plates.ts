import { type Detection, isVehicle } from "#core/detection.ts";
import { occupancyIdOf } from "#core/occupancy/occupancy-id.ts";
import type { OccupancyEvent } from "#core/occupancy/types.ts";
import type { KnownPlate } from "#core/plates/known-plate.ts";
import { defaultPolicy } from "#core/scene.ts";
import { beginSet, clearSet, plateLooked, raiseSet } from "../../../edge/evidence/change-evidence-set.ts";
import type { EvidenceSet } from "../../../edge/evidence/evidence-set.ts";
import { knownPlateOf, nextPlateMoment, plateBodyOf } from "../../../edge/evidence/plate-plan.ts";
import { lookAtVehicle } from "../../../edge/plates/look-at-vehicle.ts";
import type { PlateReader } from "../../../edge/plates/plate-reader.ts";
import type { Frame } from "../../../edge/video/frame.ts";

/**
 * Reads plates over each stay of a recording, by the edge's own plan. There is no ring to go back in: a moment is answered
 * by the first frame that is looked at from it on.
 */
export class ReplayPlates {
	readonly #reader: PlateReader;
	readonly #sets = new Map<string, EvidenceSet>();

	constructor(reader: PlateReader) {
		this.#reader = reader;
	}

	note(event: OccupancyEvent): void {
		if (event.kind === "entered") {
			const { zoneId, enteredAt, occupant } = event;
			const alertId = occupancyIdOf(zoneId, enteredAt);
			this.#sets.set(alertId, beginSet({ ...occupant, alertId, cameraId: "", zoneId, enteredAt, place: null }));
		}
		if (event.kind === "left") {
			for (const [id, set] of this.#sets)
				if (set.zoneId === event.zoneId && set.raisedAt === null) this.#sets.delete(id);
		}
		if (event.kind === "raised")
			this.#change(event.period.occupancyId, (set) => raiseSet(set, event.period, defaultPolicy));
		if (event.kind === "cleared") {
			const { by, at: seenFreeAt, period } = event;
			const cleared = { by, seenFreeAt, clearedAt: period.clearedAt ?? seenFreeAt };
			this.#change(period.occupancyId, (set) => clearSet(set, cleared));
		}
	}

	/** Looks at what is due. Answers plates that became sure with this frame, and of which occupancy. */
	async look(
		frame: Frame,
		detections: readonly Detection[],
		signal: AbortSignal,
	): Promise<{ occupancyId: string; plate: KnownPlate }[]> {
		const vehicles = detections.filter(({ label }) => isVehicle(label)).map(({ box }) => box);
		const sure: { occupancyId: string; plate: KnownPlate }[] = [];
		for (const [occupancyId, set] of this.#sets) {
			const moment = nextPlateMoment(set);
			if (!moment || frame.capturedAt < moment.wantedAt || set.clearedAt !== null) continue;
			const { vehicle, read } = await lookAtVehicle(
				frame,
				{ box: set.box, vehicles },
				{ reader: this.#reader, signal },
			);
			const look = { wantedAt: moment.wantedAt, capturedAt: frame.capturedAt, failed: null, vehicle, read };
			const next = plateLooked(set, look);
			this.#sets.set(occupancyId, next);
			const plate = knownPlateOf(next);
			if (plate) sure.push({ occupancyId, plate });
		}
		return sure;
	}

	/** Null where it was not read. */
	textOf(occupancyId: string): string | null {
		const set = this.#sets.get(occupancyId);
		return (set && plateBodyOf(set)?.text) ?? null;
	}

	#change(id: string, change: (set: EvidenceSet) => EvidenceSet): void {
		const set = this.#sets.get(id);
		if (set) this.#sets.set(id, change(set));
	}
}
