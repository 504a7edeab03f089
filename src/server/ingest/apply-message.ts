import type { z } from "zod";
import type { messageSchemas } from "#contract/messages/index.ts";
import type { EdgeAddress } from "#contract/topics.ts";
import type { Feed } from "../store/feed.ts";
import type { Store } from "../store/open-store.ts";

/** Kinds that travel from edge to server. */
export type UplinkKind = "status" | "cameraHealth" | "laneState" | "alert";
export type Payload<K extends UplinkKind> = z.infer<(typeof messageSchemas)[K]>;
/** `nothing_new`: a repetition, or older than what is known. `not_ours`: the edge is unknown here or was revoked. */
export type Outcome =
	| { readonly result: "applied" | "nothing_new" | "not_ours" }
	| { readonly result: "refused"; readonly reason: string };

export function applyMessage<K extends UplinkKind>(
	store: Store,
	feed: Feed,
	edge: EdgeAddress,
	kind: K,
	payload: Payload<K>,
	at: number,
): Outcome {
	void [store, feed, edge, kind, payload, at];
	throw new Error("not yet built");
}
