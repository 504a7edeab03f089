import type { ClockReading } from "#contract/clock.ts";
import type { EvidencePlace, Stillness } from "#contract/evidence-set.ts";
import type { PlateExemptionBody } from "#contract/stay-plate.ts";
import type { MissingReason } from "#core/evidence/missing-reason.ts";
import type { PhotoMask } from "#core/evidence/photo-masks.ts";
import type { Box, Polygon } from "#core/geometry/shapes.ts";
import type { OccupancyCause } from "#core/occupancy/types.ts";
import type { PlateLook } from "#core/plates/stay-plate.ts";
import type { Planned } from "./evidence-plan.ts";

/**
 * What one occupancy is to have of evidence, and what became of each piece: plain data, changed by `change-evidence-set.ts` alone.
 * Begun with the entry, when nobody knows yet whether it becomes an alert.
 */
export interface EvidenceSet {
	/** The occupancy's id, which is the alert's. */
	readonly alertId: string;
	readonly cameraId: string;
	readonly zoneId: string;
	readonly cause: OccupancyCause;
	readonly enteredAt: number;
	/** Null: it may yet leave before it counts. */
	readonly raisedAt: number | null;
	readonly clearedAt: number | null;
	readonly confirmAt: number | null;
	/** Of piled goods, when the alert was raised. */
	readonly outline: readonly Polygon[];
	/** Where it stood at the entry, and how the place looked in the first photo (base64 of a patch's cells). */
	readonly box: Box;
	readonly patchBase64: string | null;
	/** How place and camera were called then; null where nobody said. */
	readonly place: EvidencePlace | null;
	readonly items: readonly EvidenceItem[];
	readonly stillness: Stillness | null;
	/** What the detector calls it; absent from sets that an older program began. */
	readonly label?: string;
	/** The pictures of a vehicle that were looked at for its plate; absent: nobody is to look. */
	readonly plateLooks?: readonly PlateLook[];
	/** Of the looks that read it, until P3 was made of the best. */
	readonly closeUps?: readonly CloseUp[];
	/** The vehicle turned out to be exempt after its alert was raised. */
	readonly exemption?: PlateExemptionBody;
	readonly revision: number;
}

export interface EvidenceItem extends Planned {
	readonly state: "planned" | "taken" | "missing";
	readonly reason: MissingReason | null;
	readonly taken: Taken | null;
	/** Of a photo, what must not be seen outside the site; null: could not be looked at; absent: not looked at yet. */
	readonly masks?: readonly PhotoMask[] | null;
}

/** Why a piece that was taken will never be at the server. */
export type LostReason = Extract<MissingReason, "given_up" | "lost" | "refused">;

/** What is known of a piece that lies on disk. */
export interface Taken {
	readonly capturedAt: number;
	/** Of pictures. */
	readonly widthPx: number | null;
	readonly heightPx: number | null;
	readonly sha256: string;
	readonly clock: ClockReading;
	readonly overlay: { readonly id: string; readonly code: string; readonly lines: readonly string[] } | null;
}

/** A plate and a little of what is around it, every pixel as the camera sent it: what P3 may become. Plain data. */
export interface CloseUp {
	/** Of the look that it was cut for. */
	readonly wantedAt: number;
	readonly capturedAt: number;
	readonly widthPx: number;
	readonly heightPx: number;
	readonly jpegBase64: string;
	/** What of it must not be seen outside the site; null: nobody knows what was around. */
	readonly masks: readonly PhotoMask[] | null;
	readonly clock: ClockReading;
}
