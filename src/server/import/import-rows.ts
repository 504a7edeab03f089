import { randomBytes } from "node:crypto";
import { sha256Of } from "#platform/digest.ts";
import { insertEdge } from "../edges/edges-store.ts";
import { findEvidence, insertEvidence } from "../evidence/evidence-store.ts";
import { putEvidenceSet } from "../evidence-sets/evidence-sets-store.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import { findKey } from "../seals/edge-keys-store.ts";
import { manifestName } from "../seals/manifests-actions.ts";
import { findManifest, insertManifest } from "../seals/manifests-store.ts";
import type { Store } from "../store/open-store.ts";
import type { Foreign, Imported } from "./foreign.ts";

const who = { kind: "system", id: "import" } as const;

/** In one transaction, once every file lies in its place. */
export function importRows(store: Store, foreign: Foreign, at: number): Imported {
	const { record, edgeId, sums } = foreign;
	putEdge(store, foreign, at);
	putAlert(store, foreign, at);
	if (record.evidenceSet)
		putEvidenceSet(store, { alertId: record.id, edgeId, body: record.evidenceSet, receivedAt: at });
	const evidence = putEvidence(store, foreign, at);
	const manifests = putManifests(store, foreign, at);
	if (evidence + manifests > 0) {
		const detail = { edgeId, sums, evidence, manifests };
		appendToLedger(store, {
			at,
			who,
			what: "imported",
			on: { kind: "alert", id: record.id },
			alertId: record.id,
			detail,
		});
	}
	return { alertId: record.id, edgeId, evidence, manifests };
}

/** Its token is nobody's, and it is revoked: it only stands for the edge that sealed. */
function putEdge(store: Store, { record, edgeId, keys }: Foreign, at: number): void {
	if (!store.prepare("SELECT 1 FROM edges WHERE id = ?").get(edgeId)) {
		const tokenHash = sha256Of(randomBytes(32));
		insertEdge(store, { id: edgeId, siteId: record.siteId, name: edgeId, tokenHash, createdAt: at });
		store.prepare("UPDATE edges SET imported_at = ?, revoked_at = ? WHERE id = ?").run(at, at, edgeId);
	}
	const insertKey = store.prepare(
		"INSERT INTO edge_keys (edge_id, id, public_key, registered_at, retired_at) VALUES (?, ?, ?, ?, ?)",
	);
	for (const [id, pem] of keys) if (!findKey(store, edgeId, id)) insertKey.run(edgeId, id, pem, at, at);
}

function putAlert(store: Store, { record, edgeId }: Foreign, at: number): void {
	const { id, laneId, cameraId, enteredAt, raisedAt, clearedAt, clearedBy, cause, label, confidence } = record;
	const { box, outline, clearance } = record;
	store
		.prepare(
			`INSERT INTO alerts (id, edge_id, lane_id, camera_id, entered_at, raised_at, cause, label, confidence, box, outline,
				clearance, cleared_at, cleared_by, received_at)
			VALUES (@id, @edgeId, @laneId, @cameraId, @enteredAt, @raisedAt, @cause, @label, @confidence, @box, @outline,
				@clearance, @clearedAt, @clearedBy, @at)
			ON CONFLICT (id) DO NOTHING`,
		)
		.run({
			...{ id, edgeId, laneId, cameraId, enteredAt, raisedAt, clearedAt, clearedBy, cause, label, confidence, at },
			box: JSON.stringify(box),
			outline: outline.length > 0 ? JSON.stringify(outline) : null,
			clearance: clearance ? JSON.stringify(clearance) : null,
		});
}

/** By what was sealed; what was only said beside it gives kind and length. */
function putEvidence(store: Store, { record, edgeId, sealed }: Foreign, at: number): number {
	const isNew = sealed.filter(({ id }) => !findEvidence(store, id));
	for (const { id, name, mediaType, bytes, sha256, capturedAt } of isNew) {
		const said = record.evidence.find((each) => each.id === id);
		if (!said) throw new Error(`${name}: nothing is said of what it is`);
		const { kind, durationMs } = said;
		const ledgerSeq = appendToLedger(store, {
			...{ at, who, what: "evidence_stored", on: { kind: "evidence", id }, alertId: record.id },
			detail: { kind, bytes, sha256 },
		});
		const row = { id, kind, durationMs, bytes, sha256, capturedAt, contentType: mediaType };
		insertEvidence(store, { ...row, alertId: record.id, edgeId, storedAt: at, ledgerSeq });
	}
	return isNew.length;
}

function putManifests(store: Store, { record, manifests }: Foreign, at: number): number {
	const isNew = manifests.filter(({ manifest }) => !findManifest(store, manifest));
	for (const { manifest, text, signature } of isNew) {
		const sha256 = sha256Of(text);
		const { chainId, sequence, files } = manifest;
		const ledgerSeq = appendToLedger(store, {
			...{ at, who, what: "manifest_accepted", on: { kind: "manifest", id: manifestName(manifest) } },
			alertId: record.id,
			detail: { chainId, sequence, sha256, files: files.map(({ name }) => name) },
		});
		insertManifest(store, { sha256, text, signature, receivedAt: at, ledgerSeq }, manifest);
	}
	return isNew.length;
}
