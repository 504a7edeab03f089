import type { ResponsibleBody } from "#contract/organisation-api.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import type { ServerParts } from "../server-parts.ts";
import { addParty, requireOpen } from "./organisation-actions.ts";
import { findPart } from "./organisation-store.ts";

type Parts = Pick<ServerParts, "store" | "now" | "feed">;

/** What a responsible party may be named for. */
export interface HasParty {
	readonly kind: "lane" | "site";
	readonly id: string;
}

/**
 * Who answers for a lane or a site; a party that nobody has named yet is made with it.
 *
 * @throws ApiError 400, 404; 409 where another one was named since the writer looked
 */
export function setResponsible(
	{ store, now, feed }: Parts,
	of: HasParty,
	{ partyId, newParty, before }: ResponsibleBody,
	{ user }: SignedIn,
): void {
	const table = of.kind === "lane" ? "lanes" : "sites";
	store.transaction(() => {
		const row = store
			.prepare<[string], { partyId: string | null; siteId: string }>(
				`SELECT party_id AS partyId, ${of.kind === "lane" ? "site_id" : "id"} AS siteId FROM ${table} WHERE id = ?`,
			)
			.get(of.id);
		if (!row) throw notFound(of.kind);
		if (row.partyId !== before) throw overtaken(store, of.kind, row.partyId);
		if (partyId !== null) requireOpen(store, "party", partyId, "partyId");
		const id = newParty ? addParty({ store }, newParty, row.siteId) : partyId;
		store.prepare(`UPDATE ${table} SET party_id = ? WHERE id = ?`).run(id, of.id);
		const at = now();
		if (of.kind === "lane") return feed.append("lane", of.id, at);
		store
			.prepare("UPDATE sites SET revision = revision + 1, changed_by = ?, changed_at = ? WHERE id = ?")
			.run(user.id, at, of.id);
	})();
}

function overtaken(store: Parts["store"], kind: string, partyId: string | null): ApiError {
	const now = partyId === null ? "nobody of its own" : (findPart(store, "party", partyId)?.name ?? partyId);
	const message = `Somebody else has named ${now} for this ${kind} meanwhile.`;
	return new ApiError(409, "changed_meanwhile", message, { problems: [{ path: "partyId", message: now }] });
}
