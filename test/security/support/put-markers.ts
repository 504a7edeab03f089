import type { Store } from "../../../src/server/store/open-store.ts";

/** Ends an attribute, a text and a tag, and would say so if it ran. */
export const script = `"'><img src=x onerror=keepclearXss()>`;

/** A column of such a name holds words of people, edges or authorities: a new one is found by itself. */
const wordy = /^(.*_)?(name|note|reason|text|label|contact|address|why|person|reference|agent|direction|plate|shown)$/;
/** In JSON the same, as keys. */
const wordyKey =
	/(^|[a-z])(name|note|reason|text|remark|remarks|title|person|contact|address|codec|label|words|siteName)$/i;
/** Who signs in in the test keeps his name. */
const kept = ["boss", "wang", "guo"];

/**
 * Puts the marker into every text that the database has a row for, past all rules of input, as if each of them had a gap.
 * @returns the columns that were changed, as `table.column`
 */
export function putMarkers(store: Store): readonly string[] {
	const names = (sql: string, ...values: string[]) =>
		store
			.prepare<string[], string>(sql)
			.pluck()
			.all(...values);
	for (const trigger of names("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
		store.exec(`DROP TRIGGER ${trigger}`);
	const changed: string[] = [];
	for (const table of names("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")) {
		const columns = names("SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT' AND pk = 0", table);
		for (const column of columns) {
			const isChanged = wordy.test(column) ? putText(store, table, column) : putInJson(store, table, column);
			if (isChanged) changed.push(`${table}.${column}`);
		}
	}
	return changed;
}

function putText(store: Store, table: string, column: string): boolean {
	const others = table === "users" ? `AND name NOT IN (${kept.map((name) => `'${name}'`).join(", ")})` : "";
	const mayAppear = /^(undone|ended|end|taken)_/.test(column) ? 0 : 1; // what says that something is over stays unsaid
	const put = `UPDATE ${table} SET ${column} = ? || ' ' || rowid WHERE (${column} IS NOT NULL OR ${mayAppear}) ${others}`;
	try {
		return store.prepare(put).run(script).changes > 0;
	} catch {
		return false; // a rule of the table itself keeps such a text out
	}
}

function putInJson(store: Store, table: string, column: string): boolean {
	let isChanged = false;
	const rows = `SELECT rowid AS id, ${column} AS value FROM ${table}`;
	for (const { id, value } of withRows(() => store.prepare<[], { id: number; value: string }>(rows).all())) {
		if (!/^[[{]/.test(value ?? "")) continue;
		const marked = JSON.stringify(JSON.parse(value), (key, each: unknown) =>
			typeof each === "string" && wordyKey.test(key) ? script : each,
		);
		if (marked === value) continue;
		isChanged =
			store.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`).run(marked, id).changes > 0 || isChanged;
	}
	return isChanged;
}

/** Some tables have no rowid: they hold pairs of ids alone. */
function withRows<T>(read: () => T[]): T[] {
	try {
		return read();
	} catch {
		return [];
	}
}
