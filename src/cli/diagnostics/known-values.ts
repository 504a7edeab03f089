import type Database from "better-sqlite3";
import type { KnownValue } from "./scrub.ts";

/** Columns whose texts are somebody's, in whatever table: one that is added later is found by its name. */
const telling = /name|plate|phone|url|contact|mail|address|party|secret|password|token|key/;
/** Tables whose ids people chose. */
const kindsOfIds: Readonly<Record<string, string>> = {
	...{
		users: "person",
		cameras: "camera",
		lanes: "lane",
		sites: "site",
		edges: "edge",
		receivers: "name",
	},
	...{ districts: "name", streets: "name", sectors: "name", parties: "name" },
};
const mostOfColumn = 5_000;
/** Words that stand in the program's own sentences; a camera of that name is told by no word of a log. */
const ours = new Set([
	"server",
	"edge",
	"camera",
	"lane",
	"alert",
	"admin",
	"error",
	"clip",
	"vehicle",
	"object",
	"on",
	"of",
	"to",
	"is",
	"no",
	// Sessions of people on this machine, and hosts that everybody listens at.
	"127.0.0.1",
	"0.0.0.0",
	"::1",
	"localhost",
]);

/** What a database knows and nobody else is to know. */
export function knownValuesOf(database: Database.Database): readonly KnownValue[] {
	const found = new Map<string, KnownValue>();
	for (const { table, column } of textColumns(database)) {
		const kind = kindOf(table, column);
		if (kind === null) continue;
		const values = database
			.prepare(`SELECT DISTINCT "${column}" FROM "${table}" WHERE "${column}" IS NOT NULL LIMIT ?`)
			.pluck()
			.all(mostOfColumn);
		for (const value of values) {
			if (typeof value !== "string" || value.length > 500) continue;
			if (kind !== "person" && ours.has(value.toLowerCase())) continue;
			for (const each of [value, ...partsOfAddress(value)])
				if (!found.has(each)) found.set(each, { kind, value: each });
		}
	}
	return [...found.values()];
}

/** User, password and host, which may stand in a line without the rest. */
function partsOfAddress(value: string): readonly string[] {
	if (!value.includes("://") || !URL.canParse(value)) return [];
	const { username, password, hostname } = new URL(value);
	return [username, password, hostname].flatMap((each) => [each, decoded(each)]).filter((each) => each.length > 3);
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text; // a per cent sign of its own
	}
}

function kindOf(table: string, column: string): string | null {
	if (column === "id" || column === `${table.replace(/s$/, "")}_id`) return kindsOfIds[table] ?? null;
	if (column === "site_id") return "site";
	if (!telling.test(column)) return null;
	return /secret|password|token|key|hash/.test(column) ? "secret" : (kindsOfIds[table] ?? "name");
}

function textColumns(database: Database.Database): { table: string; column: string }[] {
	return database
		.prepare<[], { table: string; column: string }>(
			`SELECT t.name AS "table", c.name AS "column" FROM pragma_table_list() t JOIN pragma_table_info(t.name) c
			WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'settings' AND c.type = 'TEXT'`,
		)
		.all();
}

/** Of every table. */
export function rowCounts(database: Database.Database): Readonly<Record<string, number>> {
	const tables = database
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
		.pluck()
		.all() as string[];
	return Object.fromEntries(
		tables.map((table) => [table, database.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number]),
	);
}
