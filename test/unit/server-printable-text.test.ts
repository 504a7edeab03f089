import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printable } from "../../src/server/documents/printable-text.ts";
import { onPaper, paperFont } from "../../src/server/documents/paper-font.ts";

describe("a text on paper", () => {
	it.each([
		["李㛃䶮", "李㛃䶮"],
		["东门😀岗", "东门〔U+1F600〕岗"],
		["བོད ئۇ", "〔U+0F56 U+0F7C U+0F51〕 〔U+0626 U+06C7〕"],
		["两\r\n行\u0000尾", "两 行 尾"],
		["反\u202E转\u200D邊\uFE0F", "反转邊"],
		["半\uD800个", "半〔U+FFFD〕个"],
		["e\u0301", "é"],
		["", ""],
	])("%j is written as %j", (text, shown) => expect(onPaper(text)).toBe(shown));

	it("never has a character that the font lacks, whatever it was", () => {
		const font = paperFont();
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => {
				for (const char of onPaper(text)) expect(font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0)).toBe(true);
			}),
		);
	});

	it("tells each character that is unknown once, in its order", () => {
		expect(printable("abcab", (codePoint) => codePoint !== 0x61)).toBe("〔U+0061〕bc〔U+0061〕b");
	});
});
