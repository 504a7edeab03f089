import type { Box } from "../geometry/shapes.ts";
import type { KnownPlate } from "../plates/known-plate.ts";
import type { Patch } from "../picture/patch.ts";

/** One look at which the detector saw the tracked thing. */
export interface Sighting {
	readonly at: number;
	readonly box: Box;
	readonly confidence: number;
	/**
	 * How much the place where it was about a second earlier (where it is seen more seldom: at the sighting before) looks
	 * as it did then; null for the first, and where that cannot be told.
	 */
	readonly alike: number | null;
	/** The instant of that earlier sighting; absent: the sighting before. */
	readonly comparedAt?: number;
}

/** How the place of a sighting looked then. */
export interface SeenPlace {
	readonly at: number;
	readonly box: Box;
	readonly patch: Patch;
}

/** The same thing followed over frames. Plain data. */
export interface Track {
	readonly id: number;
	/** `unnamed`: a thing for which the model has no vehicle's name. Never becomes the other. */
	readonly kind: "vehicle" | "unnamed";
	/** Summed confidence by label: the model's opinion over time. */
	readonly labels: Readonly<Record<string, number>>;
	readonly bestConfidence: number;
	/** Those of the last seconds, oldest first, never empty. */
	readonly sightings: readonly Sighting[];
	/** Of the sightings of about the last second, oldest first, never empty. */
	readonly places: readonly SeenPlace[];
	/** Whether a person was at it when it was seen: what a person carries does not come by itself. */
	readonly carried: boolean;
	/** Null while it moves, or was not watched long enough. */
	readonly stand: Stand | null;
}

/** A thing that has come to a stand, and what is known of its being there still. */
export interface Stand {
	/** When it came to a stand. */
	readonly since: number;
	/** Where. Does not follow: what leaves its place stands no more. */
	readonly box: Box;
	/** Last instant at which it was seen to be there, by detector or by appearance. */
	readonly seenAt: number;
	/** The first look that showed it gone; null while it is there, or something passes in front of it. */
	readonly missingSince: number | null;
	/** When the detector saw it there last. */
	readonly detectedAt: number;
	/** For how long the detector saw it there, all together. */
	readonly detectedMs: number;
	/** How the place looked when last the detector was sure of it. */
	readonly patch: Patch;
	/** How much the place looks like that from look to look while the detector is sure; absent: not known yet. */
	readonly usuallyAlike?: number;
	/** Came to its place under the camera's eyes, and nobody carried it. */
	readonly cameByItself: boolean;
	/** Its plate, where it is known for sure: goes with the stand, for what drives off may not be what comes back. */
	readonly plate?: KnownPlate;
}

/** What the model called it most, weighed by confidence; ties by the alphabet. */
export function labelOf(track: Track): string {
	const [best] = Object.entries(track.labels).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
	return best?.[0] ?? "";
}

export function lastSighting(track: Track): Sighting {
	const last = track.sightings.at(-1);
	if (!last) throw new Error(`track ${track.id} has no sighting`);
	return last;
}
