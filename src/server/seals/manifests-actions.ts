import { follows } from "#core/evidence/manifest-link.ts";
import type { EvidenceManifest } from "#contract/evidence-manifest.ts";
import { readManifest } from "#contract/read-manifest.ts";
import type { ManifestAnswer, ManifestBody } from "#contract/seal-api.ts";
import { sha256Of } from "#platform/digest.ts";
import { readPublicKey } from "#platform/signing-key.ts";
import type { EdgeRow } from "../edges/edges-store.ts";
import { isForeignAlert, isForeignEvidence } from "../edges/own-ids.ts";
import { findEvidence } from "../evidence/evidence-store.ts";
import { ApiError } from "../http/api-error.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { findKey } from "./edge-keys-store.ts";
import { findManifest, headOf, insertManifest, isWholeUpTo, keyOfChain } from "./manifests-store.ts";
import { noteRefusedManifest } from "./refused-manifests.ts";

interface Place {
	readonly chain: string;
	readonly sequence: number;
}

/** Why a manifest is not taken, as the edge is told and as the ledger has it. */
interface Refusal {
	readonly status: 409 | 422;
	readonly word: "bad_manifest" | "bad_signature" | "unknown_key" | "other_manifest" | "broken_chain" | "other_files";
	readonly why: string;
}

/**
 * Takes in a manifest: it must be canonical, by this edge, signed with its key in use, and fit those beside it in the
 * chain and the evidence that is there. Those before it may still be on their way. Sent again, it is answered the same.
 *
 * @throws ApiError 409, 422: recorded in the ledger
 */
export function acceptManifest(parts: ServerParts, edge: EdgeRow, place: Place, body: ManifestBody): ManifestAnswer {
	const { store, now, log } = parts;
	const outcome = store.transaction((): ManifestAnswer | Refusal => {
		const manifest = readManifest(body.manifest);
		if (!manifest) return bad("is not a manifest in canonical form");
		const misplaced = misplacement(store, edge, place, manifest);
		if (misplaced) return bad(misplaced);
		const sha256 = sha256Of(body.manifest);
		const there = findManifest(store, manifest);
		if (there && there.sha256 !== sha256) return refusal(409, "other_manifest", "its place in the chain is taken");
		const refused = there ? null : problemOf(store, manifest, body, sha256);
		if (refused) return refused;
		if (!there) put(parts, manifest, body, sha256);
		return { chain: isWholeUpTo(store, manifest) ? "whole" : "pending" };
	})();
	if ("chain" in outcome) {
		log.info({ edge: edge.id, ...place, ...outcome }, "a manifest is stored");
		return outcome;
	}
	log.warn({ edge: edge.id, ...place, why: outcome.why }, "a manifest was refused");
	noteRefusedManifest({ store, now }, edge, place, { ...outcome, sha256: sha256Of(body.manifest) });
	throw new ApiError(outcome.status, outcome.word, `The manifest is not taken: ${outcome.why}.`);
}

function put({ store, feed, now }: ServerParts, manifest: EvidenceManifest, body: ManifestBody, sha256: string): void {
	const { edgeId, chainId, sequence, alertId } = manifest;
	const at = now();
	const ledgerSeq = appendToLedger(store, {
		at,
		who: { kind: "edge", id: edgeId },
		what: "manifest_accepted",
		on: { kind: "manifest", id: manifestName(manifest) },
		alertId,
		detail: { chainId, sequence, sha256, files: manifest.files.map(({ name }) => name) },
	});
	const signature = Buffer.from(body.signatureBase64, "base64");
	insertManifest(store, { sha256, text: body.manifest, signature, receivedAt: at, ledgerSeq }, manifest);
	feed.append("alert", alertId, at);
}

function misplacement(store: Store, edge: EdgeRow, place: Place, manifest: EvidenceManifest): string | null {
	const { edgeId, siteId, chainId, sequence, alertId, files } = manifest;
	if (edgeId !== edge.id || siteId !== edge.siteId) return "is of another edge or site";
	if (chainId !== place.chain || sequence !== place.sequence)
		return "has another place in the chain than it was sent to";
	if (isForeignAlert(store, edge.id, alertId)) return "is about another edge's alert";
	if (files.some(({ id }) => isForeignEvidence(store, edge.id, alertId, id))) return "is about another edge's evidence";
	return null;
}

function problemOf(store: Store, manifest: EvidenceManifest, body: ManifestBody, sha256: string): Refusal | null {
	const { edgeId, keyId } = manifest;
	const key = findKey(store, edgeId, keyId);
	if (!key) return refusal(409, "unknown_key", "it names a key that is not this edge's");
	if (key.retiredAt !== null) return refusal(422, "bad_signature", "it is signed with a key that was replaced");
	if ((keyOfChain(store, manifest) ?? keyId) !== keyId) return bad("its chain has another key");
	const signed = readPublicKey(key.publicKey)?.signed(
		Buffer.from(body.manifest),
		Buffer.from(body.signatureBase64, "base64"),
	);
	if (!signed) return refusal(422, "bad_signature", "its signature is not that of the edge's key");
	return problemOfChain(store, manifest, sha256) ?? problemOfFiles(store, manifest);
}

function problemOfChain(store: Store, manifest: EvidenceManifest, sha256: string): Refusal | null {
	const { sequence } = manifest;
	const before = findManifest(store, { ...manifest, sequence: sequence - 1 });
	const after = findManifest(store, { ...manifest, sequence: sequence + 1 });
	const fits = (!before || follows(manifest, headOf(before))) && (!after || follows(after, { sequence, sha256 }));
	return fits ? null : refusal(422, "broken_chain", "it does not follow the manifest before it");
}

function problemOfFiles(store: Store, { files, alertId, edgeId }: EvidenceManifest): Refusal | null {
	const other = files.find((file) => {
		const stored = findEvidence(store, file.id);
		if (!stored) return false;
		const isSame = stored.sha256 === file.sha256 && stored.bytes === file.bytes;
		return !isSame || stored.alertId !== alertId || stored.edgeId !== edgeId;
	});
	return other ? refusal(422, "other_files", `${other.name} is stored with other content, or for another alert`) : null;
}

export const manifestName = ({
	edgeId,
	chainId,
	sequence,
}: Pick<EvidenceManifest, "edgeId" | "chainId" | "sequence">) => `${edgeId}/${chainId}/${sequence}`;

const refusal = (status: Refusal["status"], word: Refusal["word"], why: string): Refusal => ({ status, word, why });
const bad = (why: string) => refusal(422, "bad_manifest", why);
