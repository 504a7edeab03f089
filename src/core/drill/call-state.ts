/** What a crew is told of a lane, or of a way: green, red, or that nobody knows. */
export const callStates = ["free", "blocked", "unknown"] as const;
export type CallState = (typeof callStates)[number];

export const callReasons = [
	"occupied", // something stands there
	"leave", // a vehicle that may stand there does
	"not_known", // the camera, its edge or its view tells nothing
	"just_come", // something came, and whether it stays is not known yet
	"not_armed", // at this hour nobody looks
	"any_may_stand", // every vehicle may stand there for now: none is told
] as const;
export type CallReason = (typeof callReasons)[number];

export interface LaneNow {
	readonly state: "clear" | "pending" | "occupied" | "clearing" | "unknown";
	/** By the hours at which it is watched. */
	readonly isArmed: boolean;
	/** A vehicle stands there that raises no alert: on duty, or with leave. */
	readonly isLeftStanding: boolean;
	/** A permit lets every vehicle stand there: what does is told by nobody. */
	readonly mayAnyStand: boolean;
}

export interface Told {
	readonly state: CallState;
	/** Null: it is free, and known to be. */
	readonly reason: CallReason | null;
}

/** Free is said of what a camera sees to be free, and of nothing else. */
export function callStateOf({ state, isArmed, isLeftStanding, mayAnyStand }: LaneNow): Told {
	if (state === "occupied" || state === "clearing") return { state: "blocked", reason: "occupied" };
	if (isLeftStanding) return { state: "blocked", reason: "leave" };
	if (state === "unknown") return { state: "unknown", reason: "not_known" };
	if (state === "pending") return { state: "unknown", reason: "just_come" };
	if (!isArmed) return { state: "unknown", reason: "not_armed" };
	if (mayAnyStand) return { state: "unknown", reason: "any_may_stand" };
	return { state: "free", reason: null };
}

/** A way is free when every lane of it is; a way without lanes is unknown. */
export function wayStateOf(lanes: readonly CallState[]): CallState {
	if (lanes.includes("blocked")) return "blocked";
	return lanes.length > 0 && lanes.every((state) => state === "free") ? "free" : "unknown";
}
