import { describe, expect, it } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { OrganisationAnswer } from "#contract/organisation-api.ts";
import {
	anywhere,
	choicesIn,
	countChosen,
	heldFilter,
	isAlertIn,
	isLaneIn,
	placesOf,
	withChoice,
} from "../../src/web/filter/lane-filter.ts";
import { placeFilterOf, placeWords, wordsIn, wordsOfPlace } from "../../src/web/filter/use-filter-address.ts";

const part = (id: string) => ({ id, name: id, revision: 1, closedAt: null, mayChange: false });
const site = (id: string, streetId: string) => ({ ...part(id), address: "", streetId, sectorIds: [], partyId: null });
const lane = (id: string, siteId: string, responsibleId: string) => ({
	...{ id, name: id, siteId, responsibleId },
	partyId: null,
});
const organisation: OrganisationAnswer = {
	districts: [part("east"), part("west"), part("empty")],
	streets: [
		{ ...part("elm"), districtId: "east", partyId: "office" },
		{ ...part("oak"), districtId: "west", partyId: "office" },
	],
	sectors: [],
	sites: [site("estate", "elm"), site("mall", "oak"), site("bare", "oak")],
	parties: ["office", "keepers", "idle"].map((id) => ({ ...part(id), kind: "unit" as const, contacts: [] })),
	lanes: [lane("gate", "estate", "office"), lane("gate-2", "estate", "keepers"), lane("ramp", "mall", "office")],
};
const places = placesOf(organisation);
const gate = { id: "gate", placeId: "gate", siteId: "estate" };
const ramp = { id: "ramp", placeId: "ramp", siteId: "mall" };

describe("the filter by place, responsibility and class", () => {
	it("offers what lanes lie under, and below a choice what lies in it", () => {
		expect(places.districts.map(({ id }) => id)).toEqual(["east", "west"]);
		expect(places.parties.map(({ id }) => id)).toEqual(["office", "keepers"]);
		const { streets, sites } = choicesIn({ ...anywhere, district: "west" }, places);
		expect([streets, sites].map((all) => all.map(({ id }) => id))).toEqual([["oak"], ["mall"]]);
	});

	it.each([
		[{ district: "east" }, true, false],
		[{ street: "oak" }, false, true],
		[{ site: "estate" }, true, false],
		[{ party: "office" }, true, true],
		[{ party: "keepers" }, false, false],
		[{ district: "east", party: "keepers" }, false, false],
	])("%o shows the gate: %s, the ramp: %s", (choice, ofGate, ofRamp) => {
		const filter = { ...anywhere, ...choice };
		expect([gate, ramp].map((each) => isLaneIn(each, null, filter, places))).toEqual([ofGate, ofRamp]);
	});

	it("shows a place of several cameras under whoever answers for one of its lanes", () => {
		const view = { id: "gate-2", placeId: "gate", siteId: "estate" };
		for (const party of ["office", "keepers"]) expect(isLaneIn(view, null, { ...anywhere, party }, places)).toBe(true);
	});

	it("shows by class only where such a thing stands", () => {
		const filter = { ...anywhere, cause: "object" as const };
		expect([null, "vehicle" as const, "object" as const].map((cause) => isLaneIn(gate, cause, filter, places))).toEqual(
			[false, false, true],
		);
	});

	it("never hides what it cannot place: a new lane, a new site, places that did not come", () => {
		const filter = { ...anywhere, site: "mall", party: "office" };
		expect(isLaneIn({ id: "new", placeId: "new", siteId: "mall" }, null, filter, places)).toBe(true);
		expect(isLaneIn({ ...gate, siteId: "new" }, null, filter, places)).toBe(true);
		expect(isLaneIn(gate, null, filter, null)).toBe(true);
		expect(heldFilter(filter, null)).toEqual(anywhere);
	});

	it("lets go of what is not there: a filter remembered from another person's sites", () => {
		expect(heldFilter({ ...anywhere, district: "foreign", site: "mall", cause: "vehicle" }, places)).toEqual({
			...anywhere,
			site: "mall",
			cause: "vehicle",
		});
	});

	it("lets go of a street and a site that do not lie in the newly chosen district", () => {
		const before = { ...anywhere, street: "oak", site: "mall", party: "office" };
		expect(withChoice(before, { district: "east" }, places)).toEqual({
			...anywhere,
			district: "east",
			party: "office",
		});
		expect(withChoice(before, { district: "west" }, places)).toEqual({ ...before, district: "west" });
		expect(countChosen(before)).toBe(3);
	});

	it("knows an alert whose lane is gone by its site", () => {
		const alert = { laneId: "gone", siteId: "mall", cause: "vehicle" } as AlertAnswer;
		const isIn = (of: string) => isAlertIn(alert, new Map(), { ...anywhere, site: of }, places);
		expect([isIn("mall"), isIn("estate")]).toEqual([true, false]);
	});

	it("stands in the address and is read from it, and takes no class that there is not", () => {
		const filter = { ...anywhere, site: "mall", cause: "object" as const };
		const query = new URLSearchParams({ ...wordsOfPlace(filter), alert: "occ-1" });
		expect(wordsIn(query, placeWords)).toEqual({ site: "mall", class: "object" });
		expect(placeFilterOf(wordsIn(query, placeWords))).toEqual(filter);
		expect(placeFilterOf({ class: "tree" })).toEqual(anywhere);
	});

	it("works out 500 lanes in less than a frame", () => {
		const lanes = Array.from({ length: 500 }, (_, n) => lane(`l${n}`, n % 2 ? "estate" : "mall", "office"));
		const many = placesOf({ ...organisation, lanes });
		const from = performance.now();
		const shown = lanes.filter((each) =>
			isLaneIn({ ...each, placeId: each.id }, null, { ...anywhere, district: "east", party: "office" }, many),
		);
		expect(shown).toHaveLength(250);
		expect(performance.now() - from).toBeLessThan(16);
	});
});
