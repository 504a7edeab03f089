import type { Role } from "#contract/session-api.ts";
import type { Store } from "../store/open-store.ts";

export interface UserRow {
	readonly id: string;
	readonly name: string;
	readonly role: Role;
	/** argon2id, PHC string. */
	readonly passwordHash: string;
	readonly createdAt: number;
	readonly disabledAt: number | null;
	/** The authority that the person works for. */
	readonly receiverId: string | null;
}

const columns = `id, name, role, password_hash AS passwordHash, created_at AS createdAt, disabled_at AS disabledAt,
	receiver_id AS receiverId`;

export function insertUser(store: Store, user: UserRow): void {
	store
		.prepare(
			`INSERT INTO users (id, name, role, password_hash, created_at, disabled_at, receiver_id)
			VALUES (@id, @name, @role, @passwordHash, @createdAt, @disabledAt, @receiverId)`,
		)
		.run(user);
}

/** Names differ by more than case. */
export function findUserByName(store: Store, name: string): UserRow | undefined {
	return store.prepare<[string], UserRow>(`SELECT ${columns} FROM users WHERE name = ?`).get(name);
}

export function findUserById(store: Store, id: string): UserRow | undefined {
	return store.prepare<[string], UserRow>(`SELECT ${columns} FROM users WHERE id = ?`).get(id);
}

/**
 * The user as of now, where the password that was looked at is theirs still: looking takes a while, in which it may be
 * changed, or its user shut out. To be asked in the transaction that acts upon it.
 */
export function findIfStillTheirs(
	store: Store,
	{ id, passwordHash }: Pick<UserRow, "id" | "passwordHash">,
): UserRow | undefined {
	const user = findUserById(store, id);
	return user?.disabledAt === null && user.passwordHash === passwordHash ? user : undefined;
}

export function listUsers(store: Store): readonly UserRow[] {
	return store.prepare<[], UserRow>(`SELECT ${columns} FROM users ORDER BY name`).all();
}

export function setPasswordHash(store: Store, userId: string, passwordHash: string): void {
	store.prepare("UPDATE users SET password_hash = ? WHERE id = ?").run(passwordHash, userId);
}

export function setDisabledAt(store: Store, userId: string, at: number | null): void {
	store.prepare("UPDATE users SET disabled_at = ? WHERE id = ?").run(at, userId);
}
