import { afterAll, describe, expect, it } from "vitest";
import { rightsAmong, seesTransfersAlone } from "#core/roles/role-table.ts";
import { roles } from "#core/roles/role-words.ts";
import type { Role } from "#contract/session-api.ts";
import type { ByRight } from "../../src/server/http/app-type.ts";
import type { GuardedRoute } from "../../src/server/http/guard.ts";
import { rightsAsked } from "../../src/server/scope/admit-objects.ts";
import { SharedAnswers } from "../../src/server/feed/shared-answers.ts";
import type { ObjectKind } from "../../src/server/scope/objects.ts";
import { buildTestApp, type Inject } from "../support/server-app.ts";
import { foreignMark, ownSite, seedTwoSites } from "../support/two-sites.ts";
import { tried } from "./support/tried.ts";

/** What a route that names an object in its body is sent; a new one without a line here fails. */
const bodies: Readonly<Record<string, object>> = {
	"POST /api/cameras": { name: "x", url: "rtsp://10.0.0.9/1" },
	"POST /api/probes": { url: "rtsp://10.0.0.9/1" },
	"POST /api/what-ifs": { zoneId: "lane-1", policy: {}, hours: [] },
	"POST /api/permits": { plate: null, from: 1, until: 2, reason: "x" },
	"POST /api/edges": { id: "edge-9", name: "x" },
	"PUT /api/lanes/:id/place": {},
	"PUT /api/lanes/:id/party": { before: null },
	"PUT /api/sites/:id/party": { before: null },
	"POST /api/organisation/streets": { name: "x" },
	"POST /api/organisation/sites": { name: "x" },
	"PATCH /api/organisation/streets/:id": { revision: 1 },
	"PATCH /api/organisation/sites/:id": { revision: 1 },
};
const words: Readonly<Record<string, string>> = {
	word: "acknowledged",
	step: "confirmation",
	kind: "marking",
	name: "x",
};

const objects = "another role's or site's objects";

const server = await buildTestApp();
/** Who was let through stands before the handler, which would change what the next case needs. */
server.app.addHook("preHandler", async (request, reply) => {
	if (request.headers["x-stop"] === "here") return reply.code(299).send("let through");
});
const { own, foreign, receiverId, fireServiceId } = await seedTwoSites(server);
const atOwnSite = [{ kind: "site" as const, id: ownSite }];
const people = new Map<Role, Inject>();
for (const role of roles) {
	const authority = role === "fire_supervisor" ? fireServiceId : receiverId;
	const hasAuthority = rightsAmong(role, ["receive"]).length > 0;
	const where = {
		scopes: seesTransfersAlone(role) ? [] : atOwnSite,
		...(hasAuthority ? { receiverId: authority } : {}),
	};
	people.set(role, await server.person(`the ${role}`, role, where));
}
const everywhere = await server.person("admin of all", "admin");
afterAll(() => server.close());

const byRight = server.routes.flatMap(({ method, url, access }) =>
	typeof access === "object" ? [{ method, url, access }] : [],
);

interface Case {
	readonly route: GuardedRoute & { readonly access: ByRight };
	readonly site: "own" | "foreign" | "none";
}
const cases: readonly Case[] = byRight.flatMap((route) =>
	(Object.keys(route.access.of ?? {}).length > 0 ? (["own", "foreign", "none"] as const) : (["own"] as const)).map(
		(site) => ({
			route,
			site,
		}),
	),
);

/** The same call at this site: its ids in the address and in the body. `none`: ids that there are not. */
function call(
	by: Inject,
	{ route: { method, url, access }, site }: Case,
	headers: Record<string, string> = { "x-stop": "here" },
	spelled: Readonly<Record<string, string>> = {},
) {
	const named = Object.entries<ObjectKind>(access.of ?? {});
	const idOf = (kind: ObjectKind) => (site === "none" ? "none-such" : site === "own" ? own[kind] : foreign[kind]);
	const path = url.replace(/:(\w+)/g, (_all, name: string) => {
		const kind = access.of?.[name];
		return spelled[name] ?? (kind ? idOf(kind) : (words[name] ?? "x"));
	});
	const inBody = named.filter(([name]) => name.startsWith("body."));
	const known = bodies[`${method} ${url}`];
	if (inBody.length > 0 && !known) throw new Error(`${method} ${url} needs a line in \`bodies\``);
	const json = { ...known, ...Object.fromEntries(inBody.map(([name, kind]) => [name.slice(5), idOf(kind)])) };
	return by(method, path, method === "GET" ? { headers } : { headers, json });
}

