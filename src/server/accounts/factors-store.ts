import type { Store } from "../store/open-store.ts";

export interface FactorRow {
	/** Sealed. */
	readonly secret: string;
	readonly since: number;
	readonly lastStep: number;
}

export const findFactor = (store: Store, userId: string): FactorRow | undefined =>
	store
		.prepare<[string], FactorRow>("SELECT secret, since, last_step AS lastStep FROM user_factors WHERE user_id = ?")
		.get(userId);

export const hasFactor = (store: Store, userId: string): boolean =>
	store.prepare("SELECT 1 FROM user_factors WHERE user_id = ?").get(userId) !== undefined;

/** In the place of the one before. */
export function putFactor(store: Store, userId: string, { secret, since, lastStep }: FactorRow): void {
	store
		.prepare("INSERT OR REPLACE INTO user_factors (user_id, secret, since, last_step) VALUES (?, ?, ?, ?)")
		.run(userId, secret, since, lastStep);
}

/** Whether the code of this step had not been taken yet, nor one after it; from now on it is. */
export const takeStep = (store: Store, userId: string, step: number): boolean =>
	store
		.prepare("UPDATE user_factors SET last_step = @step WHERE user_id = @userId AND last_step < @step")
		.run({ userId, step }).changes === 1;

/** With its recovery codes, and what had begun. Answers whether there was one. */
export function deleteFactor(store: Store, userId: string): boolean {
	for (const table of ["recovery_codes", "factor_drafts", "sign_in_tickets"] as const) {
		store.prepare(`DELETE FROM ${table} WHERE user_id = ?`).run(userId);
	}
	return store.prepare("DELETE FROM user_factors WHERE user_id = ?").run(userId).changes > 0;
}

export interface DraftRow {
	readonly sessionId: string;
	/** Sealed. */
	readonly secret: string;
	readonly createdAt: number;
}

export const findDraft = (store: Store, userId: string): DraftRow | undefined =>
	store
		.prepare<[string], DraftRow>(
			"SELECT session_id AS sessionId, secret, created_at AS createdAt FROM factor_drafts WHERE user_id = ?",
		)
		.get(userId);

export function putDraft(store: Store, userId: string, { sessionId, secret, createdAt }: DraftRow): void {
	store
		.prepare("INSERT OR REPLACE INTO factor_drafts (user_id, session_id, secret, created_at) VALUES (?, ?, ?, ?)")
		.run(userId, sessionId, secret, createdAt);
}

export function deleteDraftsBefore(store: Store, before: number): void {
	store.prepare("DELETE FROM factor_drafts WHERE created_at <= ?").run(before);
}

/** In the place of those before. */
export function putRecoveryCodes(store: Store, userId: string, hashes: readonly string[]): void {
	store.prepare("DELETE FROM recovery_codes WHERE user_id = ?").run(userId);
	const insert = store.prepare("INSERT INTO recovery_codes (user_id, code_hash) VALUES (?, ?)");
	for (const hash of hashes) insert.run(userId, hash);
}

/** Whether it was one that was not used yet; from now on it is. */
export const takeRecoveryCode = (store: Store, userId: string, hash: string, at: number): boolean =>
	store
		.prepare("UPDATE recovery_codes SET used_at = ? WHERE user_id = ? AND code_hash = ? AND used_at IS NULL")
		.run(at, userId, hash).changes === 1;

export const recoveryCodesLeft = (store: Store, userId: string): number =>
	store
		.prepare("SELECT count(*) FROM recovery_codes WHERE user_id = ? AND used_at IS NULL")
		.pluck()
		.get(userId) as number;
