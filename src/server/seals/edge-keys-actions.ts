import type { EdgeKeyAnswer, EdgeKeysAnswer } from "#contract/seal-api.ts";
import { readPublicKey } from "#platform/signing-key.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { type EdgeRow, findEdge } from "../edges/edges-store.ts";
import { ApiError, badInput, notFound } from "../http/api-error.ts";
import { appendToLedger, standsInLedger } from "../ledger/ledger-store.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import {
	allowedKeyReplacement,
	allowKeyReplacement,
	findKey,
	findKeyInUse,
	keysOfEdge,
	putKey,
	useKeyReplacement,
} from "./edge-keys-store.ts";

/**
 * The first key that an edge brings is its key: its token vouches for it. Another one needs an administrator's word, for
 * whoever has stolen a token could otherwise seal what the edge never saw.
 *
 * @throws ApiError 409 other_key, which is recorded
 */
export function registerKey({ store, now, log }: ServerParts, edge: EdgeRow, publicKey: string): EdgeKeyAnswer {
	const key = readPublicKey(publicKey);
	if (!key) throw badInput({ path: "publicKey", message: "must be an Ed25519 public key, PEM (SPKI)" });
	const done = store.transaction(() => {
		const inUse = findKeyInUse(store, edge.id);
		if (inUse?.id === key.id) return inUse;
		const at = now();
		const isNew = findKey(store, edge.id, key.id) === undefined; // one that was retired never comes back
		const allowed = inUse === undefined || (isNew && useKeyReplacement(store, edge.id, at));
		const told = { at, who: { kind: "edge", id: edge.id }, on: { kind: "edge", id: edge.id } } as const;
		if (!isNew || !allowed) {
			if (!standsInLedger(store, { ...told, what: "key_refused", since: at - 24 * 3_600_000 })) {
				appendToLedger(store, { ...told, what: "key_refused", detail: { keyId: key.id, keyInUse: inUse?.id ?? null } });
			}
			return null;
		}
		putKey(store, edge.id, { id: key.id, publicKey: key.pem, at });
		const what = inUse ? "key_replaced" : "key_registered";
		appendToLedger(store, { ...told, what, detail: { keyId: key.id, before: inUse?.id ?? null } });
		return findKey(store, edge.id, key.id) ?? null;
	})();
	if (done) return done;
	log.warn({ edge: edge.id, keyId: key.id }, "an edge brings another key than its own: it was refused");
	throw new ApiError(409, "other_key", "The edge has another key. An administrator can allow it a new one.");
}

/** @throws ApiError 404 */
export function allowAnotherKey({ store, now }: ServerParts, edgeId: string, reason: string, { user }: SignedIn): void {
	store.transaction(() => {
		requireEdge(store, edgeId);
		const at = now();
		allowKeyReplacement(store, { edgeId, userId: user.id, at, reason });
		const who = { kind: "user", id: user.id } as const;
		appendToLedger(store, { at, who, what: "key_replacement_allowed", on: { kind: "edge", id: edgeId }, why: reason });
	})();
}

/** @throws ApiError 404 */
export function readKeys(store: Store, edgeId: string): EdgeKeysAnswer {
	requireEdge(store, edgeId);
	return { keys: keysOfEdge(store, edgeId), replacementAllowed: allowedKeyReplacement(store, edgeId) };
}

function requireEdge(store: Store, edgeId: string): void {
	if (!findEdge(store, edgeId)) throw notFound("edge");
}
