import { describe, expect, it } from "vitest";
import { type AdministratorFacts, isLastAdministrator } from "#core/accounts/administrators.ts";

const somebody = (id: string, more: Partial<AdministratorFacts> = {}): AdministratorFacts => ({
	...{ id, role: "admin", scopes: [{ kind: "all" }], disabledAt: null },
	...more,
});

describe("the last administrator", () => {
	it("is who alone administers everything and may sign in", () => {
		expect(isLastAdministrator([somebody("anna")], "anna")).toBe(true);
		expect(isLastAdministrator([somebody("anna"), somebody("berta")], "anna")).toBe(false);
	});

	it.each([
		["another role", { role: "auditor" }],
		["a part of it alone", { scopes: [{ kind: "street", id: "east" }] }],
		["no sign-in", { disabledAt: 5 }],
	] as const)("is not replaced by somebody with %s", (_what, more) => {
		const people = [somebody("anna"), somebody("berta", more)];
		expect(isLastAdministrator(people, "anna")).toBe(true);
		expect(isLastAdministrator(people, "berta")).toBe(false);
	});
});
