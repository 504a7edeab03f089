import { verifyAfterMs } from "./case-of.ts";

/** What is known of a lane now. Instants are of its edge's clock. */
export interface LaneSeen {
	readonly state: "clear" | "pending" | "occupied" | "clearing" | "unknown";
	/** Since when it is in this state. */
	readonly since: number | null;
	/** When its edge last said so. */
	readonly saidAt: number | null;
	readonly edgeIsThere: boolean;
}

/**
 * Two clean checks 60 s apart: every lane of the place was told clear after the alert ended, and is still told clear a
 * minute later. A lane that was unknown or occupied in between has begun to be clear anew, so its time begins anew; one of
 * which nobody tells proves nothing.
 */
export function isVerifiedClear(lanes: readonly LaneSeen[], clearedAt: number): boolean {
	return (
		lanes.length > 0 &&
		lanes.every(
			({ state, since, saidAt, edgeIsThere }) =>
				edgeIsThere &&
				state === "clear" &&
				since !== null &&
				saidAt !== null &&
				saidAt - Math.max(since, clearedAt) >= verifyAfterMs,
		)
	);
}
