import type { FastifyRequest } from "fastify";
import type { Right } from "#core/roles/role-words.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import type { ByRight } from "../http/app-type.ts";
import { isChanging } from "../http/origin.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import { rightsAsked } from "../scope/admit-objects.ts";
import type { ServerParts } from "../server-parts.ts";

/** Changes of how the system is set up; what is said of alerts and done with evidence is recorded by those who do it. */
const recorded: readonly Right[] = ["configure", "administer", "permit"];

/**
 * Writes down, before it is done, who changes what in the set-up: the address and the ids in it, nothing of the body, which
 * may hold a camera's password. Who cannot be written down changes nothing.
 */
export function recordChange(
	{ store, now }: Pick<ServerParts, "store" | "now">,
	request: FastifyRequest,
	access: ByRight,
	{ user }: SignedIn,
): void {
	if (!isChanging(request.method) || !rightsAsked(access).some((right) => recorded.includes(right))) return;
	const params = request.params as Readonly<Record<string, string>>;
	const [name, kind] = Object.entries<string>(access.of ?? {})[0] ?? [];
	const id = name === undefined ? undefined : params[name];
	store.transaction(() =>
		appendToLedger(store, {
			...{ at: now(), who: { kind: "user", id: user.id }, what: "change_asked" },
			on: { kind: kind !== undefined && id !== undefined ? kind : "system", id: id ?? "system" },
			detail: { method: request.method, route: request.routeOptions.url ?? "", ...params },
		}),
	)();
}
