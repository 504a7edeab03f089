import type { EdgeAnswer, EdgeBody, EdgeTokenAnswer } from "#contract/edges-api.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { randomToken, sameSecret, sha256Hex } from "../http/secrets.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { isForeignEdge } from "../import/imports-store.ts";
import { edgeAnswerOf, findEdge, insertEdge, setRevokedAt, setToken, type EdgeRow } from "./edges-store.ts";

/** The token's first part names the edge (an edge id holds no dot): one row is looked at, and it is compared evenly. */
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
	const edge = findEdge(store, token.split(".", 1)[0] ?? "");
	return edge && edge.revokedAt === null && sameSecret(edge.tokenHash, sha256Hex(token)) ? edge : null;
}

export function addEdge({ store, feed, now }: ServerParts, body: EdgeBody): EdgeTokenAnswer {
	return store.transaction(() => {
		const { token } = createEdge(store, body, now());
		feed.append("edge", body.id, now());
		return { edge: requireEdgeAnswer(store, body.id), token };
	})();
}

/** The old token ends at once; an edge that was revoked works again with the new one. */
export function renewToken({ store, feed, now }: ServerParts, id: string): EdgeTokenAnswer {
	const token = newToken(id);
	return store.transaction(() => {
		requireEdgeAnswer(store, id);
		if (isForeignEdge(store, id)) {
			throw new ApiError(409, "foreign", "This edge is another Keepclear's: only its evidence is here.");
		}
		setToken(store, id, sha256Hex(token));
		feed.append("edge", id, now());
		return { edge: requireEdgeAnswer(store, id), token };
	})();
}

export function revokeEdge({ store, feed, now }: ServerParts, id: string): void {
	store.transaction(() => {
		requireEdgeAnswer(store, id);
		setRevokedAt(store, id, now());
		feed.append("edge", id, now());
	})();
}

function requireEdgeAnswer(store: Store, id: string): EdgeAnswer {
	const edge = findEdge(store, id);
	if (!edge) throw notFound("edge");
	return edgeAnswerOf(edge);
}
