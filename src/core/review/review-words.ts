/** Two steps by two people before anything leaves: the duty officer confirms, a property manager or the head of the unit approves. */
export const reviewSteps = ["confirmation", "approval"] as const;
export type ReviewStep = (typeof reviewSteps)[number];

/** `false_alarm` is the confirmation's word alone. */
export const reviewVerdicts = ["true", "false_alarm", "rejected"] as const;
export type ReviewVerdict = (typeof reviewVerdicts)[number];

/**
 * Why a clue is rejected, or was returned: 道路交通安全违法行为处理程序规定 22 (1) to (7) in their order; `other` (8) with a note.
 */
export const rejectReasons = [
	"emergency_vehicle", // police, fire, ambulance or engineering vehicle on an urgent mission
	"stolen_or_cloned_plate",
	"rescue_or_necessity",
	"handled_on_site",
	"contradictory_signals",
	"unclear_picture",
	"wrong_plate",
	"other",
] as const;
export type RejectReason = (typeof rejectReasons)[number];

export const reviewStates = ["none", "confirmed", "approved", "false_alarm", "rejected"] as const;
export type ReviewState = (typeof reviewStates)[number];
