import type { TFunction } from "i18next";
import { type OrganisationAnswer, unassigned } from "#contract/organisation-api.ts";

/** What stands for "nobody has said yet" is called so in the reader's language. */
export const partName = (t: TFunction<"page">, { id, name }: { readonly id: string; readonly name: string }): string =>
	id === unassigned ? t("app.unassigned") : name;

export const nameOfParty = (
	t: TFunction<"page">,
	{ parties }: Pick<OrganisationAnswer, "parties">,
	id: string,
): string => {
	const party = parties.find((one) => one.id === id);
	return party ? partName(t, party) : id;
};
