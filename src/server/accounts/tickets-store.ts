import { ticketForMs, triesOfTicket } from "#core/accounts/second-factor.ts";
import { sha256Hex } from "../http/secrets.ts";
import type { Store } from "../store/open-store.ts";

/** Somebody typed the right password here, and owes a code. In the database under the hash of its cookie. */
export interface TicketRow {
	readonly tokenHash: string;
	readonly userId: string;
	readonly createdAt: number;
	readonly isScreen: 0 | 1;
}

export function insertTicket(store: Store, ticket: TicketRow): void {
	store
		.prepare(
			`INSERT INTO sign_in_tickets (token_hash, user_id, created_at, is_screen)
			VALUES (@tokenHash, @userId, @createdAt, @isScreen)`,
		)
		.run(ticket);
}

/** One that is not over, neither by time nor by tries. */
export const findTicket = (store: Store, cookie: string, now: number): TicketRow | undefined =>
	store
		.prepare<[string, number], TicketRow>(
			`SELECT token_hash AS tokenHash, user_id AS userId, created_at AS createdAt, is_screen AS isScreen
			FROM sign_in_tickets WHERE token_hash = ? AND created_at > ? AND tries < ${triesOfTicket}`,
		)
		.get(sha256Hex(cookie), now - ticketForMs);

/** Counts one before it is made. Answers how many are left after it. */
export function countTry(store: Store, { tokenHash }: TicketRow): number {
	const tries = store
		.prepare("UPDATE sign_in_tickets SET tries = tries + 1 WHERE token_hash = ? RETURNING tries")
		.pluck()
		.get(tokenHash) as number | undefined;
	return triesOfTicket - (tries ?? triesOfTicket);
}

export function deleteTicket(store: Store, cookie: string): void {
	store.prepare("DELETE FROM sign_in_tickets WHERE token_hash = ?").run(sha256Hex(cookie));
}

export function deleteTicketsOf(store: Store, userId: string): void {
	store.prepare("DELETE FROM sign_in_tickets WHERE user_id = ?").run(userId);
}

export function deleteTicketsThatRanOut(store: Store, now: number): void {
	store.prepare("DELETE FROM sign_in_tickets WHERE created_at <= ?").run(now - ticketForMs);
}
