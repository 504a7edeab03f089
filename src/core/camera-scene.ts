import type { Accepted } from "./occupancy/goods-stay.ts";
import type { ZoneTimes } from "./policy/zone-times.ts";
import type { Policy, Zone } from "./scene.ts";

export interface CameraZone extends Zone {
	/** What holds at every hour that `times` says nothing of. */
	readonly policy: Policy;
	readonly times?: ZoneTimes | undefined;
	/** Plates of the site's own list of vehicles on duty, as `normalisePlate` writes them. */
	readonly emergencyPlates?: readonly string[];
	/** Piled goods that belong there by a person's word: the occupancy that was judged, and what exactly was meant. */
	readonly accepted?: readonly Accepted[];
}

/** The zones of one camera, ignore masks among them, each with the policy that holds for it. */
export interface CameraScene {
	readonly zones: readonly CameraZone[];
	/** A person has seen that the zones fit the view of this instant (ms, the clock of `capturedAt`) and of before. */
	readonly viewConfirmedAt?: number;
}
