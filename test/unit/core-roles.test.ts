import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemOfGrant } from "#core/roles/grant.ts";
import { may, rightsAmong, rightsOf, seesTransfersAlone } from "#core/roles/role-table.ts";
import { rights, roles } from "#core/roles/role-words.ts";
import { covers, type Scope, scopeKinds } from "#core/roles/scope.ts";

describe("the table of rights", () => {
	it("gives every right to somebody, and to every role one at least, each once", () => {
		for (const right of rights) expect(roles.filter((role) => may(role, right))).not.toEqual([]);
		for (const role of roles) {
			expect(rightsOf[role].length).toBeGreaterThan(0);
			expect(new Set(rightsOf[role]).size).toBe(rightsOf[role].length);
		}
	});

	it("keeps running the system and auditing it apart", () => {
		for (const role of roles) expect(may(role, "audit") && rightsOf[role].length > 1, role).toBe(false);
		expect(may("admin", "audit")).toBe(false);
	});

	it("lets the police see what was handed to them, and nothing else", () => {
		expect(roles.filter(seesTransfersAlone)).toEqual(["traffic_police", "police_station"]);
		expect(rightsAmong("traffic_police", rights)).toEqual(["receive"]);
	});

	it("lets nobody approve who cannot transfer: who answers for a clue sends it", () => {
		for (const role of roles) expect(may(role, "approve"), role).toBe(may(role, "transfer"));
	});
});

const id = fc.constantFrom("a", "b", "c");
const place = fc.record({ siteId: id, streetId: id, districtId: id, sectorIds: fc.array(id) });
const scope: fc.Arbitrary<Scope> = fc.oneof(
	fc.constant({ kind: "all" as const }),
	fc.record({ kind: fc.constantFrom(...scopeKinds), id }),
);

describe("where rights hold", () => {
	const at = { siteId: "s1", streetId: "st1", districtId: "d1", sectorIds: ["hospitals", "old"] };

	it.each<[Scope, boolean]>([
		[{ kind: "all" }, true],
		[{ kind: "site", id: "s1" }, true],
		[{ kind: "site", id: "s2" }, false],
		[{ kind: "street", id: "st1" }, true],
		[{ kind: "street", id: "s1" }, false],
		[{ kind: "district", id: "d1" }, true],
		[{ kind: "sector", id: "old" }, true],
		[{ kind: "sector", id: "schools" }, false],
	])("%j: %s", (one, expected) => expect(covers([one], at)).toBe(expected));

	it("is nowhere without a scope, and grows with every one that is added", () => {
		fc.assert(fc.property(place, (where) => !covers([], where)));
		fc.assert(
			fc.property(fc.array(scope), scope, place, (some, more, where) => {
				expect(covers([...some, more], where)).toBe(covers(some, where) || covers([more], where));
			}),
		);
	});
});

describe("what a person is given", () => {
	const everywhere: Scope[] = [{ kind: "all" }];
	it.each([
		["duty_officer", everywhere, null, null],
		["duty_officer", [], null, "scope_missing"],
		["duty_officer", everywhere, "traffic_police", "receiver_without_use"],
		["traffic_police", [], "traffic_police", null],
		["traffic_police", [], "fire_rescue", "receiver_of_other_law"],
		["police_station", [], null, "receiver_missing"],
		["police_station", everywhere, "traffic_police", "scope_without_use"],
		["fire_supervisor", everywhere, null, null],
		["fire_supervisor", everywhere, "fire_rescue", null],
		["fire_supervisor", everywhere, "traffic_police", "receiver_of_other_law"],
		["auditor", [], null, "scope_missing"],
	] as const)("%s with %j for %s: %s", (role, scopes, authority, problem) => {
		expect(problemOfGrant({ role, scopes, authority })).toBe(problem);
	});
});
