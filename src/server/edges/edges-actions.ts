import type { EdgeAnswer, EdgeBody, EdgeTokenAnswer } from "#contract/edges-api.ts";
import type { CodeAnswer } from "#contract/enrolment-api.ts";
import { makeCode } from "../enrolment/enrolment-actions.ts";
import { dropCode } from "../enrolment/enrolment-store.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { randomToken, sha256Hex } from "../http/secrets.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { isForeignEdge } from "../import/imports-store.ts";
import { appendToLedger, type NewLedgerEntry } from "../ledger/ledger-store.ts";
import {
	edgeAnswerOf,
	findEdge,
	findEdgeByToken,
	insertEdge,
	setRevokedAt,
	setToken,
	type EdgeRow,
} from "./edges-store.ts";

const newToken = (edgeId: string) => `${edgeId}.${randomToken()}`;

/**
 * Registers an edge. Its token, shown only now, is its MQTT password and its bearer token.
 *
 * @throws ApiError 409 when the id is taken.
 */
export function createEdge(store: Store, { id, siteId, name }: EdgeBody, at = Date.now()): { token: string } {
	if (findEdge(store, id)) throw new ApiError(409, "id_taken", `There is an edge ${id} already.`);
	const token = newToken(id);
	insertEdge(store, { id, siteId, name, tokenHash: sha256Hex(token), createdAt: at });
	return { token };
}

/** The edge whose valid token this is. */
export function edgeOfToken(store: Store, token: string): EdgeRow | null {
	const edge = findEdgeByToken(store, sha256Hex(token));
	return edge && edge.revokedAt === null ? edge : null;
}

/** With a code by which it gets its credentials; the token that it was made with is known to nobody. */
export function addEdge(parts: ServerParts, body: EdgeBody, by: NewLedgerEntry["who"]): CodeAnswer {
	const { store, now } = parts;
	return store.transaction(() => {
		createEdge(store, body, now());
		return { ...makeCode(parts, body.id, by), edge: requireEdgeAnswer(store, body.id) };
	})();
}

/** The old token ends at once. @throws ApiError 409 for an edge that was revoked: only a code lets it in again */
export function renewToken({ store, feed, now }: ServerParts, id: string): EdgeTokenAnswer {
	const token = newToken(id);
	return store.transaction(() => {
		const { revokedAt } = requireEdgeAnswer(store, id);
		if (isForeignEdge(store, id)) {
			throw new ApiError(409, "foreign", "This edge is another Keepclear's: only its evidence is here.");
		}
		if (revokedAt !== null) {
			throw new ApiError(409, "revoked", "This edge was revoked: only a one-time code lets it in again.");
		}
		setToken(store, id, sha256Hex(token), now());
		feed.append("edge", id, now());
		return { edge: requireEdgeAnswer(store, id), token };
	})();
}

/** At once: the broker ends its connection, nothing that it sends is taken, its lanes are unknown. */
export function revokeEdge(
	{ store, feed, now }: Pick<ServerParts, "store" | "feed" | "now">,
	id: string,
	{ by, reason }: { readonly by: NewLedgerEntry["who"]; readonly reason?: string | undefined },
): void {
	store.transaction(() => {
		const { revokedAt } = requireEdgeAnswer(store, id);
		dropCode(store, id);
		if (revokedAt !== null) return;
		setRevokedAt(store, id, now());
		appendToLedger(store, {
			...{ at: now(), who: by, what: "edge_revoked", on: { kind: "edge", id } },
			...(reason === undefined ? {} : { why: reason }),
		});
		feed.append("edge", id, now());
	})();
}

/** @throws ApiError 404 */
export function requireEdgeAnswer(store: Store, id: string): EdgeAnswer {
	const edge = findEdge(store, id);
	if (!edge) throw notFound("edge");
	return edgeAnswerOf(edge);
}
