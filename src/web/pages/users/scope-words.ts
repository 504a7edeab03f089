import type { TFunction } from "i18next";
import type { OrganisationAnswer } from "#contract/organisation-api.ts";
import type { UserAnswer } from "#contract/users-api.ts";
import { partName } from "../organisation/part-name.ts";

type T = TFunction<"page">;
export type UserScope = UserAnswer["scopes"][number];

const listOf = { district: "districts", street: "streets", sector: "sectors", site: "sites" } as const;

/** A place by its name, with its kind where that is no site. */
export function scopeWords(t: T, organisation: OrganisationAnswer | null, scope: UserScope): string {
	if (scope.kind === "all") return t("users.everywhere");
	const part = organisation?.[listOf[scope.kind]].find(({ id }) => id === scope.id);
	const name = part ? partName(t, part) : scope.id;
	return scope.kind === "site" ? name : `${t(`organisation.kind_${scope.kind}`)} ${name}`;
}

/** All places that can be given, as a value of a choice and in words. */
export function scopeChoices(t: T, organisation: OrganisationAnswer) {
	return (["district", "street", "sector", "site"] as const).map((kind) => ({
		kind,
		parts: organisation[listOf[kind]]
			.filter(({ closedAt, mayChange }) => closedAt === null && mayChange)
			.map((part) => ({ id: part.id, name: partName(t, part) })),
	}));
}
