import type { Role } from "#contract/session-api.ts";
import type { Scope } from "#core/roles/scope.ts";
import { scopesOf } from "./scopes-store.ts";
import { visibleSites, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";
import { deleteTicketsOf, deleteTicketsThatRanOut } from "./tickets-store.ts";

/** A person's session; in the database under the hash of its cookie. */
export interface SignedIn {
	readonly sessionId: string;
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
	/** A screen on a wall: it only shows. */
	readonly isScreen: boolean;
	readonly csrfToken: string;
	readonly startedAt: number;
	readonly expiresAt: number;
}

export interface SessionRow {
	readonly id: string;
	readonly userId: string;
	readonly createdAt: number;
	readonly seenAt: number;
	readonly idleUntil: number;
	readonly expiresAt: number;
	readonly isScreen: 0 | 1;
	readonly address: string;
	readonly agent: string;
}

const columns = `s.id, s.user_id AS userId, s.created_at AS createdAt, s.seen_at AS seenAt, s.idle_until AS idleUntil,
	s.expires_at AS expiresAt, s.is_screen AS isScreen, s.address, s.agent`;

/** Of desks, and as many screens: those that were longest not seen end. */
const mostOfOnePerson = 50;

export function insertSession(store: Store, session: Omit<SessionRow, "seenAt"> & { tokenHash: string }): void {
	store
		.prepare(
			`INSERT INTO sessions (token_hash, id, user_id, created_at, seen_at, idle_until, expires_at, is_screen, address, agent)
			VALUES (@tokenHash, @id, @userId, @createdAt, @createdAt, @idleUntil, @expiresAt, @isScreen, @address, @agent)`,
		)
		.run(session);
	const { userId, isScreen, id } = session;
	store
		.prepare(
			`DELETE FROM sessions WHERE user_id = @userId AND is_screen = @isScreen AND id <> @id AND id NOT IN (SELECT id FROM sessions
			WHERE user_id = @userId AND is_screen = @isScreen ORDER BY seen_at DESC, rowid DESC LIMIT ${mostOfOnePerson})`,
		)
		.run({ userId, isScreen, id });
}

/** With its user, who is not disabled; whether it has run out is the caller's question. */
export function findSessionRow(
	store: Store,
	tokenHash: string,
): (SessionRow & { readonly name: string; readonly role: Role; readonly receiverId: string | null }) | undefined {
	return store
		.prepare<[string], SessionRow & { name: string; role: Role; receiverId: string | null }>(
			`SELECT ${columns}, u.name, u.role, u.receiver_id AS receiverId
			FROM sessions s JOIN users u ON u.id = s.user_id
			WHERE s.token_hash = ? AND u.disabled_at IS NULL`,
		)
		.get(tokenHash);
}

export function personOfRow(
	store: Store,
	row: NonNullable<ReturnType<typeof findSessionRow>>,
	csrfToken: string,
): SignedIn {
	const { id, userId, name, role, receiverId, isScreen, createdAt, expiresAt } = row;
	const scopes = scopesOf(store, userId);
	return {
		...{ sessionId: id, isScreen: isScreen === 1, csrfToken, startedAt: createdAt, expiresAt },
		user: { id: userId, name, role, receiverId, scopes },
		sites: visibleSites(store, scopes),
	};
}

/** The newest sight first. */
export function listSessionsOf(store: Store, userId: string): readonly SessionRow[] {
	return store
		.prepare<[string], SessionRow>(
			`SELECT ${columns} FROM sessions s WHERE s.user_id = ? ORDER BY s.seen_at DESC, s.id`,
		)
		.all(userId);
}

export function touchSession(store: Store, session: Pick<SessionRow, "id" | "seenAt" | "idleUntil" | "address">): void {
	store
		.prepare("UPDATE sessions SET seen_at = @seenAt, idle_until = @idleUntil, address = @address WHERE id = @id")
		.run({ id: session.id, seenAt: session.seenAt, idleUntil: session.idleUntil, address: session.address });
}

/** Answers whether there was one of this person. */
export function deleteSession(store: Store, { id, userId }: { id: string; userId: string }): boolean {
	return store.prepare("DELETE FROM sessions WHERE id = ? AND user_id = ?").run(id, userId).changes > 0;
}

/** Also who is half way in. Answers how many sessions there were. */
export function deleteSessionsOf(store: Store, userId: string, { exceptId = "", exceptScreens = false } = {}): number {
	deleteTicketsOf(store, userId);
	return store
		.prepare("DELETE FROM sessions WHERE user_id = ? AND id <> ? AND is_screen <= ?")
		.run(userId, exceptId, exceptScreens ? 0 : 1).changes;
}

export function deleteSessionsThatRanOut(store: Store, now: number): void {
	store.prepare("DELETE FROM sessions WHERE expires_at <= ? OR idle_until <= ?").run(now, now);
	deleteTicketsThatRanOut(store, now);
}
