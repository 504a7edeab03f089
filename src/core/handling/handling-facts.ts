import type { ClearedBy } from "../occupancy/types.ts";
import type { EscalationLevel, HandlingKind } from "./handling-words.ts";

/** One alert of a case, as its camera told it. `enteredAt` and `clearedAt` are of the edge's clock. */
export interface CaseAlert {
	readonly id: string;
	readonly enteredAt: number;
	readonly clearedAt: number | null;
	readonly clearedBy: ClearedBy | "lost_track" | null;
	/** When the server first heard of it, by its own clock: nobody could act before. */
	readonly receivedAt: number;
}

/** One row. Rows are only added, so `position` is also their order. */
export interface HandlingEntry {
	readonly position: number;
	readonly kind: HandlingKind;
	/** Who said it, by id; null: the server. */
	readonly by: string | null;
	/** When it was written down, by the server's clock. */
	readonly at: number;
	/** When it was done, where that was told later; by the server's clock. */
	readonly happenedAt: number | null;
	readonly level: EscalationLevel | null;
	/** The position of the entry that is taken back. */
	readonly undoes: number | null;
}

/** All that is known of one case. Alerts that make one case: see `case-of.ts`. */
export interface HandlingFacts<E extends HandlingEntry = HandlingEntry> {
	readonly alerts: readonly CaseAlert[];
	readonly entries: readonly E[];
}

export const doneAt = ({ happenedAt, at }: Pick<HandlingEntry, "happenedAt" | "at">): number => happenedAt ?? at;
