import { randomUUID } from "node:crypto";
import type { Role } from "#contract/session-api.ts";
import { passwordLength, type PasswordProblem, problemOfPassword } from "#core/accounts/password-rules.ts";
import type { Scope } from "#core/roles/scope.ts";
import { InputError } from "#platform/input-error.ts";
import { randomPassword } from "../http/secrets.ts";
import type { Store } from "../store/open-store.ts";
import {
	findUserByName,
	insertUser,
	listUsers,
	setDisabledAt,
	setPasswordHash,
	type UserRow,
} from "./accounts-store.ts";
import { resetFactor } from "./factors-actions.ts";
import { grantProblemOf } from "./grants.ts";
import { hashPassword } from "./password-hash.ts";
import { putScopes } from "./scopes-store.ts";
import { deleteSessionsOf } from "./sessions-store.ts";
import { isLastAdministratorHere, setMustChangePassword } from "./users-store.ts";

/**
 * At the very first start: the administrator and its random password, to be shown once. It stands in a terminal or a
 * journal, so another is chosen before anything else. Null where users exist.
 */
export async function createFirstAdministrator(store: Store, at: number): Promise<string | null> {
	if (listUsers(store).length > 0) return null;
	const { user, password } = await createUser(store, { name: "admin", role: "admin", scopes: [{ kind: "all" }] }, at);
	setMustChangePassword(store, user.id, true);
	return password;
}

export interface NewUser {
	readonly name: string;
	readonly role: Role;
	/** Where its rights hold; none for those who see what was handed to their authority alone. */
	readonly scopes: readonly Scope[];
	readonly receiverId?: string | null;
	readonly password?: string;
}

/** Without a password one is made up. @throws InputError */
export async function createUser(
	store: Store,
	{ name, role, scopes, receiverId = null, password = randomPassword() }: NewUser,
	at: number,
): Promise<{ user: UserRow; password: string }> {
	const trimmed = name.trim();
	if (!/^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,79}$/u.test(trimmed)) {
		throw new InputError(
			`${name}: a name is 1 to 80 letters, digits, blanks and . _ @ -, and begins with a letter or digit`,
		);
	}
	refuseWeak(password, trimmed);
	const wrong = grantProblemOf(store, { role, scopes, receiverId });
	if (wrong) throw new InputError(`${trimmed}: ${wrong.message}`);
	if (findUserByName(store, trimmed)) throw new InputError(`${trimmed}: there is a user of this name already`);
	const passwordHash = await hashPassword(password);
	const id = randomUUID();
	const user: UserRow = { id, name: trimmed, role, passwordHash, createdAt: at, disabledAt: null, receiverId };
	store.transaction(() => {
		insertUser(store, user);
		putScopes(store, id, scopes);
	})();
	return { user, password };
}

/** Ends the user's sessions, and lets a disabled user in again. Answers the password. @throws InputError */
export async function changePassword(store: Store, name: string, password = randomPassword()): Promise<string> {
	const user = requireUser(store, name);
	refuseWeak(password, user.name);
	const passwordHash = await hashPassword(password);
	store.transaction(() => {
		setPasswordHash(store, user.id, passwordHash);
		setDisabledAt(store, user.id, null);
		deleteSessionsOf(store, user.id);
	})();
	return password;
}

/** Ends the user's sessions too. What the user said of alerts stays. @throws InputError */
export function disableUser(store: Store, name: string, at: number): void {
	const user = requireUser(store, name);
	store
		.transaction(() => {
			if (isLastAdministratorHere(store, user.id)) {
				throw new InputError(`${user.name}: is the last administrator; add another first`);
			}
			setDisabledAt(store, user.id, at);
			deleteSessionsOf(store, user.id);
		})
		.immediate();
}

/** Of a lost telephone, by whoever may write the server's database. Ends the user's sessions. @throws InputError */
export function resetFactorByName(store: Store, name: string, at: number): void {
	const user = requireUser(store, name);
	const had = store.transaction(() =>
		resetFactor(store, user.id, { who: { kind: "system", id: "command line" }, at }),
	)();
	if (!had) throw new InputError(`${user.name}: has no second factor`);
}

function requireUser(store: Store, name: string): UserRow {
	const user = findUserByName(store, name);
	if (!user) throw new InputError(`${name}: there is no user of this name`);
	return user;
}

/** @throws InputError saying what a password must be */
export function refuseWeak(password: string, userName: string): void {
	const problem = problemOfPassword(password, userName);
	if (problem) throw new InputError(`this password ${sentences[problem]}`);
}

const sentences: Readonly<Record<PasswordProblem, string>> = {
	too_short: `is too short: at least ${passwordLength.least} characters, of any kind`,
	too_long: `is too long: at most ${passwordLength.most} characters`,
	common: "is one that is tried first: a common word, a row of keys, or the same again and again",
	own_name: "is little more than the user's name",
};
