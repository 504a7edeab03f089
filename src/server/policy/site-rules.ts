import { siteRulesSchema, type SiteRules } from "#contract/policy-api.ts";
import { bumpConfigRevision, listEdges } from "../edges/edges-store.ts";
import { everySite } from "../scope/visible-sites.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";

/** The site's rules, and since when they are the page's; null: the configuration file's still hold. */
export function siteRulesOf({ store, config }: Pick<ServerParts, "store" | "config">): {
	rules: SiteRules;
	changedAt: number | null;
} {
	const ofPage = readSetting(store, "site_rules");
	if (!ofPage) return { rules: { policy: config.policy, hours: [], emergencyPlates: [] }, changedAt: null };
	const { changedAt, rules } = JSON.parse(ofPage) as { changedAt: number; rules: unknown };
	return { rules: siteRulesSchema.parse(rules), changedAt };
}

export function writeSiteRules(store: Store, rules: SiteRules, changedAt: number): void {
	writeSetting(store, "site_rules", JSON.stringify({ changedAt, rules }));
}

/** Where the configuration file's policy has changed since the last start, edges must fetch it. */
export function adoptConfiguredPolicy({ store, config }: Pick<ServerParts, "store" | "config">): void {
	const policy = JSON.stringify(config.policy);
	store.transaction(() => {
		if (readSetting(store, "policy") === policy) return;
		writeSetting(store, "policy", policy);
		for (const edge of listEdges(store, everySite)) bumpConfigRevision(store, edge.id);
	})();
}

function readSetting(store: Store, key: string): string | undefined {
	return store.prepare<[string], { value: string }>("SELECT value FROM settings WHERE key = ?").get(key)?.value;
}

function writeSetting(store: Store, key: string, value: string): void {
	store
		.prepare("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
		.run(key, value);
}
