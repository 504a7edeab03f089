import type { EvidenceKind } from "#contract/evidence-kinds.ts";
import type { PlateExemptionBody } from "#contract/stay-plate.ts";
import type { MissingReason } from "#core/evidence/missing-reason.ts";
import type { PhotoMask } from "#core/evidence/photo-masks.ts";
import type { ClearedBy, OccupancyPeriod } from "#core/occupancy/types.ts";
import type { PlateLook } from "#core/plates/stay-plate.ts";
import { type Planned, planAfterClearance, planAtEntry, planAtRaise } from "./evidence-plan.ts";
import type { CloseUp, EvidenceItem, EvidenceSet, LostReason, Taken } from "./evidence-set.ts";
import { isPlateSettled } from "./plate-plan.ts";

/** The changes of a set, pure; one that was made already changes nothing. */

export type Entry = Pick<EvidenceSet, "alertId" | "cameraId" | "zoneId" | "cause" | "enteredAt" | "box" | "place"> & {
	readonly label: string;
};

export function beginSet(entry: Entry): EvidenceSet {
	const looks = entry.cause === "vehicle" ? { plateLooks: [] } : {};
	const begun = { raisedAt: null, clearedAt: null, confirmAt: null, outline: [], patchBase64: null, stillness: null };
	return { ...entry, ...begun, ...looks, items: planAtEntry(entry).map(planned), revision: 1 };
}

/** @param policy of the zone, when it was raised */
export function raiseSet(
	set: EvidenceSet,
	period: Pick<OccupancyPeriod, "raisedAt" | "outline">,
	policy: Parameters<typeof planAtRaise>[2],
): EvidenceSet {
	if (set.raisedAt !== null) return set;
	const entryClip = set.items.find(({ kind }) => kind === "clip");
	const plan = planAtRaise(set, period.raisedAt, policy, entryClip?.state !== "planned");
	const raised = { ...set, raisedAt: period.raisedAt, outline: period.outline, confirmAt: plan.confirmAt };
	// The entry's clip may become one with that of the confirmation.
	const replaced = new Set(plan.items.map(({ id }) => id));
	return changed(raised, [...set.items.filter(({ id }) => !replaced.has(id)), ...plan.items.map(planned)]);
}

/** What was due after it left is not taken; what was due before may show no later moment. */
export function clearSet(
	set: EvidenceSet,
	cleared: { clearedAt: number; seenFreeAt: number; by: ClearedBy },
): EvidenceSet {
	if (set.clearedAt !== null) return set;
	const { clearedAt, seenFreeAt, by } = cleared;
	const items = set.items.map((item): EvidenceItem => {
		if (item.state !== "planned" || !item.whileThere) return item;
		if (item.fromAt >= clearedAt) return { ...item, state: "missing", reason: "left_before" };
		return { ...item, toAt: Math.min(item.toAt, clearedAt) };
	});
	const after = planAfterClearance(set.alertId, seenFreeAt).map((plan): EvidenceItem =>
		by === "camera" ? planned(plan) : { ...planned(plan), state: "missing", reason: "not_seen_free" },
	);
	return changed({ ...set, clearedAt }, [...items, ...after]);
}

export function itemTaken(set: EvidenceSet, id: string, taken: Taken): EvidenceSet {
	return changed(
		set,
		set.items.map((item) => (item.id === id ? { ...item, state: "taken", reason: null, taken } : item)),
	);
}

export function itemMissing(set: EvidenceSet, id: string, reason: MissingReason): EvidenceSet {
	return changed(
		set,
		set.items.map((item) => {
			const goesToo = item.id === id || item.drawnOn === id;
			return goesToo && item.state === "planned" ? { ...item, state: "missing", reason } : item;
		}),
	);
}

