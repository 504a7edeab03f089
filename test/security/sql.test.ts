import { afterAll, describe, expect, it } from "vitest";
import { buildTestApp } from "../support/server-app.ts";
import { foreignMark, ownSite, seedTwoSites } from "../support/two-sites.ts";
import { sqlPayloads } from "./support/corpus.ts";
import { tried } from "./support/tried.ts";

/** Filters and parts of addresses, as the routes' own schemas name them. */
interface Parameter {
	readonly name: string;
	readonly in: "query" | "path" | "header";
	readonly required?: boolean;
}
interface Described {
	readonly paths: Record<string, Record<string, { readonly parameters?: readonly Parameter[] }>>;
}

const kind = "SQL in filters and addresses";
const server = await buildTestApp();
await seedTwoSites(server);
const everywhere = await server.person("admin of all", "admin");
const lead = await server.person("lead of one", "property_manager", { scopes: [{ kind: "site", id: ownSite }] });
const { paths } = (await everywhere("GET", "/api/openapi.json")).json<Described>();
afterAll(() => server.close());

const examples: Readonly<Record<string, string>> = {
	...{ from: "2026-11-20", to: "2026-11-27", by: "lane", of: "lane", which: "entered", format: "csv", language: "en" },
	reason: "x",
};
const filters = Object.entries(paths).flatMap(([path, methods]) =>
	path === "/api/feed"
		? []
		: (methods["get"]?.parameters ?? []).map((parameter) => ({
				path,
				parameter,
				all: methods["get"]?.parameters ?? [],
			})),
);
const { store } = server.parts;
const tables = store.prepare("SELECT name, sql FROM sqlite_master ORDER BY name");
/** All that an attacker would change: rows of people, rights, alerts. What is looked at is written down, so ledgers grow. */
const rows = () =>
	["users", "alerts", "cameras", "lanes", "edges", "sites", "permits", "transfers"].map((table) =>
		JSON.stringify(store.prepare(`SELECT * FROM ${table} ORDER BY 1`).all()),
	);

function addressOf({ path, parameter, all }: (typeof filters)[number], payload: string): string {
	const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
		encodeURIComponent(parameter.in === "path" && parameter.name === name ? payload : ownSite),
	);
	const query = all
		.filter(
			(other) => other.in === "query" && (other.required || other.name in examples) && other.name !== parameter.name,
		)
		.map(({ name }) => [name, examples[name] ?? "x"] as [string, string]);
	if (parameter.in === "query") query.push([parameter.name, payload]);
	return `${filled}?${new URLSearchParams(query).toString()}`;
}

describe(`${filters.length} filters and parts of addresses`, () => {
	it("are there, as the routes describe them", () => {
		expect(filters.length).toBeGreaterThan(60);
		expect(filters.map(({ path, parameter }) => `${path} ${parameter.name}`)).toContain("/api/alerts before");
	});

	it("take text for text: no error of the database, nothing of another site, nothing changed, no time spent", async () => {
		const [before, schema] = [rows(), JSON.stringify(tables.all())];
		for (const [number, filter] of filters.entries()) {
			for (const [index, payload] of sqlPayloads.entries()) {
				// Ids are read by one rule, wherever they stand: a few of the payloads for each, turn by turn.
				if (filter.parameter.in === "path" && (index + number) % 6 > 0) continue;
				const address = addressOf(filter, payload);
				const headers =
					filter.parameter.in === "header" ? { [filter.parameter.name]: payload.replaceAll(/[^ -~]/g, "?") } : {};
				for (const by of (index + number) % 4 === 0 ? [lead, everywhere] : [lead]) {
					const from = performance.now();
					const { statusCode, body } = await by("GET", address, { headers });
					const isQuick = performance.now() - from < 5_000;
					const isQuiet = !/SQLITE|sqlite|syntax error|no such (?:table|column)|argon2/.test(body);
					const isOwn = by === everywhere || !body.includes(foreignMark);
					const isAllowed = statusCode < 500 && isQuick && isQuiet && isOwn;
					tried(kind, `${address.slice(0, 200)}`, isAllowed, `${statusCode} ${body}`);
				}
			}
		}
		expect(JSON.stringify(tables.all())).toBe(schema);
		expect(rows()).toEqual(before);
		expect(store.pragma("integrity_check", { simple: true })).toBe("ok");
	});
});
