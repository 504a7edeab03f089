import type { ServerParts } from "../server-parts.ts";
import { bumpConfigRevision, listEdges } from "./edges-store.ts";

/** The delays stand in the configuration file: where they have changed since the last start, edges must fetch them. */
export function adoptPolicy({ store, config }: Pick<ServerParts, "store" | "config">): void {
	const policy = JSON.stringify(config.policy);
	store.transaction(() => {
		const known = store.prepare<[], { value: string }>("SELECT value FROM settings WHERE key = 'policy'").get();
		if (known?.value === policy) return;
		store
			.prepare(
				"INSERT INTO settings (key, value) VALUES ('policy', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
			)
			.run(policy);
		for (const edge of listEdges(store)) bumpConfigRevision(store, edge.id);
	})();
}
