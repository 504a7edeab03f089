import type { Store } from "./open-store.ts";

/** What lives in memory beside one database: made when it is first asked for, and gone with it. */
export function besideStore<T>(make: () => T): (store: Store) => T {
	const made = new WeakMap<Store, { readonly it: T }>();
	return (store) => {
		const known = made.get(store) ?? { it: make() };
		made.set(store, known);
		return known.it;
	};
}
