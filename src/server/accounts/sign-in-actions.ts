import type { SessionAnswer, SignInBody } from "#contract/session-api.ts";
import { rightsAmong } from "#core/roles/role-table.ts";
import { ApiError } from "../http/api-error.ts";
import { randomToken } from "../http/secrets.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import { findUserByName, type UserRow } from "./accounts-store.ts";
import { isKnownBrowser, rememberBrowser } from "./known-browsers.ts";
import { passwordFits } from "./password-hash.ts";
import { scopesOf } from "./scopes-store.ts";
import {
	type AccountParts,
	csrfTokenOf,
	screenRights,
	sessionAnswerOf,
	startSession,
	type Visitor,
} from "./sessions-actions.ts";
import { countSignIn } from "./sign-in-throttle.ts";
import { noteSignIn } from "./users-store.ts";

/** Somebody is in. */
export interface Entered {
	readonly cookie: string;
	readonly maxAgeMs: number;
	/** Of the browser, to be known by the next time. */
	readonly browser: string;
	readonly answer: SessionAnswer;
}

/** @throws ApiError 401 for a wrong name, a wrong password and a disabled user alike; 403; 429. */
export async function signIn(
	parts: AccountParts,
	{ name, password, isScreen = false }: SignInBody,
	visitor: Visitor,
): Promise<Entered> {
	const { store, now } = parts;
	const user = findUserByName(store, name);
	const isKnown = user && visitor.browser && isKnownBrowser(store, visitor.browser, user.id, now());
	const attempt = countSignIn(
		store,
		{ name, address: visitor.address, knownBrowser: isKnown ? visitor.browser : null },
		now(),
	);
	const fits = await passwordFits(password, user?.passwordHash);
	if (!user || !fits || user.disabledAt !== null) {
		throw new ApiError(401, "wrong_credentials", "The name or the password is wrong.");
	}
	attempt.succeeded();
	if (isScreen && rightsAmong(user.role, screenRights).length === 0) {
		throw new ApiError(403, "no_screen", "Your role has nothing to show on a screen.");
	}
	return enter(parts, user, { visitor, isScreen });
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
	const answer = sessionAnswerOf(store, {
		user: { ...user, scopes: scopesOf(store, user.id) },
		...{ csrfToken: csrfTokenOf(cookie), isScreen: how.isScreen },
	});
	return { cookie, maxAgeMs, browser, answer };
}
