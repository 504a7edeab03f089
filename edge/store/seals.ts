import { randomBytes } from "node:crypto";
import type { ChainHead } from "#core/evidence/manifest-link.ts";
import { type UploadJob, uploadColumns } from "./evidence-jobs.ts";
import type { EdgeStore } from "./open-edge-store.ts";

/** A manifest that lies whole on disk. */
export interface Seal extends ChainHead {
	readonly chainId: string;
	readonly alertId: string;
	/** Name below the evidence folder. */
	readonly file: string;
	readonly signature: Buffer;
	readonly sealedAt: number;
}

/** So many settled ones are kept, for whoever wants to know. */
const keepSettled = 1_000;

/** The edge's chain of manifests; see schema.sql for the invariant. */
export class Seals {
	readonly #store: EdgeStore;

	constructor(store: EdgeStore) {
		this.#store = store;
	}

	/** The chain that this key goes on with; begun where the last one is another key's. */
	chainOf(keyId: string, at: number): string {
		const last = this.#store
			.prepare("SELECT id, key_id AS keyId FROM seal_chains ORDER BY position DESC LIMIT 1")
			.get() as { id: string; keyId: string } | undefined;
		if (last?.keyId === keyId) return last.id;
		const id = `chain-${randomBytes(8).toString("hex")}`;
		this.#store.prepare("INSERT INTO seal_chains (id, key_id, begun_at) VALUES (?, ?, ?)").run(id, keyId, at);
		return id;
	}

	headOf(chainId: string): ChainHead | null {
		const row = this.#store
			.prepare("SELECT sequence, sha256 FROM seals WHERE chain_id = ? ORDER BY sequence DESC LIMIT 1")
			.get(chainId) as ChainHead | undefined;
		return row ?? null;
	}

	/** Alerts of which something lies whole on disk and is not sealed, the oldest first. */
	dueAlerts(): string[] {
		return this.#store
			.prepare(
				`SELECT j.alert_id FROM evidence_jobs j JOIN alert_facts f ON f.alert_id = j.alert_id
				WHERE j.state = 'to_upload' AND j.id NOT IN (SELECT evidence_id FROM sealed_evidence)
				GROUP BY j.alert_id ORDER BY min(j.created_at), j.alert_id`,
			)
			.pluck()
			.all() as string[];
	}

	/** What of an alert is to be sealed. */
	unsealedOf(alertId: string, limit: number): UploadJob[] {
		return this.#store
			.prepare(
				`SELECT ${uploadColumns} FROM evidence_jobs
				WHERE alert_id = ? AND state = 'to_upload' AND id NOT IN (SELECT evidence_id FROM sealed_evidence)
				ORDER BY id LIMIT ?`,
			)
			.all(alertId, limit) as UploadJob[];
	}

	/**
	 * In one transaction: the link, and what it seals. False where something of it went in the meantime (there was too
	 * much on disk) or its place is taken: then nothing was written.
	 */
	record(seal: Seal, evidenceIds: readonly string[]): boolean {
		return this.#store
			.transaction((): boolean => {
				if ((this.headOf(seal.chainId)?.sequence ?? 0) + 1 !== seal.sequence) return false;
				const isThere = this.#store.prepare("SELECT 1 FROM evidence_jobs WHERE id = ?");
				if (evidenceIds.some((id) => !isThere.get(id))) return false;
				this.#store
					.prepare(
						`INSERT INTO seals (chain_id, sequence, alert_id, file, sha256, signature, sealed_at)
						VALUES (@chainId, @sequence, @alertId, @file, @sha256, @signature, @sealedAt)`,
					)
					.run(seal);
				const link = this.#store.prepare("INSERT INTO sealed_evidence VALUES (?, ?, ?)");
				for (const id of evidenceIds) link.run(id, seal.chainId, seal.sequence);
				return true;
			})
			.immediate();
	}

	/** In the order in which they were made. */
	toSend(limit = 100): Seal[] {
		return this.#store
			.prepare(
				`SELECT s.chain_id AS chainId, s.sequence, s.alert_id AS alertId, s.file, s.sha256, s.signature,
					s.sealed_at AS sealedAt
				FROM seals s JOIN seal_chains c ON c.id = s.chain_id
				WHERE s.settled_at IS NULL ORDER BY c.position, s.sequence LIMIT ?`,
			)
			.all(limit) as Seal[];
	}

	/** The server has it; or refuses it for good, then `refused` is its word for why. */
	settle({ chainId, sequence }: Pick<Seal, "chainId" | "sequence">, at: number, refused: string | null): void {
		this.#store
			.prepare("UPDATE seals SET settled_at = ?, refused = ? WHERE chain_id = ? AND sequence = ?")
			.run(at, refused, chainId, sequence);
	}

	/** Long settled ones. The last of a chain stays: the next one follows it. */
	forgetSettled(): void {
		this.#store.transaction(() => {
			const old = `SELECT s.chain_id, s.sequence FROM seals s WHERE s.settled_at IS NOT NULL
				AND s.sequence < (SELECT max(sequence) - ${keepSettled} FROM seals WHERE chain_id = s.chain_id)`;
			this.#store.exec(`DELETE FROM sealed_evidence WHERE evidence_id NOT IN (SELECT id FROM evidence_jobs)
				AND (chain_id, sequence) IN (${old})`);
			this.#store.exec(`DELETE FROM seals WHERE (chain_id, sequence) IN (${old})
				AND (chain_id, sequence) NOT IN (SELECT chain_id, sequence FROM sealed_evidence)`);
		})();
	}
}
