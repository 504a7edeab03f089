import type { ChainHead } from "#core/evidence/manifest-link.ts";
import type { EvidenceManifest } from "#contract/evidence-manifest.ts";
import type { Store } from "../store/open-store.ts";

export interface ManifestRow {
	readonly edgeId: string;
	readonly chainId: string;
	readonly sequence: number;
	readonly keyId: string;
	readonly alertId: string;
	readonly previous: string | null;
	readonly sha256: string;
	readonly text: string;
	readonly signature: Buffer;
	readonly receivedAt: number;
	readonly ledgerSeq: number;
}

/** A file that a manifest speaks of. */
export interface ManifestFileRow {
	readonly edgeId: string;
	readonly chainId: string;
	readonly sequence: number;
	readonly name: string;
	readonly evidenceId: string;
	readonly role: string;
	readonly bytes: number;
	readonly sha256: string;
}

type Place = Pick<ManifestRow, "edgeId" | "chainId" | "sequence">;

const columns = `edge_id AS edgeId, chain_id AS chainId, sequence, key_id AS keyId, alert_id AS alertId, previous, sha256,
	text, signature, received_at AS receivedAt, ledger_seq AS ledgerSeq`;
const fileColumns = `edge_id AS edgeId, chain_id AS chainId, sequence, name, evidence_id AS evidenceId, role, bytes, sha256`;

export function insertManifest(
	store: Store,
	row: Omit<ManifestRow, "keyId" | "alertId" | "previous" | "edgeId" | "chainId" | "sequence">,
	manifest: EvidenceManifest,
): void {
	store
		.prepare(
			`INSERT INTO manifests (edge_id, chain_id, sequence, key_id, alert_id, previous, sha256, text, signature,
				received_at, ledger_seq)
			VALUES (@edgeId, @chainId, @sequence, @keyId, @alertId, @previous, @sha256, @text, @signature,
				@receivedAt, @ledgerSeq)`,
		)
		.run({ ...pick(manifest), ...row });
	const insertFile = store.prepare(
		`INSERT INTO manifest_files (edge_id, chain_id, sequence, name, evidence_id, role, bytes, sha256)
		VALUES (@edgeId, @chainId, @sequence, @name, @id, @role, @bytes, @sha256)`,
	);
	for (const file of manifest.files) insertFile.run({ ...pick(manifest), ...file });
}

export function findManifest(store: Store, { edgeId, chainId, sequence }: Place): ManifestRow | undefined {
	return store
		.prepare<[string, string, number], ManifestRow>(
			`SELECT ${columns} FROM manifests WHERE edge_id = ? AND chain_id = ? AND sequence = ?`,
		)
		.get(edgeId, chainId, sequence);
}

/** By the alert's own edge alone, in the order in which they were made. */
export function manifestsOfAlert(store: Store, alertId: string, edgeId: string): ManifestRow[] {
	return store
		.prepare<[string, string], ManifestRow>(
			`SELECT ${columns} FROM manifests WHERE alert_id = ? AND edge_id = ? ORDER BY chain_id, sequence`,
		)
		.all(alertId, edgeId);
}

/** All, chain by chain in their order. */
export function eachManifest(store: Store): IterableIterator<ManifestRow> {
	return store
		.prepare<[], ManifestRow>(`SELECT ${columns} FROM manifests ORDER BY edge_id, chain_id, sequence`)
		.iterate();
}

export function filesOfManifest(store: Store, { edgeId, chainId, sequence }: Place): ManifestFileRow[] {
	return store
		.prepare<[string, string, number], ManifestFileRow>(
			`SELECT ${fileColumns} FROM manifest_files WHERE edge_id = ? AND chain_id = ? AND sequence = ? ORDER BY name`,
		)
		.all(edgeId, chainId, sequence);
}

/** Manifests of this edge that seal this evidence. */
export function sealsOfEvidence(store: Store, evidenceId: string, edgeId: string): ManifestFileRow[] {
	return store
		.prepare<[string, string], ManifestFileRow>(
			`SELECT ${fileColumns} FROM manifest_files WHERE evidence_id = ? AND edge_id = ? ORDER BY chain_id, sequence`,
		)
		.all(evidenceId, edgeId);
}

/** Whether every manifest of the chain is there, from its first up to `sequence`. */
export function isWholeUpTo(store: Store, { edgeId, chainId, sequence }: Place): boolean {
	const row = store
		.prepare<[string, string, number], { n: number }>(
			"SELECT count(*) AS n FROM manifests WHERE edge_id = ? AND chain_id = ? AND sequence <= ?",
		)
		.get(edgeId, chainId, sequence);
	return row?.n === sequence;
}

/** The key of what is there of a chain; a chain has one. */
export function keyOfChain(store: Store, { edgeId, chainId }: Omit<Place, "sequence">): string | undefined {
	return store
		.prepare<[string, string], { keyId: string }>(
			"SELECT key_id AS keyId FROM manifests WHERE edge_id = ? AND chain_id = ? LIMIT 1",
		)
		.get(edgeId, chainId)?.keyId;
}

export const headOf = (row: ManifestRow): ChainHead => ({ sequence: row.sequence, sha256: row.sha256 });

const pick = ({ edgeId, chainId, sequence, keyId, alertId, previous }: EvidenceManifest) => ({
	edgeId,
	chainId,
	sequence,
	keyId,
	alertId,
	previous,
});
