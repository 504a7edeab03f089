import type { LaneState } from "../occupancy/types.ts";
import { isWithin } from "../policy/hours-of-day.ts";
import type { HoursOfDay } from "../policy/zone-times.ts";

/** A loudspeaker that asks drivers to leave by itself. */
export interface SpeakingRule {
	/** Something has stood in the lane for so long, ms: before there is an alert, so that there need be none. */
	readonly dwellMs: number;
	/** The hours in which it is silent. */
	readonly quiet: readonly HoursOfDay[];
}

/** What is known of a lane. Instants in ms. */
export interface LaneHeard {
	readonly state: LaneState;
	/** Since when something has stood in it; null where nothing does, or nobody knows. */
	readonly takenSince: number | null;
	/** When it was last spoken to; null: never. */
	readonly spokenAt: number | null;
	/** When the camera said so last: what nobody sees any more is not spoken to. */
	readonly isWatched: boolean;
}

/** Inside an estate nobody is woken. */
export const estateNight: HoursOfDay = { from: "22:00", to: "07:00" };

/**
 * Whether the lane is to be spoken to now. Once a stay: whoever heard it and stays is a matter for people. A lane that is
 * unknown, or about to be clear, is not spoken to: nobody may be there.
 */
export function mustSpeak(lane: LaneHeard, { dwellMs, quiet }: SpeakingRule, now: number, timeZone: string): boolean {
	const { state, takenSince, spokenAt, isWatched } = lane;
	if (!isWatched || takenSince === null || (state !== "pending" && state !== "occupied")) return false;
	if (now - takenSince < dwellMs) return false;
	if (spokenAt !== null && spokenAt >= takenSince) return false;
	return !quiet.some((hours) => isWithin(hours, now, timeZone));
}
