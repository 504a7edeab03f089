import { type Scope, type ScopeKind, scopeKinds } from "#core/roles/scope.ts";
import { InputError } from "#platform/input-error.ts";
import { listParts } from "../organisation/parts-store.ts";
import type { Store } from "../store/open-store.ts";

/** `all`, or `site:south-gate`: a part of the organisation by its id or its name. @throws InputError */
export function readScope(store: Store, text: string): Scope {
	if (text === "all") return { kind: "all" };
	const [word = "", ...rest] = text.split(":");
	const kind = scopeKinds.find((known) => known === word);
	if (!kind || rest.length === 0) {
		throw new InputError(
			`--scope ${text}: allowed is all, or one of ${scopeKinds.join(", ")} with its id, such as site:south-gate`,
		);
	}
	return { kind, id: idOf(store, kind, rest.join(":"), text) };
}

function idOf(store: Store, kind: ScopeKind, idOrName: string, text: string): string {
	const parts = listParts(store, kind);
	const byId = parts.find(({ id }) => id === idOrName);
	if (byId) return byId.id;
	const [byName, another] = parts.filter(({ name }) => name === idOrName);
	if (another) throw new InputError(`--scope ${text}: more than one ${kind} is called so; name it by its id`);
	if (byName) return byName.id;
	const known = parts.map(({ id, name }) => (id === name ? id : `${id} (${name})`)).join(", ") || "none yet";
	throw new InputError(`--scope ${text}: there is no such ${kind}. There are: ${known}`);
}
