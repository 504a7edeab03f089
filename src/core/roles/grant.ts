import { may, seesTransfersAlone } from "./role-table.ts";
import type { Role } from "./role-words.ts";
import type { Scope } from "./scope.ts";

/** What a person is given beside a name. */
export interface Grant {
	readonly role: Role;
	readonly scopes: readonly Scope[];
	/** The law that the authority acts by for which the person works; null: for none. */
	readonly authority: "traffic_police" | "fire_rescue" | null;
}

export const grantProblems = [
	"scope_missing", // nowhere to do it
	"scope_without_use", // who sees transfers alone has no sites
	"receiver_missing",
	"receiver_without_use",
	"receiver_of_other_law",
] as const;
export type GrantProblem = (typeof grantProblems)[number];

/** Why this makes no sense; null: it does. */
export function problemOfGrant({ role, scopes, authority }: Grant): GrantProblem | null {
	if (authority !== null && !may(role, "receive")) return "receiver_without_use";
	if (!seesTransfersAlone(role)) {
		if (scopes.length === 0) return "scope_missing";
		return authority === null || authority === lawOf(role) ? null : "receiver_of_other_law";
	}
	if (scopes.length > 0) return "scope_without_use";
	if (authority === null) return "receiver_missing";
	return authority === lawOf(role) ? null : "receiver_of_other_law";
}

const lawOf = (role: Role): Grant["authority"] => (role === "fire_supervisor" ? "fire_rescue" : "traffic_police");
