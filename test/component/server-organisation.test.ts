import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OrganisationAnswer } from "#contract/organisation-api.ts";
import type { LedgerRow } from "../../src/server/ledger/ledger-store.ts";
import { eachLedgerRow } from "../../src/server/ledger/ledger-store.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

let server: TestApp;
let boss: Inject;
beforeEach(async () => {
	server = await buildTestApp();
	boss = await server.person("boss", "admin");
});
afterEach(() => server.close());

const organisationOf = async (by: Inject) => (await by("GET", "/api/organisation")).json<OrganisationAnswer>();

async function add(kind: string, json: object, by = boss): Promise<string> {
	const answer = await by("POST", `/api/organisation/${kind}`, { json });
	if (answer.statusCode !== 201) throw new Error(`${kind}: ${answer.statusCode} ${answer.body}`);
	return answer.json<{ id: string }>().id;
}

/** An edge with a camera and two lanes at the site. */
async function putLanes(siteId: string): Promise<void> {
	server.edge(`${siteId}-edge`, siteId);
	const json = { name: `${siteId} gate`, edgeId: `${siteId}-edge`, url: "rtsp://10.0.0.9/1" };
	const camera = (await boss("POST", "/api/cameras", { json })).json<{ id: string }>().id;
	const polygon = [
		[0.1, 0.1],
		[0.4, 0.1],
		[0.4, 0.4],
	];
	const zones = ["a", "b"].map((end) => ({ id: `${siteId}-${end}`, name: `lane ${end}`, kind: "fire_lane", polygon }));
	const saved = await boss("PUT", `/api/cameras/${camera}/zones`, { json: { zones } });
	if (saved.statusCode !== 200) throw new Error(saved.body);
}

