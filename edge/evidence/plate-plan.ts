import type { StayPlateBody } from "#contract/stay-plate.ts";
import type { KnownPlate } from "#core/plates/known-plate.ts";
import { stayPlateOf } from "#core/plates/stay-plate.ts";
import { longestSettleMs } from "./evidence-plan.ts";
import type { EvidenceSet } from "./evidence-set.ts";

/** Pure decisions about the plate of a vehicle that stands: which moments are looked at, and when nothing more comes. */

/**
 * Soon, so that an exempt vehicle is known long before the on-delay is over, and later ones for what hid it, a lamp, a
 * door. The first is that of P1; that of P2 comes to them.
 */
const sinceEntryMs = [0, 3_000, 8_000, 20_000, 60_000];
/** Another picture from so much later on answers the moment as well. */
const toleranceMs = 12_000;

export interface PlateMoment {
	readonly wantedAt: number;
	/** The picture may be of this time, ends included. */
	readonly toAt: number;
}

/** The next moment to look at; null where nothing is due, or nothing more comes. */
export function nextPlateMoment(set: EvidenceSet): PlateMoment | null {
	if (isPlateSettled(set)) return null;
	const looked = new Set(set.plateLooks?.map(({ wantedAt }) => wantedAt));
	const wantedAt = momentsOf(set).find((moment) => !looked.has(moment));
	if (wantedAt === undefined) return null;
	return { wantedAt, toAt: Math.min(wantedAt + toleranceMs, set.clearedAt ?? Infinity) };
}

/** Nothing more is looked at: every character is sure, or all moments were looked at, or nobody is to look. */
export function isPlateSettled(set: EvidenceSet): boolean {
	const { plateLooks: looks, confirmAt, clearedAt } = set;
	if (!looks) return true;
	if (looks.some(({ failed }) => failed === "no_models")) return true;
	if (stayPlateOf(looks, labelOf(set)).isSure) return true;
	if (confirmAt === null && clearedAt === null) return false; // that of P2 comes with the alert
	return momentsOf(set).every((moment) => looks.some(({ wantedAt }) => wantedAt === moment));
}

/** As the server is told; null where nobody looks. */
export function plateBodyOf(set: EvidenceSet): StayPlateBody | null {
	if (!set.plateLooks) return null;
	const { characters, ...plate } = stayPlateOf(set.plateLooks, labelOf(set));
	return { ...plate, characters: [...characters], exemption: set.exemption ?? null, settled: isPlateSettled(set) };
}

/** What the rules are to know of it; null while a character is not sure. */
export function knownPlateOf({ plateLooks: looks = [], ...set }: EvidenceSet): KnownPlate | null {
	const { isSure, text, plateClass, colour } = stayPlateOf(looks, labelOf(set));
	return isSure && text !== null ? { text, plateClass, colour } : null;
}

/** Whether the ring may have it, or will not get it any more. */
export const isMomentRipe = ({ wantedAt }: PlateMoment, now: number, coversUntil: number | null) =>
	(coversUntil !== null && coversUntil > wantedAt) || isMomentOver({ wantedAt }, now);

/** What the ring does not hold by now it will not get. */
export const isMomentOver = ({ wantedAt }: Pick<PlateMoment, "wantedAt">, now: number) =>
	now >= wantedAt + longestSettleMs;

/** None after it has left. */
function momentsOf({ enteredAt, confirmAt, clearedAt }: EvidenceSet): number[] {
	const moments = [...sinceEntryMs.map((ms) => enteredAt + ms), ...(confirmAt === null ? [] : [confirmAt])];
	return moments.filter((at) => clearedAt === null || at < clearedAt).toSorted((a, b) => a - b);
}

const labelOf = ({ label = "vehicle" }: Pick<EvidenceSet, "label">) => label;
