import type { PasswordBody } from "#contract/session-api.ts";
import { problemOfPassword } from "#core/accounts/password-rules.ts";
import { badInput } from "../http/api-error.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import { findUserByName, findIfStillTheirs, setPasswordHash } from "./accounts-store.ts";
import { hashPassword, passwordFits } from "./password-hash.ts";
import type { AccountParts } from "./account-parts.ts";
import { startSession, type Visitor } from "./sessions-actions.ts";
import { deleteSessionsOf, type SignedIn } from "./sessions-store.ts";
import type { Entered } from "./sign-in-actions.ts";
import { countPassword } from "./sign-in-throttle.ts";
import { setMustChangePassword } from "./users-store.ts";

/**
 * One's own. Every session ends, also of whoever knew the old password or has this one's cookie; this page goes on with a
 * new one.
 *
 * @throws ApiError 400 at the field, with the word of the rule; 429
 */
export async function changeOwnPassword(
	parts: AccountParts,
	person: SignedIn,
	{ current, next }: PasswordBody,
	visitor: Visitor,
): Promise<Pick<Entered, "cookie" | "maxAgeMs">> {
	const { store, now } = parts;
	const user = findUserByName(store, person.user.name);
	const attempt = countPassword(store, person.user.id, now());
	if (!user || !(await passwordFits(current, user.passwordHash))) {
		throw badInput({ path: "current", message: "is wrong" });
	}
	attempt.succeeded();
	if (current === next) throw badInput({ path: "next", message: "is the one before" });
	const problem = problemOfPassword(next, user.name);
	if (problem) throw badInput({ path: "next", message: problem });
	const passwordHash = await hashPassword(next);
	return store.transaction(() => {
		if (!findIfStillTheirs(store, user)) throw badInput({ path: "current", message: "is wrong" });
		setPasswordHash(store, user.id, passwordHash);
		setMustChangePassword(store, user.id, false);
		deleteSessionsOf(store, user.id);
		const on = { kind: "user", id: user.id } as const;
		appendToLedger(store, {
			...{ at: now(), who: on, what: "password_changed", on },
			detail: { address: visitor.address },
		});
		return startSession(parts, user, { visitor, isScreen: false });
	})();
}