/** What a reader of numbers, of paths or of texts might take for this id. */
const spellingsOf = (id: string): readonly string[] => [
	...[
		`+${id}`,
		`%2B${id}`,
		`%20${id}`,
		`${id}%20`,
		`%09${id}`,
		`${id}%0A`,
		`${id}%00`,
		`%EF%BB%BF${id}`,
		`%C2%A0${id}`,
	],
	...[
		`${id}.0`,
		`${id}.`,
		`0x${id}`,
		`0b${Number(id).toString(2)}`,
		`0${id}`,
		`${id}e0`,
		`-${id}`,
		`${id}n`,
		`${id},${id}`,
	],
	...[`.%2F${id}`, `x%2F..%2F${id}`, `${id}%3F`, `${id}%23`, `"${id}"`.replaceAll('"', "%22"), id.toUpperCase()],
	[...id].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(""),
	[...id].map((letter) => encodeURIComponent(fullWidth(letter))).join(""),
];
const fullWidth = (letter: string) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0);

/** An authority is of no site; of a district, a street and a sector people with one site have a part at most. */
const wholes: readonly ObjectKind[] = ["receiver", "district", "street", "sector"];
const isOfEverySite = ({ of = {} }: ByRight) => Object.values(of).some((kind) => wholes.includes(kind));
const namesSiteToBe = ({ of = {} }: ByRight) => Object.values(of).includes("site_to_be");

/** What the table says must come of it: refused, not there, or let through (or told that its body is wrong). */
function expected(role: Role, { route: { access }, site }: Case): "refused" | "not there" | "let through" {
	const held = rightsAmong(role, rightsAsked(access));
	if (held.length === 0 || access.everySite) return "refused";
	if (site === "none") return "not there";
	const kinds = Object.values(access.of ?? {});
	if (kinds.length === 0) return "let through";
	const bySite = held.some((right) => right !== "receive") && site === "own" && !isOfEverySite(access);
	if (bySite) return "let through";
	const isHanded = kinds.includes("transfer") || kinds.includes("evidence");
	if (!isHanded || !held.includes("receive")) return "not there";
	// The own site's clue, with its evidence, went to the police, the foreign one's to the fire service.
	return (site === "own") === (role !== "fire_supervisor") ? "let through" : "not there";
}

const outcomeOf = (status: number, message: string): string => {
	if (status === 403) return "refused";
	if (status === 404 || message.includes("there is no")) return "not there";
	return status === 299 || status === 400 ? "let through" : `${status} ${message}`;
};

describe(`${byRight.length} routes × ${roles.length} roles × own, foreign and no site`, () => {
	it("has an object of every kind at both sites", () => {
		expect(Object.keys(own).sort()).toEqual(Object.keys(foreign).sort());
		expect(byRight.length).toBeGreaterThan(70);
	});

	it.each(roles)(`%s: ${cases.length} cases`, async (role) => {
		const by = people.get(role)!;
		for (const each of cases) {
			if (each.site === "none" && namesSiteToBe(each.route.access)) continue; // it may be made
			const answer = await call(by, each);
			const { method, url } = each.route;
			const [outcome, wanted] = [outcomeOf(answer.statusCode, answer.body), expected(role, each)];
			if (wanted === "let through") expect(outcome, `${method} ${url}, ${each.site}`).toBe(wanted);
			else tried(objects, `${role}: ${method} ${url}, ${each.site}: ${wanted}`, outcome === wanted, outcome);
		}
	});

	it("an administrator of all sites reaches both, and what is of every site", async () => {
		for (const each of cases) {
			if (each.site === "none") continue;
			if (rightsAmong("admin", rightsAsked(each.route.access)).length === 0) continue;
			const { statusCode, body } = await call(everywhere, each);
			expect(outcomeOf(statusCode, body), `${each.route.method} ${each.route.url}`).toBe("let through");
		}
	});

	it.each(roles)("%s reaches nothing foreign by another spelling of its id", async (role) => {
		const by = people.get(role)!;
		for (const route of byRight) {
			const inAddress = Object.entries<ObjectKind>(route.access.of ?? {}).filter(([name]) => !name.startsWith("body."));
			if (inAddress.length === 0 || expected(role, { route, site: "foreign" }) !== "not there") continue;
			for (const [name, kind] of inAddress) {
				for (const spelling of spellingsOf(foreign[kind])) {
					const { statusCode, body } = await call(by, { route, site: "foreign" }, undefined, { [name]: spelling });
					const what = `${role}: ${route.method} ${route.url}, ${name} as ${spelling}`;
					tried(objects, what, statusCode === 404, `${statusCode} ${body}`);
				}
			}
		}
	});

	it("answers the same of what is foreign and of what is not there, to the letter", async () => {
		const admin = people.get("admin")!;
		for (const each of cases) {
			if (each.site !== "foreign" || namesSiteToBe(each.route.access)) continue;
			if (expected("admin", each) !== "not there") continue;
			const [there, none] = [await call(admin, each), await call(admin, { ...each, site: "none" })];
			const plain = (text: string) => text.replaceAll(/none-such|harbour[\w-]*|camera-\w+/g, "ID");
			const seen = [there, none].map(({ statusCode, body }) => `${statusCode} ${plain(body)}`);
			tried(objects, `${each.route.method} ${each.route.url} tells what there is`, seen[0] === seen[1], seen);
		}
	});
});

