import type { PasswordAnswer, UserAnswer, UserBody, UserPatch } from "#contract/users-api.ts";
import { administersAll } from "#core/accounts/administrators.ts";
import { isWholly, type Scope } from "#core/roles/scope.ts";
import { InputError } from "#platform/input-error.ts";
import { ApiError, badInput, notFound } from "../http/api-error.ts";
import { randomPassword } from "../http/secrets.ts";
import { lineOfScope } from "../scope/part-lines.ts";
import { reaches } from "../scope/reach.ts";
import type { Store } from "../store/open-store.ts";
import { createUser } from "./accounts-actions.ts";
import { findUserByName, setDisabledAt, setPasswordHash } from "./accounts-store.ts";
import { resetFactor } from "./factors-actions.ts";
import { type Grant, grantProblemOf } from "./grants.ts";
import { hashPassword } from "./password-hash.ts";
import { putScopes } from "./scopes-store.ts";
import { modeOf } from "./second-step.ts";
import type { AccountParts } from "./account-parts.ts";
import { deleteSessionsOf, type SignedIn } from "./sessions-store.ts";
import {
	changeOfUser,
	findUserAnswer,
	isLastAdministratorHere,
	listUserAnswers,
	noteUserChange,
	type Seen,
	setGrant,
	setMustChangePassword,
} from "./users-store.ts";

type Parts = AccountParts;

const seenBy = (parts: Parts): Seen => ({
	now: parts.now(),
	needsFactor: (role) => modeOf(parts, role) === "required",
});

/** Those whom the one who asks administers. */
export const usersFor = (parts: Parts, asker: SignedIn): UserAnswer[] =>
	listUserAnswers(parts.store, seenBy(parts)).filter(({ id }) => reaches(parts, asker, ["administer"], "user", id));

/** With a password that is told once. @throws ApiError 400 at the field */
export async function addUser(parts: Parts, { name, ...grant }: UserBody, by: SignedIn): Promise<PasswordAnswer> {
	const { store, now } = parts;
	refuseGrant(store, grant, by);
	if (findUserByName(store, name.normalize("NFC"))) throw badInput({ path: "name", message: "name_taken" });
	const { user, password } = await createUser(store, { name: name.normalize("NFC"), ...grant }, now()).catch(
		(error: unknown) => {
			throw error instanceof InputError ? badInput({ path: "name", message: "name_not_allowed" }) : error;
		},
	);
	setMustChangePassword(store, user.id, true);
	return { user: requireUserAnswer(parts, user.id), password };
}

/** @throws ApiError 400, 404; 409 where it was changed meanwhile, and where nobody could administer the system any more */
export function changeUser(
	parts: Parts,
	id: string,
	{ revision, grant, disabled }: UserPatch,
	by: SignedIn,
): UserAnswer {
	const { store, now } = parts;
	store.transaction(() => {
		const user = requireUserAnswer(parts, id);
		if (user.revision !== revision) throw overtaken(store, user);
		if (id === by.user.id) {
			throw new ApiError(
				409,
				"own_account",
				"Another administrator changes your own role, and whether you may sign in.",
			);
		}
		if (grant) refuseGrant(store, grant, by);
		const rules = { role: grant?.role ?? user.role, scopes: grant?.scopes ?? user.scopes };
		const isOut = disabled ?? user.disabledAt !== null;
		const stays = !isOut && administersAll({ ...rules, disabledAt: null });
		if (!stays && isLastAdministratorHere(store, id)) {
			throw new ApiError(409, "last_administrator", `${user.name} is the last administrator; add another first.`);
		}
		if (grant) {
			setGrant(store, id, grant.role, grant.receiverId);
			putScopes(store, id, grant.scopes);
		}
		if (disabled !== undefined) setDisabledAt(store, id, disabled ? (user.disabledAt ?? now()) : null);
		if (isOut) deleteSessionsOf(store, id);
		noteUserChange(store, id, by.user.id, now());
	})();
	return requireUserAnswer(parts, id);
}

/** The one before, and what was opened with it, ends. */
export async function renewPassword(parts: Parts, id: string, by: SignedIn): Promise<PasswordAnswer> {
	const { store, now } = parts;
	if (id === by.user.id) throw new ApiError(409, "own_account", "Change your own password on your own page.");
	const password = randomPassword();
	const passwordHash = await hashPassword(password);
	store.transaction(() => {
		setPasswordHash(store, id, passwordHash);
		setMustChangePassword(store, id, true);
		deleteSessionsOf(store, id);
		noteUserChange(store, id, by.user.id, now());
	})();
	return { user: requireUserAnswer(parts, id), password };
}

export const endSessions = ({ store }: Parts, id: string): void => void deleteSessionsOf(store, id);

/** The telephone is lost. The person sets another up by the password alone, so what was opened with it ends. */
export function resetFactorOf({ store, now }: Parts, id: string, { user: by }: SignedIn): void {
	if (id === by.id) throw new ApiError(409, "own_account", "Another administrator resets your own second factor.");
	store.transaction(() => {
		if (!resetFactor(store, id, { who: { kind: "user", id: by.id }, at: now() })) {
			throw new ApiError(409, "no_factor", "There is no second factor to reset.");
		}
		noteUserChange(store, id, by.id, now());
	})();
}

/** Nobody gives what he does not have: neither places, nor the people of an authority, which is of no site. */
function refuseGrant(store: Store, grant: Grant, { user }: SignedIn): void {
	const wrong = grantProblemOf(store, grant);
	if (wrong) throw badInput({ path: wrong.path, message: wrong.message });
	const beyond = grant.scopes.find((scope) => !isWholly(user.scopes, lineOfScope(store, scope)));
	if (beyond) throw badInput({ path: "scopes", message: `${nameOf(beyond)} is beyond what you administer` });
	if (grant.scopes.length === 0 && !isWholly(user.scopes, [])) {
		throw badInput({ path: "role", message: "only who answers for every site may add people of an authority" });
	}
}

const nameOf = (scope: Scope) => (scope.kind === "all" ? "everywhere" : `${scope.kind} ${scope.id}`);

function overtaken(store: Store, { id, name }: UserAnswer): ApiError {
	const change = changeOfUser(store, id);
	const by = change?.by ?? "the server";
	return new ApiError(409, "changed_meanwhile", `${by} has changed ${name} meanwhile.`, {
		meanwhile: [{ kind: "changed", by, at: change?.at ?? 0 }],
	});
}

function requireUserAnswer(parts: Parts, id: string): UserAnswer {
	const user = findUserAnswer(parts.store, id, seenBy(parts));
	if (!user) throw notFound("user");
	return user;
}
