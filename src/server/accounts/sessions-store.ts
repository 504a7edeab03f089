import type { Role } from "#contract/session-api.ts";
import type { Scope } from "#core/roles/scope.ts";
import { scopesOf } from "./scopes-store.ts";
import { visibleSites, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

/** A person's session; in the database under the hash of its cookie. */
export interface SignedIn {
	readonly tokenHash: string;
	readonly user: {
		readonly id: string;
		readonly name: string;
		readonly role: Role;
		/** The authority that the person works for. */
		readonly receiverId: string | null;
		readonly scopes: readonly Scope[];
	};
	/** What the scopes come to now. */
	readonly sites: VisibleSites;
	readonly csrfToken: string;
	readonly seenAt: number;
	readonly expiresAt: number;
}

interface Row {
	tokenHash: string;
	csrfToken: string;
	seenAt: number;
	expiresAt: number;
	userId: string;
	name: string;
	role: Role;
	receiverId: string | null;
}

export function insertSession(
	store: Store,
	session: { tokenHash: string; userId: string; csrfToken: string; createdAt: number; expiresAt: number },
): void {
	store
		.prepare(
			`INSERT INTO sessions (token_hash, user_id, csrf_token, created_at, seen_at, expires_at)
			VALUES (@tokenHash, @userId, @csrfToken, @createdAt, @createdAt, @expiresAt)`,
		)
		.run(session);
}

/** Of a user who is not disabled; whether it has run out is the caller's question. */
export function findSessionRow(store: Store, tokenHash: string): SignedIn | null {
	const row = store
		.prepare<[string], Row>(
			`SELECT s.token_hash AS tokenHash, s.csrf_token AS csrfToken, s.seen_at AS seenAt, s.expires_at AS expiresAt,
				u.id AS userId, u.name, u.role, u.receiver_id AS receiverId
			FROM sessions s JOIN users u ON u.id = s.user_id
			WHERE s.token_hash = ? AND u.disabled_at IS NULL`,
		)
		.get(tokenHash);
	if (!row) return null;
	const { userId, name, role, receiverId, ...rest } = row;
	const scopes = scopesOf(store, userId);
	return { ...rest, user: { id: userId, name, role, receiverId, scopes }, sites: visibleSites(store, scopes) };
}

export function touchSession(store: Store, tokenHash: string, at: number): void {
	store.prepare("UPDATE sessions SET seen_at = ? WHERE token_hash = ?").run(at, tokenHash);
}

export function deleteSession(store: Store, tokenHash: string): void {
	store.prepare("DELETE FROM sessions WHERE token_hash = ?").run(tokenHash);
}

export function deleteSessionsOf(store: Store, userId: string): void {
	store.prepare("DELETE FROM sessions WHERE user_id = ?").run(userId);
}

export function deleteOtherSessionsOf(store: Store, userId: string, tokenHash: string): void {
	store.prepare("DELETE FROM sessions WHERE user_id = ? AND token_hash <> ?").run(userId, tokenHash);
}

export function deleteSessionsThatRanOut(store: Store, now: number, idleMs: number): void {
	store.prepare("DELETE FROM sessions WHERE expires_at <= ? OR seen_at <= ?").run(now, now - idleMs);
}
