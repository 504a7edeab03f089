import type { CameraHealthMessage, CameraProblem } from "#contract/messages/index.ts";

export type CameraHealth = Pick<CameraHealthMessage, "state" | "problem" | "since" | "video" | "recording">;

/** What the supervisor notices about its camera. */
export type Symptom =
	| { readonly kind: "frame" }
	| { readonly kind: "lost"; readonly problem: CameraProblem }
	| { readonly kind: "video"; readonly video: NonNullable<CameraHealthMessage["video"]> }
	/** Whether the ring could write, and whether the disk has room. */
	| { readonly kind: "recording"; readonly ok: boolean };

export const initialHealth = (at: number): CameraHealth => ({
	state: "connecting",
	problem: null,
	since: at,
	video: null,
	recording: true,
});

/**
 * Online with the first frame, not with the connection: a camera that accepts us and sends nothing is not there. While
 * it is tried again after a loss it stays offline with its problem, so the page does not flicker. `since` is when `state`
 * began.
 */
export function reduceHealth(previous: CameraHealth, symptom: Symptom, at: number): CameraHealth {
	switch (symptom.kind) {
		case "frame":
			return previous.state === "online" ? previous : { ...previous, state: "online", problem: null, since: at };
		case "lost":
			return previous.state === "offline"
				? previous.problem === symptom.problem
					? previous
					: { ...previous, problem: symptom.problem }
				: { ...previous, state: "offline", problem: symptom.problem, since: at };
		case "video":
			return sameVideo(previous.video, symptom.video) ? previous : { ...previous, video: symptom.video };
		case "recording":
			return previous.recording === symptom.ok ? previous : { ...previous, recording: symptom.ok };
	}
}

const sameVideo = (a: CameraHealth["video"], b: CameraHealth["video"]) =>
	a?.codec === b?.codec && a?.width === b?.width && a?.height === b?.height;
