import type { RoadClass } from "../evidence/law-basis.ts";

export const receiverKinds = ["traffic_police", "fire_rescue"] as const;
export type ReceiverKind = (typeof receiverKinds)[number];

/** Two laws, two authorities, never mixed: who may act on what stands in a lane of this class. */
export const receiverKindOf: Readonly<Record<RoadClass, ReceiverKind>> = {
	public_road: "traffic_police",
	closed_estate: "fire_rescue",
};

/** Why a clue cannot be transferred. */
export const transferRefusals = [
	"not_approved",
	"said_false_alarm", // somebody says of the alert that it is false
	"exempt", // a vehicle on duty, or one with a permit
	"plate_not_confirmed",
	"no_evidence_set", // its edge does not tell what it has of evidence
	"first_photo_missing", // P1; of goods: the empty lane before
	"second_photo_missing", // P2
	"interval_too_short",
	"moved",
	"stillness_unknown", // nobody can tell whether it moved
	"evidence_not_arrived",
	"evidence_not_sealed",
	"clock_off",
	"clock_unknown",
	"marking_missing",
	"sign_missing",
	"already_transferred",
	"receiver_of_other_law",
] as const;
export type TransferRefusal = (typeof transferRefusals)[number];

/** What the receiver let us know. Rows are only added; `withdrawn` says that one was wrong and nothing stands in its place. */
export const entryKinds = [
	"receipt",
	"accepted", // looked through and entered into the police's system
	"returned", // for a reason of article 22
	"notice_sent", // to owner or driver
	"towed",
	"handled",
	"objection",
	"objection_upheld",
	"objection_rejected",
	"cancelled",
	"withdrawn",
] as const;
export type EntryKind = (typeof entryKinds)[number];

export const transferStates = ["sent", "received", "accepted", "returned", "handled"] as const;
export type TransferState = (typeof transferStates)[number];

/** Such as `XS-2026-000017` (线索): numbered without gaps within a year of the site's calendar. */
export const transferNumber = (year: number, serial: number): string => `XS-${year}-${String(serial).padStart(6, "0")}`;

export const policeClockNames = ["review", "notify", "handle", "objection", "cancel"] as const;
export type PoliceClockName = (typeof policeClockNames)[number];
export const policeClockStates = ["running", "kept", "late"] as const;
export type PoliceClockState = (typeof policeClockStates)[number];
