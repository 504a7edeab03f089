/** What a person, or the server by what the camera told, adds to the handling of an alert. */
export const handlingKinds = [
	"acknowledged",
	"dispatched",
	"on_the_way",
	"on_site",
	"reported_cleared", // a person's word; the camera's is the proof
	"note",
	"photo",
	"needs_police",
	"false_alarm",
	"exempt",
	"hazard",
	"transferred", // a clue of it was handed to an authority
	"escalated",
	"verified", // by the camera: told clear, and still told clear 60 s later
	"closed",
	"reopened",
	"taken_back",
] as const;
export type HandlingKind = (typeof handlingKinds)[number];

/** Added by the program, never by a person. */
export const systemKinds = ["transferred", "escalated", "verified"] as const satisfies readonly HandlingKind[];
/** What somebody on the spot tells. It may come late, from a phone without network, and never waits for what others did. */
export const attendKinds = [
	"on_the_way",
	"on_site",
	"reported_cleared",
	"note",
	"photo",
	"needs_police",
] as const satisfies readonly HandlingKind[];

export const handlingStates = [
	"raised",
	"reopened", // occupied again before it was verified, or a person said that it is not over
	"acknowledged",
	"dispatched",
	"on_site",
	"cleared", // by the camera
	"verified", // by the camera
	"closed",
	"false_alarm",
	"exempt",
	"hazard", // stands in the hazard list
	"transferred",
] as const;
export type HandlingState = (typeof handlingStates)[number];

/** Nothing is left to be done. */
export const endStates = ["closed", "false_alarm", "exempt"] as const satisfies readonly HandlingState[];

export const falseAlarmReasons = ["nothing_there", "outside_lane", "light_or_weather", "passing", "other"] as const;
export const exemptReasons = ["emergency_vehicle", "permitted_work", "loading", "other"] as const;
export type JudgementReason = (typeof falseAlarmReasons)[number] | (typeof exemptReasons)[number];

/** From the first to the last; each tells somebody further up. */
export const escalationLevels = [
	"re_ring",
	"manager",
	"property_manager",
	"street_and_fire",
	"police_and_tow",
] as const;
export type EscalationLevel = (typeof escalationLevels)[number];

export const isSystemKind = (kind: HandlingKind): boolean => (systemKinds as readonly HandlingKind[]).includes(kind);
export const isAttendKind = (kind: HandlingKind): boolean => (attendKinds as readonly HandlingKind[]).includes(kind);
export const isEnded = (state: HandlingState): boolean => (endStates as readonly HandlingState[]).includes(state);
