import { isOnDuty, type KnownPlate } from "../plates/known-plate.ts";
import type { ZoneTimes } from "./zone-times.ts";

/** Why this one vehicle raises nothing for now, by its plate; permits name themselves, and when they end. */
export type PlateExemption =
	| { readonly reason: "emergency" | "listed" }
	| { readonly reason: "permit"; readonly permitId: string; readonly until: number };

/** How a vehicle with this plate counts at one instant. */
export interface PlateCounting {
	readonly exempt: PlateExemption | null;
	/** No dwell of it counts from earlier: it had a permit then. */
	readonly countsFrom: number;
}

interface PlacedZone {
	readonly times?: ZoneTimes | undefined;
	readonly emergencyPlates?: readonly string[];
}

export function countingByPlate(plate: KnownPlate, zone: PlacedZone, at: number): PlateCounting {
	if (isOnDuty(plate)) return { exempt: { reason: "emergency" }, countsFrom: 0 };
	if (zone.emergencyPlates?.includes(plate.text)) return { exempt: { reason: "listed" }, countsFrom: 0 };
	const own = (zone.times?.permits ?? []).filter((permit) => permit.plate === plate.text && permit.from <= at);
	const [permit] = own.filter(({ until }) => at < until).sort((a, b) => b.until - a.until);
	if (permit) return { exempt: { reason: "permit", permitId: permit.id, until: permit.until }, countsFrom: at };
	return { exempt: null, countsFrom: Math.max(0, ...own.map(({ until }) => until)) };
}