describe("the tree", () => {
	it("is added to, renamed, moved, closed and opened again; nothing is deleted", async () => {
		const north = await add("districts", { name: "北区" });
		const south = await add("districts", { name: "南区" });
		const street = await add("streets", { name: "沿河街道", districtId: north });
		const site = await add("sites", { name: "阳光花园 🌞", address: "沿河路 8 号", streetId: street });
		const sector = await add("sectors", { name: "教育" });
		const change = (kind: string, id: string, json: object) =>
			boss("PATCH", `/api/organisation/${kind}/${id}`, { json });

		expect((await change("streets", street, { revision: 1, name: "滨河街道" })).statusCode).toBe(200);
		expect((await change("streets", street, { revision: 2, districtId: south })).statusCode).toBe(200);
		const moved = (await change("sites", site, { revision: 1, sectorIds: [sector] })).json<OrganisationAnswer>();
		expect(moved.streets.find(({ id }) => id === street)).toMatchObject({
			...{ name: "滨河街道", districtId: south, revision: 3, closedAt: null, mayChange: true },
		});
		expect(moved.sites).toMatchObject([{ id: site, name: "阳光花园 🌞", sectorIds: [sector], partyId: null }]);

		expect(moved.parties.map(({ name }) => name)).toContain("滨河街道"); // the street's own party goes with it

		const refused = await change("districts", south, { revision: 1, closed: true });
		expect(refused.statusCode).toBe(409);
		expect(refused.json()).toMatchObject({ error: "still_in_use", problems: [{ message: "滨河街道" }] });
		expect((await change("districts", north, { revision: 1, closed: true })).statusCode).toBe(200);
		const under = await change("streets", street, { revision: 3, districtId: north });
		expect(under.json()).toMatchObject({ problems: [{ path: "districtId", message: "北区 is closed" }] });
		expect((await change("districts", north, { revision: 2, closed: false })).statusCode).toBe(200);
		expect((await organisationOf(boss)).districts.every(({ closedAt }) => closedAt === null)).toBe(true);
	});

	it("keeps a site open while an edge or a lane is there, and opens it for a new edge", async () => {
		await putLanes("estate");
		const close = (revision: number) =>
			boss("PATCH", "/api/organisation/sites/estate", { json: { revision, closed: true } });
		expect((await close(1)).json()).toMatchObject({ error: "still_in_use" });
		const street = await add("streets", { name: "街", districtId: await add("districts", { name: "区" }) });
		const empty = await add("sites", { name: "空", streetId: street });
		await boss("PATCH", `/api/organisation/sites/${empty}`, { json: { revision: 1, closed: true } });
		server.edge("late", empty);
		expect((await organisationOf(boss)).sites.find(({ id }) => id === empty)?.closedAt).toBeNull();
	});

	it("refuses names that are taken or cannot be seen, at the field, and takes those of any script", async () => {
		const at = async (kind: string, json: object) => {
			const answer = await boss("POST", `/api/organisation/${kind}`, { json });
			return [answer.statusCode, answer.json<{ problems?: { path: string; message: string }[] }>().problems?.[0]];
		};
		await add("districts", { name: "North  End" });
		expect(await at("districts", { name: "ｎｏｒｔｈ end" })).toEqual([400, { path: "name", message: "name_taken" }]);
		for (const name of ["", "   ", "a\u0007b", "\u202egnp.exe", "x".repeat(81)]) {
			expect(await at("districts", { name }), JSON.stringify(name)).toMatchObject([400, { path: "name" }]);
		}
		for (const name of ["Ærø ñ", "ཁམས་ཁུལ", "مدينة", "👨‍👩‍👧‍👦 小区", "O'Neil & <b>Co</b>"]) {
			expect((await at("districts", { name }))[0], name).toBe(201);
		}
		const district = await add("districts", { name: "West" });
		const other = await add("districts", { name: "East" });
		await add("streets", { name: "Main", districtId: district });
		await add("streets", { name: "Main", districtId: other }); // elsewhere it is another street
		expect((await at("streets", { name: "MAIN", districtId: other }))[1]).toEqual({
			...{ path: "name", message: "name_taken" },
		});
		expect(await at("streets", { name: "x", districtId: "none-such" })).toMatchObject([400, { path: "districtId" }]);
		const phone = { name: "Li", phone: "call me" };
		expect(await at("parties", { kind: "unit", name: "Unit", contacts: [phone] })).toMatchObject([
			400,
			{ path: "contacts[0].phone" },
		]);
	});

	it("tells the second of two who change one thing by whom it was changed, and keeps what the first wrote", async () => {
		const lead = await server.person("lead", "admin");
		const id = await add("districts", { name: "old" });
		const change = (by: Inject, name: string) =>
			by("PATCH", `/api/organisation/districts/${id}`, { json: { revision: 1, name } });
		expect((await change(lead, "of the lead")).statusCode).toBe(200);
		const second = await change(boss, "of the boss");
		expect(second.statusCode).toBe(409);
		expect(second.json()).toMatchObject({
			...{ error: "changed_meanwhile", meanwhile: [{ by: "lead", at: server.clock.now }] },
		});
		expect((await organisationOf(boss)).districts.find((part) => part.id === id)?.name).toBe("of the lead");
	});

	it("leaves alone what stands for what nobody has said yet", async () => {
		const answer = await boss("PATCH", "/api/organisation/districts/unassigned", { json: { revision: 1, name: "x" } });
		expect(answer.statusCode).toBe(400);
	});

	it("is written down before it is done", async () => {
		const id = await add("districts", { name: "x" });
		await boss("PATCH", `/api/organisation/districts/${id}`, { json: { revision: 1, name: "y" } });
		const rows: LedgerRow[] = [...eachLedgerRow(server.parts.store)].filter(({ what }) => what === "change_asked");
		expect(rows.map(({ on, detail }) => [on, (detail as { method: string }).method])).toEqual([
			[{ kind: "system", id: "system" }, "POST"],
			[{ kind: "district", id }, "PATCH"],
		]);
	});
});

describe("what one may administer", () => {
	it("is what lies wholly within one's scopes", async () => {
		const district = await add("districts", { name: "区" });
		const street = await add("streets", { name: "街", districtId: district });
		const other = await add("streets", { name: "别的街", districtId: district });
		const own = await add("sites", { name: "本场所", streetId: street });
		await add("sites", { name: "foreign", streetId: other });
		const sector = await add("sectors", { name: "条线" });
		const admin = await server.person("street admin", "admin", { scopes: [{ kind: "street", id: street }] });
		const seen = await organisationOf(admin);
		expect(JSON.stringify(seen)).not.toContain("foreign");
		expect(seen.sites).toMatchObject([{ id: own, mayChange: true }]);
		expect(seen.districts).toMatchObject([{ id: district, mayChange: false }]);

		const at = (kind: string, id: string, json: object) =>
			admin("PATCH", `/api/organisation/${kind}/${id}`, { json: { revision: 1, ...json } });
		expect((await at("districts", district, { name: "x" })).statusCode).toBe(404);
		expect((await at("sites", own, { streetId: other })).statusCode).toBe(400);
		expect((await at("sites", own, { sectorIds: [sector] })).json()).toMatchObject({
			...{ problems: [{ path: "sectorIds" }] },
		});
		expect((await at("sites", own, { name: "新名" })).statusCode).toBe(200);
		const added = await admin("POST", "/api/organisation/sites", { json: { name: "又一处", streetId: street } });
		expect(added.json<{ organisation: OrganisationAnswer }>().organisation.sites).toHaveLength(2);
		expect((await admin("POST", "/api/organisation/districts", { json: { name: "x" } })).statusCode).toBe(403);
	});
});

