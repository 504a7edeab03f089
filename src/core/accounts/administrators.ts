import type { Role } from "../roles/role-words.ts";
import type { Scope } from "../roles/scope.ts";

export interface AdministratorFacts {
	readonly id: string;
	readonly role: Role;
	readonly scopes: readonly Scope[];
	/** Unix ms; null: may sign in. */
	readonly disabledAt: number | null;
}

/** Whether somebody administers everything, and may sign in to do so. */
export const administersAll = ({ role, scopes, disabledAt }: Omit<AdministratorFacts, "id">): boolean =>
	role === "admin" && disabledAt === null && scopes.some(({ kind }) => kind === "all");

/** Whether nobody could administer everything any more without this one. */
export const isLastAdministrator = (people: readonly AdministratorFacts[], id: string): boolean => {
	const administrators = people.filter(administersAll);
	return administrators.length === 1 && administrators[0]?.id === id;
};
