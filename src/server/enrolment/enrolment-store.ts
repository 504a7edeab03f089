import { placeOf } from "../secrets/sealed-values.ts";
import { vaultOf } from "../secrets/vault.ts";
import type { Store } from "../store/open-store.ts";

export interface CodeRow {
	readonly edgeId: string;
	readonly publicKey: string;
	/** Sealed. */
	readonly serverKey: string;
	readonly madeAt: number;
	readonly expiresAt: number;
	readonly failures: number;
	readonly usedAt: number | null;
	readonly usedTokenHash: string | null;
}

/** In the place of the edge's code before. @param code its server key is sealed here */
export function putCode(
	store: Store,
	code: Pick<CodeRow, "edgeId" | "publicKey" | "serverKey" | "madeAt" | "expiresAt">,
): void {
	const serverKey = vaultOf(store).seal(code.serverKey, placeOf("enrolment_codes", code.edgeId));
	store
		.prepare(
			`INSERT OR REPLACE INTO enrolment_codes (edge_id, public_key, server_key, made_at, expires_at)
			VALUES (@edgeId, @publicKey, @serverKey, @madeAt, @expiresAt)`,
		)
		.run({ ...code, serverKey });
}

export function findCode(store: Store, publicKey: string): CodeRow | undefined {
	return store
		.prepare<[string], CodeRow>(
			`SELECT edge_id AS edgeId, public_key AS publicKey, server_key AS serverKey, made_at AS madeAt,
				expires_at AS expiresAt, failures, used_at AS usedAt, used_token_hash AS usedTokenHash
			FROM enrolment_codes WHERE public_key = ?`,
		)
		.get(publicKey);
}

export const openServerKey = (store: Store, { serverKey, edgeId }: CodeRow): string =>
	vaultOf(store).open(serverKey, placeOf("enrolment_codes", edgeId));

export function noteFailure(store: Store, publicKey: string): void {
	store.prepare("UPDATE enrolment_codes SET failures = failures + 1 WHERE public_key = ?").run(publicKey);
}

export function useCode(store: Store, publicKey: string, tokenHash: string, at: number): void {
	store
		.prepare("UPDATE enrolment_codes SET used_at = ?, used_token_hash = ? WHERE public_key = ?")
		.run(at, tokenHash, publicKey);
}

export function dropCode(store: Store, edgeId: string): void {
	store.prepare("DELETE FROM enrolment_codes WHERE edge_id = ?").run(edgeId);
}

/** Those that are of no use to anybody any more. */
export function deleteCodesBefore(store: Store, before: number): void {
	store.prepare("DELETE FROM enrolment_codes WHERE coalesce(used_at, expires_at) < ?").run(before);
}
