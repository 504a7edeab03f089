import type { CodeBody, SessionAnswer, SignInBody } from "#contract/session-api.ts";
import { ticketForMs } from "#core/accounts/second-factor.ts";
import { rightsAmong } from "#core/roles/role-table.ts";
import { ApiError } from "../http/api-error.ts";
import { randomToken, sha256Hex } from "../http/secrets.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import type { AccountParts } from "./account-parts.ts";
import { findIfStillTheirs, findUserById, findUserByName, type UserRow } from "./accounts-store.ts";
import { isKnownBrowser, rememberBrowser } from "./known-browsers.ts";
import { passwordFits } from "./password-hash.ts";
import { scopesOf } from "./scopes-store.ts";
import { asksForCode, isFactorDue, takeSecondStep } from "./second-step.ts";
import { csrfTokenOf, screenRights, sessionAnswerOf, startSession, type Visitor } from "./sessions-actions.ts";
import { countCode, countSignIn, type WhoTries } from "./sign-in-throttle.ts";
import { countTry, deleteTicket, findTicket, insertTicket } from "./tickets-store.ts";
import { noteSignIn } from "./users-store.ts";

/** Somebody is in. */
export interface Entered {
	readonly cookie: string;
	readonly maxAgeMs: number;
	/** Of the browser, to be known by the next time. */
	readonly browser: string;
	readonly answer: SessionAnswer;
}

/** The password was right, and a code is owed. */
export interface HalfWay {
	readonly ticket: string;
	readonly endsAt: number;
}

/** @throws ApiError 401 for a wrong name, a wrong password and a disabled user alike; 403; 429. */
export async function signIn(
	parts: AccountParts,
	{ name, password, isScreen = false }: SignInBody,
	visitor: Visitor,
): Promise<Entered | HalfWay> {
	const { store, now } = parts;
	const looked = findUserByName(store, name);
	const attempt = countSignIn(store, whoTries(parts, name, looked, visitor), now());
	const fits = await passwordFits(password, looked?.passwordHash);
	return store.transaction(() => {
		const user = looked && fits ? findIfStillTheirs(store, looked) : undefined;
		if (!user) throw new ApiError(401, "wrong_credentials", "The name or the password is wrong.");
		attempt.succeeded();
		return letIn(parts, user, { visitor, isScreen });
	})();
}

/** The password was right. @throws ApiError 403 */
function letIn(parts: AccountParts, user: UserRow, how: { visitor: Visitor; isScreen: boolean }): Entered | HalfWay {
	if (how.isScreen && rightsAmong(user.role, screenRights).length === 0) {
		throw new ApiError(403, "no_screen", "Your role has nothing to show on a screen.");
	}
	if (asksForCode(parts, user)) return goHalfWay(parts, user, how);
	if (how.isScreen && isFactorDue(parts, user)) {
		throw new ApiError(403, "factor_first", "Sign in as yourself first, and set up your second factor.");
	}
	return enter(parts, user, how);
}

/** The ticket lies in a cookie of this browser alone, and is no session: it opens nothing but the next step. */
function goHalfWay(
	{ store, now }: AccountParts,
	{ id: userId }: UserRow,
	{ visitor, isScreen }: { visitor: Visitor; isScreen: boolean },
): HalfWay {
	if (visitor.ticket !== null) deleteTicket(store, visitor.ticket);
	const ticket = randomToken();
	insertTicket(store, { tokenHash: sha256Hex(ticket), userId, createdAt: now(), isScreen: isScreen ? 1 : 0 });
	return { ticket, endsAt: now() + ticketForMs };
}

/** @throws ApiError 401, whatever is wrong with the code; 401 where it begins again with the password; 429 */
export function enterCode(parts: AccountParts, { code }: CodeBody, visitor: Visitor): Entered {
	const { store, now } = parts;
	const ticket = visitor.ticket === null ? undefined : findTicket(store, visitor.ticket, now());
	const user = ticket && findUserById(store, ticket.userId);
	if (!ticket || !user || user.disabledAt !== null || !asksForCode(parts, user)) throw ticketOver();
	const attempt = countCode(store, user.id, whoTries(parts, user.name, user, visitor), now());
	const left = countTry(store, ticket);
	const entered = store.transaction(() => {
		if (!takeSecondStep(parts, user.id, code)) return null;
		deleteTicket(store, visitor.ticket ?? "");
		return enter(parts, user, { visitor, isScreen: ticket.isScreen === 1 });
	})();
	if (entered) {
		attempt.succeeded();
		return entered;
	}
	if (left > 0) throw new ApiError(401, "wrong_code", "The code is wrong, or was used already.");
	noteRefused(parts, user, visitor);
	throw ticketOver();
}

const ticketOver = () => new ApiError(401, "ticket_over", "Enter the name and the password again.");

/** Whoever comes here had the right password: its owner is to know. */
function noteRefused({ store, now }: AccountParts, { id }: UserRow, { address }: Visitor): void {
	const on = { kind: "user", id } as const;
	store.transaction(() =>
		appendToLedger(store, { at: now(), who: on, what: "code_refused", on, detail: { address } }),
	)();
}

function whoTries({ store, now }: AccountParts, name: string, user: UserRow | undefined, visitor: Visitor): WhoTries {
	const isKnown = user && visitor.browser && isKnownBrowser(store, visitor.browser, user.id, now());
	return { name, address: visitor.address, knownBrowser: isKnown ? visitor.browser : null };
}

function enter(parts: AccountParts, user: UserRow, how: { visitor: Visitor; isScreen: boolean }): Entered {
	const { store, now } = parts;
	const browser = how.visitor.browser ?? randomToken();
	const { cookie, maxAgeMs } = store.transaction(() => {
		noteSignIn(store, user.id, now());
		const started = startSession(parts, user, how);
		rememberBrowser(store, browser, user.id, now());
		appendToLedger(store, {
			...{ at: now(), who: { kind: "user", id: user.id }, what: "signed_in" },
			on: { kind: "user", id: user.id },
			detail: { address: how.visitor.address, ...(how.isScreen ? { screen: true } : {}) },
		});
		return started;
	})();
	const answer = sessionAnswerOf(parts, {
		user: { ...user, scopes: scopesOf(store, user.id) },
		...{ csrfToken: csrfTokenOf(cookie), isScreen: how.isScreen },
	});
	return { cookie, maxAgeMs, browser, answer };
}
