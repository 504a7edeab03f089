import { ApiError } from "../http/api-error.ts";
import { isFactorDue } from "./second-step.ts";
import type { AccountParts } from "./account-parts.ts";
import type { SignedIn } from "./sessions-store.ts";
import { mustChangePassword } from "./users-store.ts";

/**
 * What a person who is signed in must do before anything else, one after the other. A screen owes no factor: it can do
 * nothing but show, and was signed in by somebody who had what was needed then; a wall does not go dark because the rules changed.
 */
export function owedBy(parts: AccountParts, { user, isScreen }: Pick<SignedIn, "user" | "isScreen">) {
	if (mustChangePassword(parts.store, user.id)) return "password";
	return !isScreen && isFactorDue(parts, user) ? "factor" : null;
}

/** `but`: what the route is there for. @throws ApiError 403 */
export function refuseWhoOwes(parts: AccountParts, person: SignedIn, but?: "factor"): void {
	const owed = owedBy(parts, person);
	if (owed === "password") throw new ApiError(403, "password_due", "Choose a password of your own first.");
	if (owed === "factor" && but !== "factor") {
		throw new ApiError(403, "factor_due", "Set up your second factor first.");
	}
}
