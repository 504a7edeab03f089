import type { CodeBody, SessionAnswer, SignInBody } from "#contract/session-api.ts";
import { isSensitive } from "#core/accounts/session-limits.ts";
import type { Right } from "#core/roles/role-words.ts";
import { ApiError, onOwing, onSignedOut, setCsrfToken, tellSignedOut } from "./api/http.ts";
import * as api from "./api/keepclear-api.ts";
import { Observable } from "./observable.ts";

/** Who uses the page. */
export type Account =
	| { readonly state: "asking" }
	| { readonly state: "unreachable"; readonly error: unknown }
	| { readonly state: "signed_out" }
	/** `expired`: signed in before; the page stays as it is below a sign-in window, so that nothing typed is lost. */
	| {
			readonly state: "signed_in";
			readonly user: SessionAnswer["user"];
			/** A screen on a wall, which only shows. */
			readonly isScreen: boolean;
			readonly expired: boolean;
			/** An administrator made the password: another is chosen first. */
			readonly mustChangePassword: boolean;
			/** The role needs a second factor: it is set up first. */
			readonly factorDue: boolean;
	  };

export const account = new Observable<Account>({ state: "asking" });

onSignedOut(() => {
	const { value } = account;
	const hasPage = value.state === "signed_in" && !value.mustChangePassword && !value.factorDue;
	account.set(hasPage ? { ...value, expired: true } : { state: "signed_out" });
});

// The rules changed while the page was open, or an administrator gave another role.
onOwing(() => void askWhoIsSignedIn({ quietly: true }));

/** `quietly`: the page stays as it is until the answer has come, with what is typed on it. */
export async function askWhoIsSignedIn({ quietly = false } = {}): Promise<void> {
	if (!quietly) account.set({ state: "asking" });
	try {
		takeSession(await api.whoIsSignedIn());
	} catch (error) {
		const signedOut = error instanceof ApiError && error.httpStatus === 401;
		account.set(signedOut ? { state: "signed_out" } : { state: "unreachable", error });
	}
}

/** False: the password was right, and a code is asked for. */
export async function signIn(body: SignInBody): Promise<boolean> {
	const answer = await api.signIn(body);
	if ("secondStep" in answer) return false;
	takeSession(answer);
	return true;
}

export async function enterCode(body: CodeBody): Promise<void> {
	takeSession(await api.enterCode(body));
}

/** Where the session may end although the page is open, it is asked about each minute. */
export async function keepAttended(): Promise<void> {
	const { value } = account;
	if (value.state !== "signed_in" || value.expired || value.isScreen || !isSensitive(value.user.role)) return;
	await api.whoIsSignedIn().catch((error: unknown) => {
		if (error instanceof ApiError && error.httpStatus === 401) tellSignedOut();
	});
}

export async function signOut(): Promise<void> {
	await api.signOut();
	// Of what a guard's phone keeps, that too; what was not sent yet stays until its person is back.
	const { forgetKept } = await import("./guard/guard-store.ts");
	const { forgetPush } = await import("./push/push-here.ts");
	await Promise.all([forgetKept(), forgetPush()].map((part) => part.catch(() => undefined)));
	setCsrfToken(null);
	account.set({ state: "signed_out" });
}

/** The server decides; the page shows only what would be let through. */
export function may(of: Account, right: Right): boolean {
	return of.state === "signed_in" && of.user.rights.includes(right);
}

/** Some things hold for every site at once, and are for those who answer for all of them. */
export function answersForEverySite(of: Account): boolean {
	return of.state === "signed_in" && of.user.scopes.some(({ kind }) => kind === "all");
}

export function takeSession({ user, csrfToken, isScreen, mustChangePassword, factorDue }: SessionAnswer): void {
	setCsrfToken(csrfToken);
	account.set({ state: "signed_in", user, isScreen, mustChangePassword, factorDue, expired: false });
}
