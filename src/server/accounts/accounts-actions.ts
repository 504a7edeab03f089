import { randomUUID } from "node:crypto";
import type { PasswordBody, Role, SessionAnswer, SignInBody } from "#contract/session-api.ts";
import { rightsOf } from "#core/roles/role-table.ts";
import type { Scope } from "#core/roles/scope.ts";
import { InputError } from "#platform/input-error.ts";
import { ApiError, badInput } from "../http/api-error.ts";
import { randomPassword, randomToken, sha256Hex } from "../http/secrets.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import {
	findUserByName,
	insertUser,
	listUsers,
	setDisabledAt,
	setPasswordHash,
	type UserRow,
} from "./accounts-store.ts";
import { grantProblemOf } from "./grants.ts";
import { hashPassword, passwordFits } from "./password-hash.ts";
import { putScopes, scopesOf } from "./scopes-store.ts";
import {
	deleteOtherSessionsOf,
	deleteSession,
	deleteSessionsOf,
	findSessionRow,
	insertSession,
	touchSession,
} from "./sessions-store.ts";
import type { SignedIn } from "./sessions-store.ts";
import { countSignIn } from "./sign-in-throttle.ts";
import { mustChangePassword, noteSignIn, setMustChangePassword } from "./users-store.ts";

/** How often at most a session's last sight is written down. */
const touchEveryMs = 60_000;
const minPasswordLength = 10;

type AccountParts = Pick<ServerParts, "store" | "config" | "now">;

/** @throws ApiError 401 for a wrong name, a wrong password and a disabled user alike; 429. */
export async function signIn(
	{ store, config, now }: AccountParts,
	{ name, password }: SignInBody,
	address: string,
): Promise<{ cookie: string; answer: SessionAnswer }> {
	const attempt = countSignIn(store, name, address, now());
	const user = findUserByName(store, name);
	const fits = await passwordFits(password, user?.passwordHash);
	if (!user || !fits || user.disabledAt !== null) {
		throw new ApiError(401, "wrong_credentials", "The name or the password is wrong.");
	}
	attempt.succeeded();
	const cookie = randomToken();
	const csrfToken = randomToken();
	const createdAt = now();
	const expiresAt = createdAt + config.sessions.absoluteMs;
	store.transaction(() => {
		noteSignIn(store, user.id, createdAt);
		insertSession(store, { tokenHash: sha256Hex(cookie), userId: user.id, csrfToken, createdAt, expiresAt });
		appendToLedger(store, {
			...{ at: createdAt, who: { kind: "user", id: user.id }, what: "signed_in" },
			...{ on: { kind: "user", id: user.id }, detail: { address } },
		});
	})();
	return { cookie, answer: sessionAnswerOf(store, { user: { ...user, scopes: scopesOf(store, user.id) }, csrfToken }) };
}

/** What the page needs to know of who uses it. */
export function sessionAnswerOf(
	store: Store,
	{ user, csrfToken }: Pick<SignedIn, "user" | "csrfToken">,
): SessionAnswer {
	const { id, name, role, receiverId, scopes } = user;
	return {
		user: { id, name, role, rights: [...rightsOf[role]], scopes: [...scopes], receiverId },
		csrfToken,
		mustChangePassword: mustChangePassword(store, id),
	};
}

/** One's own; other browsers that are signed in are signed out. @throws ApiError 400 at the field */
export async function changeOwnPassword(
	{ store, now }: AccountParts,
	{ tokenHash, user }: SignedIn,
	{ current, next }: PasswordBody,
): Promise<void> {
	const row = findUserByName(store, user.name);
	const attempt = countSignIn(store, user.name, `password:${user.id}`, now());
	if (!(await passwordFits(current, row?.passwordHash))) throw badInput({ path: "current", message: "is wrong" });
	attempt.succeeded();
	if (current === next) throw badInput({ path: "next", message: "is the one before" });
	if (next.length < minPasswordLength)
		throw badInput({ path: "next", message: `at least ${minPasswordLength} characters` });
	const passwordHash = await hashPassword(next);
	store.transaction(() => {
		setPasswordHash(store, user.id, passwordHash);
		setMustChangePassword(store, user.id, false);
		deleteOtherSessionsOf(store, user.id, tokenHash);
		const on = { kind: "user", id: user.id } as const;
		appendToLedger(store, { at: now(), who: on, what: "password_changed", on });
	})();
}

/** Null when there is none, or it has run out. */
export function sessionOf({ store, config, now }: AccountParts, cookie: string): SignedIn | null {
	const session = findSessionRow(store, sha256Hex(cookie));
	if (!session) return null;
	const at = now();
	if (at >= session.expiresAt || at - session.seenAt >= config.sessions.idleMs) {
		deleteSession(store, session.tokenHash);
		return null;
	}
	if (at - session.seenAt >= Math.min(touchEveryMs, config.sessions.idleMs / 4)) {
		touchSession(store, session.tokenHash, at);
	}
	return session;
}

export const signOut = (store: Store, session: SignedIn) => deleteSession(store, session.tokenHash);

/** At the very first start: the administrator and its random password, to be shown once. Null where users exist. */
export async function createFirstAdministrator(store: Store, at: number): Promise<string | null> {
	if (listUsers(store).length > 0) return null;
	return (await createUser(store, { name: "admin", role: "admin", scopes: [{ kind: "all" }] }, at)).password;
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
	refuseWeak(password);
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
	refuseWeak(password);
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
	const admins = listUsers(store).filter(({ role, disabledAt }) => role === "admin" && disabledAt === null);
	if (admins.length === 1 && admins[0]?.id === user.id) {
		throw new InputError(`${user.name}: is the last administrator; add another first`);
	}
	store.transaction(() => {
		setDisabledAt(store, user.id, at);
		deleteSessionsOf(store, user.id);
	})();
}

function requireUser(store: Store, name: string): UserRow {
	const user = findUserByName(store, name);
	if (!user) throw new InputError(`${name}: there is no user of this name`);
	return user;
}

function refuseWeak(password: string): void {
	if (password.length < minPasswordLength || password.length > 200) {
		throw new InputError(`a password has ${minPasswordLength} to 200 characters, this one has ${password.length}`);
	}
}
