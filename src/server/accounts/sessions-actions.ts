import { randomBytes } from "node:crypto";
import type { AccountSession, SessionAnswer } from "#contract/session-api.ts";
import { limitsOf } from "#core/accounts/session-limits.ts";
import { rightsAmong, rightsOf } from "#core/roles/role-table.ts";
import type { Right, Role } from "#core/roles/role-words.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { randomToken, sha256Hex } from "../http/secrets.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import type { AccountParts } from "./account-parts.ts";
import type { UserRow } from "./accounts-store.ts";
import { owedBy } from "./owed.ts";
import {
	deleteSession,
	deleteSessionsOf,
	findSessionRow,
	insertSession,
	listSessionsOf,
	personOfRow,
	type SignedIn,
	touchSession,
} from "./sessions-store.ts";

/** Who calls, as far as the request tells. */
export interface Visitor {
	readonly address: string;
	/** What the browser says of itself. */
	readonly agent: string;
	/** The cookies: of a session; of a browser in which somebody signed in before; of who owes a code. */
	readonly session: string | null;
	readonly browser: string | null;
	readonly ticket: string | null;
}

/** How often at most a session's last sight is written down. */
const touchEveryMs = 60_000;
const longestAgent = 300;

/** What a screen on a wall may: show. */
export const screenRights: readonly Right[] = ["watch"];
export const rightsOfSession = (role: Role, isScreen: boolean): readonly Right[] =>
	isScreen ? rightsAmong(role, screenRights) : rightsOf[role];

/**
 * A session of its own for each sign-in, whatever the browser brought along: nobody is put into one that was prepared for
 * him. In the caller's transaction. Answers the cookie.
 */
export function startSession(
	{ store, config, now }: AccountParts,
	user: Pick<UserRow, "id" | "role">,
	{ visitor, isScreen }: { visitor: Visitor; isScreen: boolean },
): { readonly cookie: string; readonly maxAgeMs: number } {
	const before = visitor.session === null ? undefined : findSessionRow(store, sha256Hex(visitor.session));
	if (before) deleteSession(store, before);
	const cookie = randomToken();
	const at = now();
	const { idleMs, absoluteMs } = limitsOf(config.sessions, user.role, isScreen);
	insertSession(store, {
		...{ id: randomBytes(16).toString("hex"), tokenHash: sha256Hex(cookie), userId: user.id, createdAt: at },
		...{ idleUntil: at + idleMs, expiresAt: at + absoluteMs, isScreen: isScreen ? 1 : 0 },
		...{ address: visitor.address, agent: visitor.agent.slice(0, longestAgent) },
	});
	return { cookie, maxAgeMs: absoluteMs };
}

/**
 * Null when there is none, or it has run out. `attended`: a person did something, and it was not the page that asks by
 * itself.
 */
export function sessionOf(
	{ store, config, now }: AccountParts,
	cookie: string,
	{ attended, address }: { readonly attended: boolean; readonly address: string },
): SignedIn | null {
	const row = findSessionRow(store, sha256Hex(cookie));
	if (!row) return null;
	const at = now();
	if (at >= row.expiresAt || at >= row.idleUntil) {
		deleteSession(store, row);
		return null;
	}
	const { idleMs, byHand } = limitsOf(config.sessions, row.role, row.isScreen === 1);
	const idleUntil = attended || !byHand ? at + idleMs : row.idleUntil;
	const written = Math.min(touchEveryMs, idleMs / 4);
	if (at - row.seenAt >= written || idleUntil - row.idleUntil >= written || address !== row.address) {
		touchSession(store, { id: row.id, seenAt: at, idleUntil, address });
	}
	return personOfRow(store, row, csrfTokenOf(cookie));
}

/** Who has the cookie can make it, and nobody else: so it need not be kept. */
export const csrfTokenOf = (cookie: string) => sha256Hex(`csrf token of ${cookie}`);

/** What the page needs to know of who uses it. */
export function sessionAnswerOf(
	parts: AccountParts,
	{ user, csrfToken, isScreen }: Pick<SignedIn, "user" | "csrfToken" | "isScreen">,
): SessionAnswer {
	const { id, name, role, receiverId, scopes } = user;
	const rights = [...rightsOfSession(role, isScreen)];
	const owed = owedBy(parts, { user, isScreen });
	return {
		user: { id, name, role, rights, scopes: [...scopes], receiverId },
		...{ isScreen, csrfToken, mustChangePassword: owed === "password", factorDue: owed === "factor" },
	};
}

export const signOut = ({ store }: AccountParts, { sessionId, user }: SignedIn) =>
	deleteSession(store, { id: sessionId, userId: user.id });

export const sessionsOf = ({ store, now }: AccountParts, { user, sessionId }: SignedIn): AccountSession[] =>
	listSessionsOf(store, user.id)
		.filter(({ idleUntil, expiresAt }) => Math.min(idleUntil, expiresAt) > now())
		.map(({ id, agent, address, createdAt, seenAt, expiresAt, isScreen }) => ({
			...{ id, agent, address, signedInAt: createdAt, seenAt, endsAt: expiresAt },
			...{ isScreen: isScreen === 1, isThis: id === sessionId },
		}));

/** One of one's own, at once: its page is told with the next thing it asks. @throws ApiError 404 */
export function endSession({ store, now }: AccountParts, { user }: SignedIn, id: string): void {
	store.transaction(() => {
		if (!deleteSession(store, { id, userId: user.id })) throw notFound("session");
		appendToLedger(store, {
			...{ at: now(), who: { kind: "user", id: user.id }, what: "session_ended" },
			...{ on: { kind: "user", id: user.id }, detail: { which: "one" } },
		});
	})();
}

export function endOtherSessions({ store, now }: AccountParts, { user, sessionId }: SignedIn): void {
	store.transaction(() => {
		const count = deleteSessionsOf(store, user.id, { exceptId: sessionId });
		if (count === 0) return;
		appendToLedger(store, {
			...{ at: now(), who: { kind: "user", id: user.id }, what: "session_ended" },
			...{ on: { kind: "user", id: user.id }, detail: { which: "all others", count } },
		});
	})();
}

/** What a screen shows it may; nothing can be done from it. */
export const onlyShows = () =>
	new ApiError(403, "screen_only_shows", "This is a screen that only shows. Sign in as yourself to do this.");
