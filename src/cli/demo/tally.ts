import { databaseFile } from "../../server/store/database-file.ts";
import { openStore } from "../../server/store/open-store.ts";
import type { Installation } from "./prepare.ts";

/** What came of the run, as it stands in the server's own database. */
export function tally({ serverDataFolder }: Installation) {
	const store = openStore(databaseFile(serverDataFolder));
	const count = (sql: string) => store.prepare<[], { n: number }>(sql).get()?.n ?? 0;
	const counts = {
		alertsRaised: count("SELECT count(*) AS n FROM alerts WHERE raised_at IS NOT NULL"),
		alertsCleared: count("SELECT count(*) AS n FROM alerts WHERE cleared_at IS NOT NULL"),
		clipsStored: count("SELECT count(*) AS n FROM evidence WHERE kind = 'clip'"),
	};
	store.close();
	return counts;
}
