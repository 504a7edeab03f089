import type { Role } from "#contract/session-api.ts";
import type { UserAnswer } from "#contract/users-api.ts";
import { isLastAdministrator } from "#core/accounts/administrators.ts";
import type { Store } from "../store/open-store.ts";
import { listUsers } from "./accounts-store.ts";
import { scopesOf } from "./scopes-store.ts";

interface Row extends Omit<UserAnswer, "scopes" | "mustChangePassword" | "factor"> {
	readonly mustChangePassword: 0 | 1;
	readonly hasFactor: 0 | 1;
}

/** `@now`: what counts as signed in. */
const select = `SELECT u.id, u.name, u.role, u.receiver_id AS receiverId, u.revision, u.created_at AS createdAt,
		u.disabled_at AS disabledAt, u.signed_in_at AS signedInAt, u.must_change_password AS mustChangePassword,
		EXISTS (SELECT 1 FROM user_factors f WHERE f.user_id = u.id) AS hasFactor,
		(SELECT count(*) FROM sessions s WHERE s.user_id = u.id AND s.expires_at > @now AND s.idle_until > @now) AS sessions
	FROM users u`;

export interface Seen {
	readonly now: number;
	/** Whether people of this role need a second factor. */
	readonly needsFactor: (role: Role) => boolean;
}

export const listUserAnswers = (store: Store, seen: Seen): readonly UserAnswer[] =>
	store
		.prepare<[object], Row>(`${select} ORDER BY u.disabled_at IS NOT NULL, u.name`)
		.all({ now: seen.now })
		.map((row) => answerOf(store, row, seen));

export function findUserAnswer(store: Store, id: string, seen: Seen): UserAnswer | undefined {
	const row = store.prepare<[object], Row>(`${select} WHERE u.id = @id`).get({ now: seen.now, id });
	return row && answerOf(store, row, seen);
}

/** Who last changed the user, and when. */
export const changeOfUser = (store: Store, id: string) =>
	store
		.prepare<[string], { by: string; at: number }>(
			"SELECT b.name AS by, u.changed_at AS at FROM users u JOIN users b ON b.id = u.changed_by WHERE u.id = ?",
		)
		.get(id);

export function setGrant(store: Store, id: string, role: Role, receiverId: string | null): void {
	store.prepare("UPDATE users SET role = ?, receiver_id = ? WHERE id = ?").run(role, receiverId, id);
}

export function noteUserChange(store: Store, id: string, byUserId: string, at: number): void {
	store
		.prepare("UPDATE users SET revision = revision + 1, changed_by = ?, changed_at = ? WHERE id = ?")
		.run(byUserId, at, id);
}

export function setMustChangePassword(store: Store, id: string, must: boolean): void {
	store.prepare("UPDATE users SET must_change_password = ? WHERE id = ?").run(must ? 1 : 0, id);
}

/** Whether an administrator made the password that the user has. */
export const mustChangePassword = (store: Store, id: string): boolean =>
	store.prepare("SELECT must_change_password FROM users WHERE id = ?").pluck().get(id) === 1;

export function noteSignIn(store: Store, id: string, at: number): void {
	store.prepare("UPDATE users SET signed_in_at = ? WHERE id = ?").run(at, id);
}

/** Whether nobody could administer everything any more without this one. */
export const isLastAdministratorHere = (store: Store, id: string): boolean =>
	isLastAdministrator(
		listUsers(store).map((user) => ({ ...user, scopes: scopesOf(store, user.id) })),
		id,
	);

const answerOf = (store: Store, { mustChangePassword, hasFactor, ...row }: Row, { needsFactor }: Seen): UserAnswer => ({
	...row,
	mustChangePassword: mustChangePassword === 1,
	factor: hasFactor === 1 ? "set_up" : needsFactor(row.role) ? "due" : "none",
	scopes: [...scopesOf(store, row.id)],
});
