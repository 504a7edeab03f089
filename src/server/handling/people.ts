import type { PeopleAnswer } from "#contract/handling-api.ts";
import { rightsAmong } from "#core/roles/role-table.ts";
import { listUsers } from "../accounts/accounts-store.ts";
import { scopesOf } from "../accounts/scopes-store.ts";
import { visibleSites, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

/** Those to whom an alert can be given, as far as they share a site with the one who asks. */
export function peopleAt(store: Store, sites: VisibleSites): PeopleAnswer["people"] {
	return listUsers(store)
		.filter(({ role, disabledAt }) => disabledAt === null && rightsAmong(role, ["handle", "attend"]).length > 0)
		.filter(({ id }) => shareASite(visibleSites(store, scopesOf(store, id)), sites))
		.map(({ id, name, role }) => ({ id, name, role }));
}

const shareASite = (one: VisibleSites, other: VisibleSites): boolean =>
	one === null || other === null || one.some((site) => other.includes(site));
