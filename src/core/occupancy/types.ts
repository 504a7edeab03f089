import type { Clearance } from "../clearance/clearance.ts";
import type { Box, Polygon } from "../geometry/shapes.ts";
import type { KnownPlate } from "../plates/known-plate.ts";
import type { PlateExemption } from "../policy/plate-exemption.ts";

/** The state of a lane, derived from what stands in its zone. `unknown` is a state, never a guess. */
export type LaneState = "clear" | "pending" | "occupied" | "clearing" | "unknown";

/** Why nothing can be said about a lane. */
export type UnknownReason =
	| "starting"
	| "stream_lost"
	| "detector_failed"
	| "zone_changed"
	/** The view itself is no good: the same picture for ever, something over the lens, out of focus, no light. */
	| "picture_frozen"
	| "lens_covered"
	| "defocused"
	| "too_dark"
	/** The camera looks elsewhere: its zones wait for a person's word. */
	| "camera_moved";

/** `object`: piled goods and anything else that stands still and was not there before. */
export type OccupancyCause = "vehicle" | "object";

/** What stands in a zone and makes it occupied. Instants are milliseconds on the clock of `capturedAt`. */
export interface Occupant {
	readonly cause: OccupancyCause;
	readonly label: string;
	/** Best confidence seen over the stay, 0..1. */
	readonly confidence: number;
	/** Where it stands now. */
	readonly box: Box;
	/** For piled goods what exactly is meant, as polygons in the picture; empty for vehicles, whose box says it. */
	readonly outline: readonly Polygon[];
}

/** One stretch from occupied to clear. */
export interface OccupancyPeriod extends Occupant {
	/** Made from zone and entry instant, so that a restart that repeats a step names the same period. */
	readonly occupancyId: string;
	readonly zoneId: string;
	/** When what stands there came to a stand. */
	readonly enteredAt: number;
	/** When the on-delay was over. */
	readonly raisedAt: number;
	/** What was left of the zone when it was raised. */
	readonly clearance: Clearance | null;
	/** When the zone became free (the off-delay only confirms it); null while occupied. */
	readonly clearedAt: number | null;
}

/** A vehicle that stands in a zone and raises nothing, by its plate. Plain data. */
export interface ExemptStay {
	/** Made from the zone and the instant from which it was exempt. */
	readonly id: string;
	readonly trackId: number;
	readonly enteredAt: number;
	readonly exemptFrom: number;
	readonly seenAt: number;
	readonly label: string;
	readonly plate: KnownPlate;
	readonly exemption: PlateExemption;
}

/** `zone_removed`: nobody watches the place any more. `accepted`: a person said that what lies there belongs there. */
export type ClearedBy = "camera" | "zone_removed" | "accepted";

/** What the rules say has happened, in the order in which it happened. */
export type OccupancyEvent =
	| {
			readonly kind: "entered";
			readonly zoneId: string;
			readonly at: number;
			/** When it came to a stand: the occupancy that it may become begins then. */
			readonly enteredAt: number;
			readonly occupant: Occupant;
	  }
	/** A stay that ended before its on-delay: whoever kept a still of its entry may drop it. */
	| { readonly kind: "left"; readonly zoneId: string; readonly at: number }
	| { readonly kind: "raised"; readonly zoneId: string; readonly at: number; readonly period: OccupancyPeriod }
	| {
			readonly kind: "cleared";
			readonly zoneId: string;
			readonly at: number;
			readonly period: OccupancyPeriod;
			readonly by: ClearedBy;
	  }
	/**
	 * This vehicle raises nothing, by its plate. `alertId`: it was known too late, and the alert that it raised stays; such
	 * a one is told no end.
	 */
	| {
			readonly kind: "exempted";
			readonly zoneId: string;
			readonly at: number;
			readonly stay: ExemptStay;
			readonly alertId: string | null;
	  }
	| {
			readonly kind: "exemptionEnded";
			readonly zoneId: string;
			readonly at: number;
			readonly stay: ExemptStay;
			readonly endedAt: number;
			/** `over`: it still stands there, and counts from now on. */
			readonly why: "left" | "over" | "zone_removed";
	  }
	| {
			readonly kind: "stateChanged";
			readonly zoneId: string;
			readonly at: number;
			readonly state: LaneState;
			/** Since when the zone is in this state. */
			readonly since: number;
			readonly reason: UnknownReason | null;
	  };
