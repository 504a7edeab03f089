import type { ClockVerdict } from "../evidence/clock-verdict.ts";
import type { RoadClass } from "../evidence/law-basis.ts";
import type { PlateClass } from "../plates/grammar.ts";
import { isEmergencyPlate } from "../plates/plate-text.ts";
import type { ReviewState } from "../review/review-words.ts";
import { receiverKindOf, type ReceiverKind, type TransferRefusal } from "./transfer-words.ts";

/** GA/T 832-2014: stationary offences need two panoramas at least so far apart. */
export const leastIntervalMs = 10_000;

/** One of the two photos that prove a stay, as it was taken; null where there is none. */
export interface ProvingPhoto {
	readonly capturedAt: number;
}

export interface TransferQuestion {
	readonly review: ReviewState;
	readonly isSaidFalse: boolean;
	readonly cause: "vehicle" | "object";
	/** As a person confirmed it; null where nobody did. */
	readonly plate: { readonly plateClass: PlateClass | null } | null;
	/** By its plate or a permit it may stand there. */
	readonly isExempt: boolean;
	/** Null where its edge does not tell. */
	readonly evidence: {
		/** P1; of goods: the empty lane before them. */
		readonly first: ProvingPhoto | null;
		/** P2. */
		readonly second: ProvingPhoto | null;
		/** Null: nobody can tell. */
		readonly stoodStill: boolean | null;
		readonly clock: ClockVerdict;
	} | null;
	/** Photos and clips that were taken, or sealed, and are not on the server. */
	readonly notArrived: number;
	/** Files on the server that no manifest seals. */
	readonly notSealed: number;
	readonly markings: { readonly marking: boolean; readonly sign: boolean };
	/** To an authority that has not returned it. */
	readonly isTransferred: boolean;
	readonly roadClass: RoadClass;
	/** Null: not chosen yet. */
	readonly receiverKind: ReceiverKind | null;
}

/** Everything at once that keeps a clue from being transferred (E1 to E11), in the order in which it is mended. */
export function transferRefusals(question: TransferQuestion): readonly TransferRefusal[] {
	const { review, plate, markings, receiverKind } = question;
	const isVehicle = question.cause === "vehicle";
	const broken: readonly (readonly [TransferRefusal, boolean])[] = [
		["already_transferred", question.isTransferred],
		["not_approved", review !== "approved"],
		["said_false_alarm", question.isSaidFalse],
		["exempt", question.isExempt || (isVehicle && plate !== null && isEmergencyPlate(plate.plateClass))],
		["plate_not_confirmed", isVehicle && plate === null],
		...brokenEvidence(question, isVehicle),
		["evidence_not_arrived", question.notArrived > 0],
		["evidence_not_sealed", question.notSealed > 0],
		["marking_missing", !markings.marking],
		["sign_missing", !markings.sign],
		["receiver_of_other_law", receiverKind !== null && receiverKind !== receiverKindOf[question.roadClass]],
	];
	return broken.filter(([, holds]) => holds).map(([refusal]) => refusal);
}

function brokenEvidence(
	{ evidence }: TransferQuestion,
	isVehicle: boolean,
): readonly (readonly [TransferRefusal, boolean])[] {
	if (!evidence) return [["no_evidence_set", true]];
	const { first, second, stoodStill, clock } = evidence;
	const isPair = isVehicle && first !== null && second !== null;
	return [
		["first_photo_missing", first === null],
		["second_photo_missing", second === null],
		["interval_too_short", isPair && second.capturedAt - first.capturedAt < leastIntervalMs],
		["moved", isPair && stoodStill === false],
		["stillness_unknown", isPair && stoodStill === null],
		["clock_off", clock === "off"],
		["clock_unknown", clock === "unknown"],
	];
}
