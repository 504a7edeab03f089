import { randomInt } from "node:crypto";
import { factorModeOf, readSecondStep, recoveryCodes, writeRecoveryCode } from "#core/accounts/second-factor.ts";
import type { Role } from "#core/roles/role-words.ts";
import { sha256Hex } from "../http/secrets.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import { placeOf } from "../secrets/sealed-values.ts";
import { vaultOf } from "../secrets/vault.ts";
import type { Store } from "../store/open-store.ts";
import {
	findFactor,
	hasFactor,
	putRecoveryCodes,
	recoveryCodesLeft,
	takeRecoveryCode,
	takeStep,
} from "./factors-store.ts";
import type { AccountParts } from "./account-parts.ts";
import { stepOfCode } from "./totp.ts";

type Who = { readonly id: string; readonly role: Role };

export const modeOf = ({ config }: Pick<AccountParts, "config">, role: Role) =>
	factorModeOf(config.accounts.secondFactor, role);

/** Whether the password alone does not let this person in. */
export const asksForCode = (parts: AccountParts, { id, role }: Who): boolean =>
	modeOf(parts, role) !== "off" && hasFactor(parts.store, id);

/** Whether this person's role needs a second factor that is not set up. */
export const isFactorDue = (parts: AccountParts, { id, role }: Who): boolean =>
	modeOf(parts, role) === "required" && !hasFactor(parts.store, id);

/**
 * Whether this is a code of the person's app or a recovery code, and was not taken before; from then on it is taken. In the
 * caller's transaction.
 */
export function takeSecondStep({ store, now }: AccountParts, userId: string, text: string): boolean {
	const given = readSecondStep(text);
	const factor = findFactor(store, userId);
	if (!given || !factor) return false;
	if (given.kind === "code") {
		const secret = vaultOf(store).open(factor.secret, placeOf("user_factors", userId));
		const step = stepOfCode(secret, given.digits, now());
		return step !== null && takeStep(store, userId, step);
	}
	if (!takeRecoveryCode(store, userId, hashOfRecoveryCode(userId, given.letters), now())) return false;
	const on = { kind: "user", id: userId } as const;
	appendToLedger(store, {
		...{ at: now(), who: on, what: "recovery_code_used", on, detail: { left: recoveryCodesLeft(store, userId) } },
	});
	return true;
}

/** In the place of those before; as they are shown, once. In the caller's transaction. */
export function makeRecoveryCodes(store: Store, userId: string): string[] {
	const codes = Array.from({ length: recoveryCodes.count }, randomLetters);
	putRecoveryCodes(
		store,
		userId,
		codes.map((letters) => hashOfRecoveryCode(userId, letters)),
	);
	return codes.map(writeRecoveryCode);
}

/** 74 random bits need no slow hash; the user's id keeps one search from serving for everybody. */
const hashOfRecoveryCode = (userId: string, letters: string) => sha256Hex(`recovery code of ${userId}: ${letters}`);

const randomLetters = () => {
	const { alphabet, length } = recoveryCodes;
	return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
};