describe("who is responsible", () => {
	it("is exactly one for each lane: its own, its site's, or its street's", async () => {
		await putLanes("estate");
		const street = await add("streets", { name: "街", districtId: await add("districts", { name: "区" }) });
		await boss("PATCH", "/api/organisation/sites/estate", { json: { revision: 1, streetId: street } });
		const responsible = async () => {
			const { lanes, parties } = await organisationOf(boss);
			return lanes.map(({ responsibleId }) => parties.find(({ id }) => id === responsibleId)?.name);
		};
		expect(await responsible()).toEqual(["街", "街"]);
		const company = {
			kind: "property_company",
			name: "物业",
			contacts: [{ name: "李", duty: "经理", phone: "139 0000 0000" }],
		};
		const put = (path: string, json: object, by = boss) => by("PUT", path, { json });
		expect((await put("/api/sites/estate/party", { partyId: null, newParty: company, before: null })).statusCode).toBe(
			200,
		);
		expect(await responsible()).toEqual(["物业", "物业"]);
		const unit = { kind: "unit", name: "学校" };
		expect((await put("/api/lanes/estate-b/party", { partyId: null, newParty: unit, before: null })).statusCode).toBe(
			200,
		);
		expect(await responsible()).toEqual(["物业", "学校"]);

		const { parties, lanes } = await organisationOf(boss);
		const school = lanes.find(({ id }) => id === "estate-b")?.partyId ?? "";
		const closing = await boss("PATCH", `/api/organisation/parties/${school}`, { json: { revision: 1, closed: true } });
		expect(closing.json()).toMatchObject({ error: "still_in_use", problems: [{ message: "lane b" }] });
		expect(parties.find(({ name }) => name === "物业")?.contacts).toEqual(company.contacts);

		// Who had seen nobody there is told, and nothing is overwritten.
		const late = await put("/api/lanes/estate-b/party", {
			partyId: null,
			newParty: { kind: "unit", name: "x" },
			before: null,
		});
		expect([late.statusCode, late.json<{ error: string }>().error]).toEqual([409, "changed_meanwhile"]);
		expect(await responsible()).toEqual(["物业", "学校"]);
		expect((await put("/api/lanes/estate-b/party", { partyId: null, before: school })).statusCode).toBe(200);
		expect(await responsible()).toEqual(["物业", "物业"]);
	});

	it("is said by the property manager of the site, who takes it back too; a party elsewhere is not there for him", async () => {
		await putLanes("estate");
		await putLanes("harbour");
		const scopes = [{ kind: "site" as const, id: "estate" }];
		const manager = await server.person("manager", "property_manager", { scopes });
		const put = (path: string, json: object, by = manager) => by("PUT", path, { json });
		const name = { partyId: null, newParty: { kind: "unit", name: "harbour master" }, before: null };
		await put("/api/sites/harbour/party", name, boss);
		const theirs = (await organisationOf(boss)).sites.find(({ id }) => id === "harbour")?.partyId;
		expect(JSON.stringify(await organisationOf(manager))).not.toContain("harbour");
		expect((await put("/api/sites/estate/party", { partyId: theirs, before: null })).statusCode).toBe(400);
		expect((await put("/api/sites/harbour/party", { partyId: null, before: theirs })).statusCode).toBe(404);

		const named = { partyId: null, newParty: { kind: "unit", name: "学校" }, before: null };
		const answer = (await put("/api/lanes/estate-a/party", named)).json<OrganisationAnswer>();
		const own = answer.lanes.find(({ id }) => id === "estate-a")?.partyId;
		await put("/api/lanes/estate-a/party", { partyId: null, before: own });
		expect((await put("/api/lanes/estate-a/party", { partyId: own, before: null })).statusCode).toBe(200);
		const contacts = [{ name: "王", duty: "", phone: "13900000000" }];
		const patched = await manager("PATCH", `/api/organisation/parties/${own}`, { json: { revision: 1, contacts } });
		expect(patched.statusCode).toBe(200);
	});
});
