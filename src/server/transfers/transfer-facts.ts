import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { LawBasis, RoadClass } from "#core/evidence/law-basis.ts";

/**
 * Everything that a transfer tells, read once and frozen: letter, JSON and package are made of it and of the evidence
 * that lies on disk. Instants in ms; the writers put them into local time.
 */
export interface TransferFacts {
	/** As it stands on every paper, such as `XS-2026-000017`. */
	readonly number: string;
	readonly madeAt: number;
	readonly timeZone: string;
	readonly site: { readonly id: string; readonly name: string };
	/** Place, camera, times, evidence and what is missing of it, as they stood at the approval. */
	readonly alert: AlertAnswer;
	readonly roadClass: RoadClass;
	readonly lawBasis: LawBasis;
	/** As a person confirmed it; `text` has "-" for what nobody could read, and is "无车牌" where there is none. Null for goods. */
	readonly plate: { readonly text: string; readonly plateClass: string | null; readonly colour: string | null } | null;
	/** Two persons, in their order. */
	readonly reviews: readonly {
		readonly step: "confirmed" | "approved";
		readonly by: string;
		readonly at: number;
		readonly note: string | null;
	}[];
	readonly receiver: { readonly name: string; readonly kind: "traffic_police" | "fire_rescue" };
	/** Photos of the lane's published marking and sign: whole files on this machine. */
	readonly markings: readonly {
		readonly id: string;
		readonly kind: "marking" | "sign";
		readonly file: string;
		readonly bytes: number;
		readonly sha256: string;
		readonly takenAt: number | null;
		readonly storedAt: number;
	}[];
}
