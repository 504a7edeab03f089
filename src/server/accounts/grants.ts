import type { Role } from "#contract/session-api.ts";
import { type GrantProblem, problemOfGrant } from "#core/roles/grant.ts";
import type { Scope } from "#core/roles/scope.ts";
import { hasPart } from "../organisation/parts-store.ts";
import { findReceiver } from "../receivers/receivers-store.ts";
import type { Store } from "../store/open-store.ts";

export interface Grant {
	readonly role: Role;
	readonly scopes: readonly Scope[];
	readonly receiverId: string | null;
}

/** What is wrong with it, and with which of its parts; null where it can be given. */
export function grantProblemOf(
	store: Store,
	{ role, scopes, receiverId }: Grant,
): { readonly path: "scopes" | "receiverId"; readonly message: string } | null {
	const unknown = scopes.find((scope) => scope.kind !== "all" && !hasPart(store, scope.kind, scope.id));
	if (unknown && unknown.kind !== "all") {
		return { path: "scopes", message: `there is no ${unknown.kind} ${unknown.id}` };
	}
	const receiver = receiverId === null ? null : findReceiver(store, receiverId);
	if (receiver === undefined) return { path: "receiverId", message: `there is no authority ${receiverId}` };
	const problem = problemOfGrant({ role, scopes, authority: receiver?.kind ?? null });
	return problem && { path: problem.startsWith("scope") ? "scopes" : "receiverId", message: sentences[problem](role) };
}

const sentences: Readonly<Record<GrantProblem, (role: Role) => string>> = {
	scope_missing: (role) =>
		`say where the rights of a ${role} hold: everywhere, or at which site, street, district or sector`,
	scope_without_use: (role) => `a ${role} sees what was handed to one authority, and has no sites`,
	receiver_missing: (role) => `say for which authority the ${role} works`,
	receiver_without_use: (role) => `a ${role} receives nothing for an authority`,
	receiver_of_other_law: (role) => `that authority acts by another law than a ${role}`,
};
