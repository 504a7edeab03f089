import { rightsAmong } from "#core/roles/role-table.ts";
import { isWholly } from "#core/roles/scope.ts";
import type { Right } from "#core/roles/role-words.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { type ObjectKind, objects, type Where } from "./objects.ts";
import { areVisible } from "./visible-sites.ts";

/** Whether there is such an object, and this person may do with it what one of `asked` allows. */
export function reaches(
	parts: Pick<ServerParts, "store">,
	person: SignedIn,
	asked: readonly Right[],
	kind: ObjectKind,
	id: string,
): boolean {
	const where = objects[kind].find(parts, id);
	return where !== undefined && isWithinReach(person, asked, where);
}

/**
 * Whether this person may do what one of `asked` allows with an object that is there. What was handed to an authority is
 * within reach of its people wherever it is from; everything else goes by site.
 */
export function isWithinReach({ user, sites }: SignedIn, asked: readonly Right[], where: Where): boolean {
	const held = rightsAmong(user.role, asked);
	const atSites = held.some((right) => right !== "receive");
	if (where.parts) return atSites && where.parts.every((line) => isWholly(user.scopes, line));
	if (where.anySite && where.sites !== null) return atSites && where.sites.some((site) => areVisible(sites, [site]));
	if (atSites && areVisible(sites, where.sites)) return true;
	const { receiverIds = [] } = where;
	return held.includes("receive") && user.receiverId !== null && receiverIds.includes(user.receiverId);
}
