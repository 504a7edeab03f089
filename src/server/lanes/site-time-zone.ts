import type { ServerConfig } from "../config.ts";
import type { Store } from "../store/open-store.ts";

/** The time zone of the configuration file lies in the database too: messages are applied where no configuration is known. */
export function rememberTimeZone(store: Store, { timeZone }: Pick<ServerConfig, "timeZone">): void {
	store
		.prepare(
			"INSERT INTO settings (key, value) VALUES ('timeZone', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
		)
		.run(JSON.stringify(timeZone));
}

export function siteTimeZone(store: Store): string {
	const row = store.prepare<[], { value: string }>("SELECT value FROM settings WHERE key = 'timeZone'").get();
	return row ? (JSON.parse(row.value) as string) : "Asia/Shanghai";
}
