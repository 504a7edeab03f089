import type { DraftBody, FactorAnswer, FactorDraft, ProofBody } from "#contract/factor-api.ts";
import type { LedgerWord } from "#contract/ledger.ts";
import type { CodeBody, SessionAnswer } from "#contract/session-api.ts";
import { readSecondStep, setUpWithinMs } from "#core/accounts/second-factor.ts";
import { ApiError, badInput } from "../http/api-error.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import { placeOf } from "../secrets/sealed-values.ts";
import { vaultOf } from "../secrets/vault.ts";
import type { Store } from "../store/open-store.ts";
import { findUserByName, findIfStillTheirs } from "./accounts-store.ts";
import {
	deleteFactor,
	findDraft,
	findFactor,
	hasFactor,
	putDraft,
	putFactor,
	recoveryCodesLeft,
} from "./factors-store.ts";
import { passwordFits } from "./password-hash.ts";
import { makeRecoveryCodes, modeOf, takeSecondStep } from "./second-step.ts";
import type { AccountParts } from "./account-parts.ts";
import { csrfTokenOf, sessionAnswerOf, startSession, type Visitor } from "./sessions-actions.ts";
import { deleteSessionsOf, type SignedIn } from "./sessions-store.ts";
import { countPassword } from "./sign-in-throttle.ts";
import { factorUri, newFactorSecret, stepOfCode } from "./totp.ts";

export function factorOf(parts: AccountParts, person: SignedIn): FactorAnswer {
	const { store } = parts;
	const { id, role } = person.user;
	return {
		mode: modeOf(parts, role),
		since: findFactor(store, id)?.since ?? null,
		recoveryCodesLeft: recoveryCodesLeft(store, id),
		draftAsks: draftAsks(parts, person),
	};
}

/** Who sat down at a page that was left open does not make the account his own. */
function draftAsks({ store, now }: AccountParts, { user, startedAt }: SignedIn): FactorAnswer["draftAsks"] {
	if (hasFactor(store, user.id)) return "password_and_code";
	return now() - startedAt < setUpWithinMs ? "nothing" : "password";
}

/** A secret to be scanned. Nothing has changed until a code of it is told. @throws ApiError 400, 429 */
export async function draftFactor(
	parts: AccountParts,
	person: SignedIn,
	{ password = "", code = "" }: DraftBody,
): Promise<FactorDraft> {
	const { store, now, config } = parts;
	const { user, sessionId } = person;
	const secret = newFactorSecret();
	const draft = () => {
		const sealed = vaultOf(store).seal(secret, placeOf("factor_drafts", user.id));
		putDraft(store, user.id, { sessionId, secret: sealed, createdAt: now() });
		return { secret, uri: factorUri(secret, user.name, config.name), endsAt: now() + setUpWithinMs };
	};
	const asks = draftAsks(parts, person);
	if (asks === "nothing") return draft();
	return prove(parts, person, { password, code: asks === "password" ? null : code }, draft);
}

export interface SetUp {
	readonly cookie: string;
	readonly maxAgeMs: number;
	readonly recoveryCodes: string[];
	readonly session: SessionAnswer;
}

/**
 * From now on it is asked for. What was opened without it ends, save screens, which only show; this page goes on with a new
 * session. @throws ApiError 400 at the code, 409 where there is nothing to confirm
 */
export function setUpFactor(parts: AccountParts, person: SignedIn, { code }: CodeBody, visitor: Visitor): SetUp {
	const { store, now } = parts;
	const { id } = person.user;
	const at = now();
	const draft = findDraft(store, id);
	if (!draft || draft.sessionId !== person.sessionId || at - draft.createdAt >= setUpWithinMs) {
		throw new ApiError(409, "no_draft", "There is no secret to confirm, or it was shown too long ago; begin anew.");
	}
	const secret = vaultOf(store).open(draft.secret, placeOf("factor_drafts", id));
	const given = readSecondStep(code);
	const step = given?.kind === "code" ? stepOfCode(secret, given.digits, at) : null;
	if (step === null) throw badInput({ path: "code", message: "is wrong" });
	const { started, codes } = store.transaction(() => {
		const instead = deleteFactor(store, id);
		const sealed = vaultOf(store).seal(secret, placeOf("user_factors", id));
		putFactor(store, id, { secret: sealed, since: at, lastStep: step });
		const codes = makeRecoveryCodes(store, id);
		deleteSessionsOf(store, id, { exceptScreens: true });
		recordOwn(parts, id, "factor_set_up", { address: visitor.address, ...(instead ? { instead: true } : {}) });
		return { codes, started: startSession(parts, person.user, { visitor, isScreen: false }) };
	})();
	const session = sessionAnswerOf(parts, {
		user: person.user,
		...{ csrfToken: csrfTokenOf(started.cookie), isScreen: false },
	});
	return { ...started, recoveryCodes: codes, session };
}

/** @throws ApiError 400, 409 where the role needs one, 429 */
export async function removeFactor(parts: AccountParts, person: SignedIn, body: ProofBody): Promise<void> {
	const { store } = parts;
	const { id, role } = person.user;
	if (modeOf(parts, role) === "required") {
		throw new ApiError(409, "factor_required", "Your role needs a second factor; set up another in its place.");
	}
	await prove(parts, person, body, () => {
		deleteFactor(store, id);
		recordOwn(parts, id, "factor_removed");
	});
}

/** Those before end. @throws ApiError 400, 429 */
export async function renewRecoveryCodes(parts: AccountParts, person: SignedIn, body: ProofBody): Promise<string[]> {
	return prove(parts, person, body, () => {
		recordOwn(parts, person.user.id, "recovery_codes_renewed");
		return makeRecoveryCodes(parts.store, person.user.id);
	});
}

/** Of a telephone that is lost. All that the person had opened ends. In the caller's transaction. Answers whether there was one. */
export function resetFactor(
	store: Store,
	userId: string,
	{ who, at }: { who: { kind: "user" | "system"; id: string }; at: number },
): boolean {
	const had = deleteFactor(store, userId);
	deleteSessionsOf(store, userId);
	if (had) appendToLedger(store, { at, who, what: "factor_reset", on: { kind: "user", id: userId } });
	return had;
}

/**
 * The password, and a code where one is asked for: what is done upon it is done in the transaction that takes the code.
 * Which of the two was wrong is not told.
 * @throws ApiError 400 at `proof`, 429
 */
async function prove<T>(
	parts: AccountParts,
	{ user }: SignedIn,
	{ password, code }: { password: string; code: string | null },
	then: () => T,
): Promise<T> {
	const { store, now } = parts;
	const attempt = countPassword(store, user.id, now());
	const looked = findUserByName(store, user.name);
	const fits = await passwordFits(password, looked?.passwordHash);
	return store.transaction(() => {
		if (
			!looked ||
			!fits ||
			!findIfStillTheirs(store, looked) ||
			(code !== null && !takeSecondStep(parts, user.id, code))
		) {
			throw badInput({ path: "proof", message: "is wrong" });
		}
		attempt.succeeded();
		return then();
	})();
}

function recordOwn(
	{ store, now }: AccountParts,
	userId: string,
	what: LedgerWord,
	detail: Record<string, string | boolean> = {},
) {
	const on = { kind: "user", id: userId } as const;
	appendToLedger(store, { at: now(), who: on, what, on, detail });
}
