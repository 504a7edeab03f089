import { randomBytes } from "node:crypto";
import { type EnrolAnswer, type EnrolBody, type EnrolGrant, enrolText } from "#contract/enrolment-api.ts";
import { codeAgainForMs, codeBytes, codeForMs, codeFrom, mostCodeFailures } from "#core/enrolment/code.ts";
import { enrolmentKeysOf, isSignedByCode, proofOf } from "#platform/enrolment-keys.ts";
import { countEnrolment } from "../accounts/sign-in-throttle.ts";
import { type EdgeRow, findEdge, giveCredentials } from "../edges/edges-store.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { isForeignEdge } from "../import/imports-store.ts";
import { appendToLedger, type NewLedgerEntry } from "../ledger/ledger-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { type CodeRow, findCode, noteFailure, openServerKey, putCode, useCode } from "./enrolment-store.ts";

export interface MadeCode {
	/** Kept nowhere: to be shown once. */
	readonly code: string;
	readonly until: number;
}

/**
 * Another code of the edge ends. What the edge calls with now goes on until the new code is used.
 *
 * @throws ApiError 404, 409 for an edge of another Keepclear
 */
export function makeCode(
	{ store, feed, now }: Pick<ServerParts, "store" | "feed" | "now">,
	edgeId: string,
	by: NewLedgerEntry["who"],
): MadeCode {
	const code = codeFrom(randomBytes(codeBytes));
	const { publicKey, serverKey } = enrolmentKeysOf(code);
	return store.transaction(() => {
		if (!findEdge(store, edgeId)) throw notFound("edge");
		if (isForeignEdge(store, edgeId)) {
			throw new ApiError(409, "foreign", "This edge is another Keepclear's: only its evidence is here.");
		}
		const [madeAt, until] = [now(), now() + codeForMs];
		putCode(store, { edgeId, publicKey, serverKey, madeAt, expiresAt: until });
		appendToLedger(store, { at: madeAt, who: by, what: "enrolment_code_made", on: { kind: "edge", id: edgeId } });
		feed.append("edge", edgeId, madeAt);
		return { code, until };
	})();
}

/**
 * Gives the edge whose code it is the credentials that it asks for: from now on it calls with that token, and what it had
 * before ends. Done again with the same token, it is answered the same for some minutes.
 *
 * @throws ApiError 401, 409, 410, 429
 */
export function enrol(parts: ServerParts, body: EnrolBody, address: string): EnrolAnswer {
	const { store, now } = parts;
	const attempt = countEnrolment(store, address, now());
	const code = findCode(store, body.publicKey);
	if (!code) throw new ApiError(401, "wrong_code", "There is no such code.");
	if (code.failures >= mostCodeFailures) throw codeOver();
	if (!isSignedByCode(body.publicKey, enrolText(body), body.signatureBase64)) {
		noteFailure(store, body.publicKey);
		throw new ApiError(401, "wrong_code", "There is no such code.");
	}
	const edge = store.transaction(() => grant(parts, code, body.tokenSha256, address))();
	attempt.succeeded();
	return answerOf(parts, edge, code, body);
}

function grant(
	{ store, feed, now }: ServerParts,
	{ publicKey, edgeId, expiresAt, usedAt, usedTokenHash }: CodeRow,
	tokenHash: string,
	address: string,
): EdgeRow {
	const at = now();
	const edge = findEdge(store, edgeId);
	if (!edge) throw notFound("edge");
	if (usedAt !== null) {
		const isAgain = usedTokenHash === tokenHash && edge.tokenHash === tokenHash && edge.revokedAt === null;
		if (isAgain && at <= usedAt + codeAgainForMs) return edge;
		throw new ApiError(409, "code_used", "This code was used already; make another.");
	}
	if (at > expiresAt) throw codeOver();
	useCode(store, publicKey, tokenHash, at);
	giveCredentials(store, edgeId, tokenHash, at);
	appendToLedger(store, {
		...{ at, who: { kind: "edge", id: edgeId }, what: "edge_enrolled", on: { kind: "edge", id: edgeId } },
		detail: { address },
	});
	feed.append("edge", edgeId, at);
	return edge;
}

const codeOver = () => new ApiError(410, "code_over", "This code holds no more; make another.");

function answerOf({ store, forEdges }: ServerParts, edge: EdgeRow, code: CodeRow, body: EnrolBody): EnrolAnswer {
	const grant = JSON.stringify({
		...{ edgeId: edge.id, siteId: edge.siteId, name: edge.name },
		...forEdges,
	} satisfies EnrolGrant);
	return { grant, proof: proofOf(openServerKey(store, code), enrolText(body) + grant) };
}
