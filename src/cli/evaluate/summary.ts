import type { OccupancyCause } from "#core/occupancy/types.ts";
import type { ClipScore, StretchScore } from "./score.ts";

/** The last line of `evaluate --json`. */
export interface Summary {
	readonly vehicle: CauseSummary;
	readonly object: CauseSummary;
	/** Of those found, how many were reported under the other cause. */
	readonly causeWrong: number;
	/** Null where nothing was found. */
	readonly alertsPerStay: number | null;
	readonly startErrorMeanS: number | null;
	readonly endErrorMeanS: number | null;
	/** Length of what was scored. */
	readonly hours: number;
	readonly clips: readonly ClipScore[];
}

export interface CauseSummary {
	readonly expected: number;
	readonly found: number;
	readonly false: number;
	/** Each null where it would be a division by zero. */
	readonly precision: number | null;
	readonly recall: number | null;
	readonly f1: number | null;
}

export function summarise(clips: readonly ClipScore[]): Summary {
	const scored = clips.filter((clip) => clip.scored);
	const found = scored.flatMap(({ stretches }) => stretches).filter((stretch) => stretch.found !== null);
	return {
		vehicle: ofCause(scored, "vehicle"),
		object: ofCause(scored, "object"),
		causeWrong: found.filter(({ causeWrong }) => causeWrong).length,
		alertsPerStay: ratio(
			found.reduce((sum, { alerts }) => sum + alerts, 0),
			found.length,
		),
		startErrorMeanS: mean(found.map(({ startErrorS }) => startErrorS)),
		endErrorMeanS: mean(found.map(({ endErrorS }) => endErrorS)),
		hours: round(scored.reduce((sum, { durationS }) => sum + durationS, 0) / 3600, 4),
		clips,
	};
}

function ofCause(clips: readonly ClipScore[], cause: OccupancyCause): CauseSummary {
	const stretches = clips.flatMap((clip) => clip.stretches).filter(({ expected }) => expected.cause === cause);
	const found = stretches.filter((stretch: StretchScore) => stretch.found !== null).length;
	const falseAlerts = clips.flatMap((clip) => clip.falseAlerts).filter((alert) => alert.cause === cause).length;
	return {
		expected: stretches.length,
		found,
		false: falseAlerts,
		precision: ratio(found, found + falseAlerts),
		recall: ratio(found, stretches.length),
		f1: ratio(2 * found, stretches.length + found + falseAlerts),
	};
}

function ratio(part: number, whole: number): number | null {
	return whole === 0 ? null : round(part / whole, 3);
}

function mean(values: readonly (number | null)[]): number | null {
	const known = values.filter((value) => value !== null);
	return known.length === 0 ? null : round(known.reduce((sum, value) => sum + value, 0) / known.length, 2);
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
