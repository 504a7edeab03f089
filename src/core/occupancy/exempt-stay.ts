import type { KnownPlate } from "../plates/known-plate.ts";
import type { PlateExemption } from "../policy/plate-exemption.ts";
import type { Stay } from "./stay.ts";
import type { ExemptStay, OccupancyEvent } from "./types.ts";
import type { ZoneState, ZoneStep } from "./zone-state.ts";

/** A stay, and what exempts it at this look. */
export interface Exempted {
	readonly stay: Stay;
	readonly plate: KnownPlate;
	readonly exemption: PlateExemption;
}

/** Whether a stay is one of those that are known to be exempt. */
export const isExempt = ({ exempt = [] }: ZoneState, { trackId }: Pick<Stay, "trackId">): boolean =>
	exempt.some((each) => each.trackId === trackId);

/** Tells of vehicles that are exempt now and were not, and of those that left or whose permit is over. */
export function followExempt(
	zone: ZoneState,
	now: readonly Exempted[],
	standing: readonly Stay[],
	at: number,
): ZoneStep {
	const { zoneId, exempt: before = [] } = zone;
	if (now.length === 0 && before.length === 0) return { zone, events: [] };
	const goesOn = now.map((each) => ({ each, known: before.find((known) => continues(known, each)) }));
	const begun = goesOn.flatMap(({ each, known }) => (known ? [] : [begin(zoneId, each, at)]));
	const going = goesOn.flatMap(({ each, known }) => (known ? [{ ...known, seenAt: each.stay.seenAt }] : []));
	const ended = before.filter(({ id }) => !going.some((each) => each.id === id));
	return {
		zone: { ...zone, exempt: [...going, ...begun] },
		events: [
			...ended.map((stay) => endOf(stay, zoneId, standing, at)),
			...begun.map((stay): OccupancyEvent => ({ kind: "exempted", zoneId, at, stay, alertId: null })),
		],
	};
}

function continues(known: ExemptStay, { stay, exemption }: Exempted): boolean {
	return isOf(known, stay) && JSON.stringify(known.exemption) === JSON.stringify(exemption);
}

const isOf = ({ trackId, enteredAt }: ExemptStay, stay: Stay) => trackId === stay.trackId && enteredAt === stay.since;

function endOf(stay: ExemptStay, zoneId: string, standing: readonly Stay[], at: number): OccupancyEvent {
	const isThere = standing.some((each) => isOf(stay, each));
	const end = isThere
		? { endedAt: Math.round(at), why: "over" as const }
		: { endedAt: stay.seenAt, why: "left" as const };
	return { kind: "exemptionEnded", zoneId, at, stay, ...end };
}

function begin(zoneId: string, { stay, plate, exemption }: Exempted, at: number): ExemptStay {
	const exemptFrom = Math.round(at);
	return {
		id: `${zoneId}.${exemptFrom.toString(36)}.${stay.trackId}.exempt`,
		...{ trackId: stay.trackId, enteredAt: stay.since, exemptFrom, seenAt: stay.seenAt },
		...{ label: stay.occupant.label, plate, exemption },
	};
}