/** The camera is watched no more: it ends, and what is planned will not be made. */
export function cameraRemoved(set: EvidenceSet, at: number): EvidenceSet {
	const isPlanned = ({ state }: EvidenceItem) => state === "planned";
	if (set.clearedAt !== null && !set.items.some(isPlanned)) return set;
	const gone = { state: "missing", reason: "camera_removed" } as const;
	return changed(
		{ ...set, clearedAt: set.clearedAt ?? at },
		set.items.map((item) => (isPlanned(item) ? { ...item, ...gone } : item)),
	);
}

/**
 * It was taken, and will never be at the server. Stills and copies with words have no item of their own: from now on they
 * have.
 */
export function itemLost(
	set: EvidenceSet,
	{ id, kind, capturedAt }: { readonly id: string; readonly kind: EvidenceKind; readonly capturedAt: number },
	reason: LostReason,
): EvidenceSet {
	const gone = { state: "missing", reason, taken: null } as const;
	const items = set.items.map((item): EvidenceItem => {
		if (item.id === id) return { ...item, ...gone };
		if (item.taken?.overlay?.id !== id) return item;
		return { ...item, taken: { ...item.taken, overlay: null } };
	});
	if (items.some((item) => item.id === id)) return changed(set, items);
	const window = { fromAt: capturedAt, toAt: capturedAt, whileThere: false };
	return changed(set, [...items, { id, kind, take: "drawn", ...window, ...gone }]);
}

/** What is drawn on a photo has what the photo has. */
export function itemMasked(set: EvidenceSet, id: string, masks: readonly PhotoMask[] | null): EvidenceSet {
	return changed(
		set,
		set.items.map((item) => (item.id === id || item.drawnOn === id ? { ...item, masks } : item)),
	);
}

/** Whether it is a photo that is still to be looked at for what to mask; close-ups say it themselves. */
export const awaitsMasks = ({ kind, state, take, masks }: EvidenceItem) =>
	state === "taken" && kind !== "clip" && take !== "drawn" && take !== "close_up" && masks === undefined;

/** One more picture of the vehicle was looked at for its plate. A moment that was looked at already stays as it is. */
export function plateLooked(set: EvidenceSet, look: PlateLook, closeUp: CloseUp | null = null): EvidenceSet {
	const looks = set.plateLooks ?? [];
	if (looks.some(({ wantedAt }) => wantedAt === look.wantedAt)) return set;
	const closeUps = [...(set.closeUps ?? []), ...(closeUp ? [closeUp] : [])];
	return changed({ ...set, plateLooks: [...looks, look], closeUps }, set.items);
}

/** What it raised stays: a person decides. Told again it changes nothing. */
export function plateExempted(set: EvidenceSet, { reason, permitId }: PlateExemptionBody): EvidenceSet {
	if (set.exemption) return set;
	return changed({ ...set, exemption: { reason, permitId } }, set.items);
}

/** Which moment P2 may show at the earliest: the interval counts from what P1 really shows, which may be later than the entry. */
export function earliestOf({ items, confirmAt, enteredAt }: EvidenceSet, kind: EvidenceKind, fromAt: number): number {
	const entry = items.find((item) => item.kind === "panorama_entry")?.taken;
	if (kind !== "panorama_confirmed" || confirmAt === null || !entry) return fromAt;
	// A picture may lie a millisecond before what was asked for.
	return Math.max(fromAt, entry.capturedAt + confirmAt - enteredAt) + 1;
}

/** Nothing of it will be made any more: it ended, and each piece was taken or given up. */
export const isSetComplete = (set: EvidenceSet) =>
	set.clearedAt !== null &&
	set.items.every((item) => item.state !== "planned" && !awaitsMasks(item)) &&
	isPlateSettled(set);

const planned = (plan: Planned): EvidenceItem => ({ ...plan, state: "planned", reason: null, taken: null });

const changed = (set: EvidenceSet, items: readonly EvidenceItem[]): EvidenceSet => ({
	...set,
	items,
	revision: set.revision + 1,
});
