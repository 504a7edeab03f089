import { lstat, rm } from "node:fs/promises";
import type { EvidenceUploadMetadata } from "#contract/edge-api.ts";
import { digestOfFile } from "#platform/digest.ts";
import { renameDurably } from "#platform/write-atomically.ts";
import type { EdgeRow } from "../edges/edges-store.ts";
import { isForeignAlert, isForeignEvidence } from "../edges/own-ids.ts";
import { ApiError, badInput } from "../http/api-error.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import { hasEvidenceAgain } from "../retention/retention-store.ts";
import { refuseUnlessAsSealed } from "../seals/refuse-unless-as-sealed.ts";
import type { ServerParts } from "../server-parts.ts";
import { evidenceFile, evidenceFolder, makeFolderDurably, sniffContentType, syncFile } from "./evidence-files.ts";
import { findEvidence, insertEvidence } from "./evidence-store.ts";
import { refuseWhenFull } from "./refuse-when-full.ts";

/** Before the first byte. @throws ApiError 403, 409 where it is stored already, 422 where its edge sealed other bytes, 507 */
export async function admitEvidence(
	parts: ServerParts,
	edge: EdgeRow,
	metadata: EvidenceUploadMetadata,
	bytes: number,
): Promise<void> {
	const { store, config } = parts;
	const { alertId, evidenceId } = metadata;
	const stored = findEvidence(store, evidenceId);
	const isForeign = stored
		? stored.edgeId !== edge.id
		: isForeignAlert(store, edge.id, alertId) || isForeignEvidence(store, edge.id, alertId, evidenceId);
	if (isForeign) throw new ApiError(403, "not_yours", "This alert is another edge's.");
	if (stored) throw new ApiError(409, "already_stored", "This evidence is stored already.");
	if ((metadata.kind === "clip") !== (metadata.contentType === "video/mp4")) {
		throw badInput({ path: "contentType", message: "is video/mp4 for a clip and image/jpeg for a still" });
	}
	refuseUnlessAsSealed(parts, edge, { ...metadata, id: evidenceId, bytes });
	await refuseWhenFull(config, bytes);
}

/** The durable steps, in their order; a test ends the process after each of them. */
export const evidenceSteps = ["verified", "synced", "placed", "recorded"] as const;
export type EvidenceStep = (typeof evidenceSteps)[number];

/**
 * Takes in a file that has come whole. Whatever happens between two steps, a row is there only with its file, and
 * what was not recorded is uploaded again by the edge, which was told nothing.
 *
 * @throws ApiError 422 when the content is not what was announced: the upload is removed.
 */
export async function storeEvidence(
	parts: ServerParts,
	edge: EdgeRow,
	upload: { file: string; metadata: EvidenceUploadMetadata; bytes: number },
	afterStep: (step: EvidenceStep) => void = () => {},
): Promise<void> {
	const { store, feed, config, now } = parts;
	const { file, metadata, bytes } = upload;
	const { evidenceId: id, alertId, kind, capturedAt, durationMs, contentType, sha256 } = metadata;

	await refuseOtherContent(upload);
	try {
		refuseUnlessAsSealed(parts, edge, { id, alertId, bytes, sha256 });
	} catch (error) {
		await rm(file, { force: true });
		throw error;
	}
	afterStep("verified");
	await syncFile(file);
	afterStep("synced");
	if (findEvidence(store, id)) return rm(file, { force: true }); // a second upload of it was faster
	await makeFolderDurably(config.dataFolder, "evidence");
	await makeFolderDurably(evidenceFolder(config.dataFolder), alertId);
	await renameDurably(file, evidenceFile(config.dataFolder, { alertId, id }));
	afterStep("placed");
	const row = { id, alertId, edgeId: edge.id, kind, capturedAt, contentType, bytes, sha256 };
	store.transaction(() => {
		if (findEvidence(store, id)) return;
		const at = now();
		const told = { who: { kind: "edge", id: edge.id }, what: "evidence_stored", on: { kind: "evidence", id } } as const;
		const ledgerSeq = appendToLedger(store, { ...told, at, alertId, detail: { kind, bytes, sha256 } });
		insertEvidence(store, { ...row, durationMs: durationMs ?? null, storedAt: at, ledgerSeq });
		hasEvidenceAgain(store, alertId);
		feed.append("alert", alertId, at);
	})();
	afterStep("recorded");
}

async function refuseOtherContent({
	file,
	metadata,
	bytes,
}: {
	file: string;
	metadata: EvidenceUploadMetadata;
	bytes: number;
}): Promise<void> {
	if ((await lstat(file)).isFile()) {
		const found = await digestOfFile(file);
		const type = await sniffContentType(file);
		if (found.bytes === bytes && found.sha256 === metadata.sha256 && type === metadata.contentType) return;
	}
	await rm(file, { force: true });
	throw new ApiError(422, "wrong_content", "Size, sha256 or type of the file are not what was announced.");
}
