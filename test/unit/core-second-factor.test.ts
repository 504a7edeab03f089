import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { factorModeOf, readSecondStep, recoveryCodes, writeRecoveryCode } from "#core/accounts/second-factor.ts";
import { inGroups } from "#core/in-groups.ts";
import { roles } from "#core/roles/role-words.ts";
import { factorUri, newFactorSecret, stepOfCode } from "../../src/server/accounts/totp.ts";
import { serverConfigSchema } from "../../src/server/config.ts";

describe("who is asked for a code", () => {
	it("is police, fire service and administrators by default; all others may", () => {
		const required = roles.filter((role) => factorModeOf({}, role) === "required");
		expect(required).toEqual(["traffic_police", "police_station", "fire_station", "fire_supervisor", "admin"]);
		expect(roles.filter((role) => factorModeOf({}, role) === "off")).toEqual([]);
	});

	it("is changed for everybody by one word, or by role alone", () => {
		for (const role of roles) expect(factorModeOf("off", role)).toBe("off");
		expect(factorModeOf({ guard: "required" }, "guard")).toBe("required");
		expect(factorModeOf({ guard: "required" }, "admin")).toBe("required");
		expect(factorModeOf({ admin: "offered" }, "admin")).toBe("offered");
	});

	it.each([[{ pilot: "off" }], [{ admin: "maybe" }], ["sometimes"]])(
		"is refused where it makes no sense: %j",
		(word) => {
			const parsed = serverConfigSchema.safeParse({ accounts: { secondFactor: word } });
			expect(parsed.success).toBe(false);
			expect(parsed.error?.issues[0]?.path).toEqual(["accounts", "secondFactor"]);
		},
	);
});

describe("what people type", () => {
	const apart = fc.constantFrom("", " ", "-", " - ", "\u3000", "–");
	const withBetween = (text: string) =>
		fc
			.array(apart, { minLength: text.length, maxLength: text.length })
			.map((between) => [...text].map((letter, at) => letter + between[at]).join(""));

	test("is a code, however it is grouped, also in full width", () => {
		const digits = fc.integer({ min: 0, max: 999_999 }).map((number) => String(number).padStart(6, "0"));
		fc.assert(
			fc.property(
				digits.chain((code) => fc.tuple(fc.constant(code), withBetween(code))),
				([code, typed]) => {
					expect(readSecondStep(typed)).toEqual({ kind: "code", digits: code });
					const wide = typed.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
					expect(readSecondStep(wide)).toEqual({ kind: "code", digits: code });
				},
			),
		);
	});

	test("is a recovery code, in small and capital letters, as it is written or not", () => {
		const { alphabet, length } = recoveryCodes;
		const letters = fc
			.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length })
			.map((each) => each.join(""));
		fc.assert(
			fc.property(letters, (code) => {
				const read = { kind: "recovery_code", letters: code };
				for (const typed of [code, writeRecoveryCode(code), ` ${writeRecoveryCode(code).toUpperCase()} `])
					expect(readSecondStep(typed)).toEqual(read);
			}),
		);
	});

	it.each(["", "12345", "1234567", "12345a", "１２３", "٠١٢٣٤٥", "abcde-fghjk-mnpq", "abcde-fghjk-mnpq0"])(
		"is nothing: %j",
		(text) => expect(readSecondStep(text)).toBeNull(),
	);
});

describe("codes of the app", () => {
	/** RFC 6238, appendix B, SHA-1: the last six of eight digits. */
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
	it.each([
		[59, "287082"],
		[1_111_111_109, "081804"],
		[1_111_111_111, "050471"],
		[1_234_567_890, "005924"],
		[2_000_000_000, "279037"],
		[20_000_000_000, "353130"],
	])("are those of the standard at %i s", (atS, code) => {
		expect(stepOfCode(secret, code, atS * 1000)).toBe(Math.floor(atS / 30));
	});

	it("are taken one step early and one step late, and told by their own step", () => {
		const at = 1_111_111_109_000;
		const step = Math.floor(at / 30_000);
		expect([-2, -1, 0, 1, 2].map((late) => stepOfCode(secret, "081804", at + late * 30_000))).toEqual([
			...[null, step, step, step, null],
		]);
	});

	it("come of 160 random bits, which an app reads with the names beside them", () => {
		const made = newFactorSecret();
		expect(made).toMatch(/^[A-Z2-7]{32}$/);
		expect(newFactorSecret()).not.toBe(made);
		const uri = new URL(factorUri(made, "王警官", "阳光:花园"));
		expect(decodeURIComponent(uri.pathname)).toContain("阳光 花园:王警官");
		expect(Object.fromEntries(uri.searchParams)).toEqual({
			...{ issuer: "阳光 花园", secret: made, algorithm: "SHA1", digits: "6", period: "30" },
		});
		expect(factorUri(made, "王".repeat(80), "园".repeat(80)).length).toBeLessThan(1_400); // a QR code holds it
	});
});

test("letters stand in groups, the last may be shorter, and none is lost", () => {
	expect([inGroups("abcdefghij", 5), inGroups("abcdef", 4, " "), inGroups("abc", 5), inGroups("", 5)]).toEqual([
		...["abcde-fghij", "abcd ef", "abc", ""],
	]);
});
