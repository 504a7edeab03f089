import { targetsBody, type TargetsBody } from "#contract/handling-targets-api.ts";
import { defaultTargets } from "#core/handling/targets.ts";
import type { Store } from "../store/open-store.ts";

interface TargetsRow {
	readonly body: string;
	readonly by: string;
	readonly at: number;
}

const settingKey = "handling_targets";

/** Those of the configuration file lie in the database too: alerts are read where no configuration is known. */
export function rememberTargets(store: Store, targets: TargetsBody): void {
	store
		.prepare("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
		.run(settingKey, JSON.stringify(targets));
}

/** A site's own, or else those of the configuration file. */
export function targetsOf(store: Store, siteId: string): TargetsBody {
	const own = store
		.prepare<[string], TargetsRow>("SELECT body FROM handling_targets WHERE site_id = ? ORDER BY id DESC LIMIT 1")
		.get(siteId)?.body;
	const text =
		own ??
		store.prepare<[string], { value: string }>("SELECT value FROM settings WHERE key = ?").get(settingKey)?.value;
	return text === undefined ? { ...defaultTargets, quiet: null } : targetsBody.parse(JSON.parse(text));
}

/** Newest first. */
export function targetChanges(
	store: Store,
	siteId: string,
): readonly { readonly id: number; readonly targets: TargetsBody; readonly by: string; readonly at: number }[] {
	return store
		.prepare<[string], TargetsRow & { readonly id: number }>(
			`SELECT t.id, t.body, u.name AS "by", t.at FROM handling_targets t JOIN users u ON u.id = t.said_by
			WHERE t.site_id = ? ORDER BY t.id DESC LIMIT 50`,
		)
		.all(siteId)
		.map(({ id, body, by, at }) => ({ id, targets: targetsBody.parse(JSON.parse(body)), by, at }));
}

export function insertTargets(
	store: Store,
	row: { readonly siteId: string; readonly targets: TargetsBody; readonly userId: string; readonly at: number },
): void {
	store
		.prepare("INSERT INTO handling_targets (site_id, body, said_by, at) VALUES (@siteId, @body, @userId, @at)")
		.run({ ...row, targets: null, body: JSON.stringify(row.targets) });
}
