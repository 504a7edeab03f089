import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isAllowed, licenceProblems } from "../../scripts/check-licences.mjs";

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), "utf8")) as object;
const allowed = { licences: ["MIT", "ISC"], packages: { quiet: "MIT" } };
const lock = (more: object) => ({
	packages: {
		"": {},
		"node_modules/quiet": { version: "1.0.0" },
		"node_modules/@a/b": { version: "2.0.0", license: "MIT", ...more },
	},
});
const problems = (more: object, manifest: object = {}) => licenceProblems(lock(more), manifest, allowed);

describe("the check of licences", () => {
	it("has nothing against what is installed", () => {
		expect(
			licenceProblems(read("package-lock.json"), read("package.json"), read("scripts/allowed-licences.json")),
		).toEqual([]);
	});

	it("takes what is allowed, and one of several that may be chosen", () => {
		for (const each of ["MIT", "(MIT OR GPL-3.0)", "GPL-3.0 OR ISC", "MIT AND ISC"])
			expect(problems({ license: each }), each).toEqual([]);
	});

	it.each(["GPL-3.0", "AGPL-3.0-only", "MIT AND GPL-3.0", "SEE LICENSE IN x", "UNLICENSED", ""])(
		"refuses %j",
		(license) => {
			expect(problems({ license })).toEqual([expect.stringContaining("node_modules/@a/b 2.0.0: its licence is")]);
		},
	);

	it("refuses a package whose licence was not told and now is another, and names that nobody needs", () => {
		const other = { packages: { "node_modules/quiet": { version: "2.0.0", license: "GPL-3.0" } } };
		expect(licenceProblems(other, {}, allowed)).toHaveLength(1);
		expect(licenceProblems({ packages: {} }, {}, allowed)).toEqual([expect.stringContaining("quiet is no package")]);
	});

	it("refuses a script that nobody named, of a package within another too", () => {
		expect(problems({ hasInstallScript: true })).toEqual([expect.stringContaining("say in allowScripts")]);
		expect(problems({ hasInstallScript: true }, { allowScripts: { "@a/b": false } })).toEqual([]);
		const nested = {
			packages: {
				"node_modules/quiet": {},
				"node_modules/x/node_modules/evil": { version: "1", license: "MIT", hasInstallScript: true },
			},
		};
		expect(licenceProblems(nested, { allowScripts: { x: true } }, allowed)).toHaveLength(1);
	});

	it("does not guess at what is nested", () => {
		expect(isAllowed("(MIT OR (GPL-3.0 AND ISC))", ["MIT"])).toBe(false);
	});
});