describe("what is shown of a foreign site", () => {
	const lists = byRight.filter(({ method, url }) => method === "GET" && !url.includes(":") && url !== "/api/feed");
	const queries: Readonly<Record<string, string>> = {
		"/api/acceptances": `?cameraId=${foreign.camera}`,
		"/api/history": "?from=2026-11-20&to=2026-11-27",
		"/api/history/lines": "?from=2026-11-20&to=2026-11-27&by=lane",
		"/api/history/compare": "?from=2026-11-20&to=2026-11-27",
		"/api/history/alerts": "?from=2026-11-20&to=2026-11-27&which=entered",
		"/api/audit/table": "?reason=x",
		"/api/history/table": "?from=2026-11-20&to=2026-11-27&of=lane&format=csv&language=en",
	};
	const others = [foreignMark, foreign.camera, foreign.permit, foreign.acceptance, foreign.transfer];

	it.each(roles)(`%s: nothing in ${lists.length} lists`, async (role) => {
		for (const { url, access } of lists) {
			const { statusCode, body } = await people.get(role)!("GET", url + (queries[url] ?? ""));
			const lets = expected(role, { route: { method: "GET", url, access }, site: "own" }) === "let through";
			expect(statusCode, `${url}: ${body}`).toBe(lets ? 200 : 403);
			if (role === "fire_supervisor" && url === "/api/transfers") continue; // it was handed to the fire service
			const told = others.filter((other) => body.includes(other));
			tried(objects, `${role}: the list ${url}`, told.length === 0, told);
		}
	});

	it("is in the lists of who answers for all sites: they would tell", async () => {
		for (const url of [
			"/api/organisation",
			"/api/users",
			"/api/wall",
			"/api/alerts",
			"/api/cameras",
			"/api/edges",
			"/api/permits",
			"/api/transfers",
		]) {
			expect((await everywhere("GET", url)).body, url).toContain(foreignMark);
		}
	});

	it("is no part of the feed", () => {
		const { store, feed } = server.parts;
		const rows = [
			{ kind: "lane", subject: foreign.lane },
			{ kind: "alert", subject: foreign.alert },
			{ kind: "camera", subject: foreign.camera },
			{ kind: "edge", subject: foreign.edge },
			{ kind: "plan", subject: foreign.site },
			{ kind: "removed", subject: `lane:${foreign.lane}` },
		] as const;
		const answers = new SharedAnswers(store, feed);
		const toldTo = (sites: readonly string[] | null) =>
			rows.filter((row, position) => answers.framesOf({ ...row, position }, sites) !== "");
		expect(toldTo([ownSite])).toEqual([]);
		const told = toldTo(null);
		expect(told).toHaveLength(5); // a lane that is there was not removed
	});

	it("are no files", async () => {
		for (const [path, kind] of [
			["/api/evidence/", "evidence"],
			["/api/markings/", "marking"],
		] as const) {
			const guard = people.get("guard")!;
			expect((await guard("GET", path + own[kind])).statusCode).toBe(200);
			expect((await guard("GET", path + foreign[kind])).statusCode).toBe(404);
			const byPolice = (await people.get("traffic_police")!("GET", path + own[kind])).statusCode;
			expect(byPolice).toBe(kind === "evidence" ? 200 : 403); // it was handed to them
			expect((await people.get("traffic_police")!("GET", path + foreign[kind])).statusCode).not.toBe(200);
		}
	});
});
