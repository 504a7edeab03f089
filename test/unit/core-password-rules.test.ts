import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passwordLength, problemOfPassword } from "#core/accounts/password-rules.ts";

const of = (password: string, name = "anna") => problemOfPassword(password, name);

describe("what a password must be", () => {
	it("is ten characters, counted as people count them, and no more than 200", () => {
		expect(of("kp4-9tz-w")).toBe("too_short");
		expect(of("kp4-9tz-wx")).toBeNull();
		expect(of("😀🚒🌳🏠🚗🌙")).toBe("too_short"); // six, though twelve of UTF-16
		expect(of("今天东门的槐树开花了")).toBeNull();
		expect(of("kp4-9tz-wx".repeat(21))).toBe("too_long");
	});

	it("may be of any characters: no kind of them is asked for", () => {
		for (const fine of [
			"correct horse battery",
			"槐树开花的时候我们去东门",
			"зелёная трава у дома",
			"7259-1846-0392",
			"___ ... ^^^ /",
		]) {
			expect(of(fine), fine).toBeNull();
		}
	});

	it.each([
		...[
			"Password123!",
			"p@ssw0rd2026",
			"admin123456",
			"Admin@123456",
			"qwertyuiop",
			"1q2w3e4r5t",
			"1qaz2wsx3edc",
			"QQ123456789",
		],
		...["woaini1314520", "1234567890", "0987654321", "abcdefghijkl", "aaaaaaaaaaaa", "abababababab", "12341234123412"],
		...["keepclear2026", "xiaofang119119", "消防消防2026!!", "我爱你5201314", "1212121212"],
	])("is not %s", (common) => expect(of(common)).toBe("common"));

	it("is not one's own name with little beside it, forwards or backwards, in any script", () => {
		expect(of("anna123456")).toBe("own_name");
		expect(of("2026annaANNA!")).toBe("own_name");
		expect(of("wangshifu-1", "Wang Shifu")).toBeNull(); // the name is with a blank
		expect(of("Wang Shifu-1", "Wang Shifu")).toBe("own_name");
		expect(of("王师傅1234567", "王师傅")).toBe("own_name");
		expect(of("傅师王1234567", "王师傅")).toBe("own_name");
		expect(of("anna-kp49tzwx-elm")).toBeNull();
	});

	it("is the same however it is typed: full width or not", () => {
		expect(of("Ｐａｓｓｗｏｒｄ１２３")).toBe("common");
	});

	it("never refuses what a generator makes of 14 letters and digits, and never takes what is too short", () => {
		const letters = fc.string({
			unit: fc.constantFrom(..."bcdfghjklmnpqrstvwxz2456789"),
			minLength: 14,
			maxLength: 30,
		});
		fc.assert(
			fc.property(letters, (password) => {
				fc.pre(new Set(password).size > 6);
				expect(of(password)).toBeNull();
			}),
		);
		fc.assert(
			fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (password) => {
				if ([...password.normalize("NFKC")].length < passwordLength.least) expect(of(password)).toBe("too_short");
			}),
		);
	});
});
