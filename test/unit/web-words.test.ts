import { expect, test } from "vitest";
import { enFirst } from "../../src/web/i18n/first-words.en.ts";
import { zhFirst } from "../../src/web/i18n/first-words.zh-CN.ts";
import { enMore } from "../../src/web/i18n/more-words.en.ts";
import { zhMore } from "../../src/web/i18n/more-words.zh-CN.ts";
import { formatDuration, formatDwell, formatRoughly } from "../../src/web/time/format-duration.ts";
import { formatClock, formatInstant, formatShort } from "../../src/web/time/format-time.ts";

const second = 1_000;
const hour = 3_600 * second;

const en = { ...enFirst, ...enMore };
const zhCN = { ...zhFirst, ...zhMore };

type Texts = { readonly [key: string]: string | Texts };
const flat = (texts: Texts, path = ""): [string, string][] =>
	Object.entries(texts).flatMap(([key, value]) =>
		typeof value === "string" ? [[`${path}${key}`, value] as [string, string]] : flat(value, `${path}${key}.`),
	);
const slots = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test("both languages fill in the same values", () => {
	const english = new Map(flat(en));
	for (const [key, text] of flat(zhCN)) expect([key, slots(english.get(key) ?? "")]).toEqual([key, slots(text)]);
});

test("no English text was left in Chinese, save the switch to it", () => {
	const chinese = flat(en).filter(([key, text]) => /\p{Script=Han}/u.test(text) && !key.startsWith("app.language"));
	expect(chinese).toEqual([]);
});

test.each([
	[-5 * second, "0:00"],
	[7 * second, "0:07"],
	[67 * second, "1:07"],
	[hour + 67 * second, "1:01:07"],
	[25 * hour, "1 天 01:00:00"],
])("a dwell of %i ms counts as %s", (ms, words) => {
	expect(formatDwell(ms, "zh-CN")).toBe(words);
});

test("durations in words", () => {
	expect(formatDuration(247 * second, "zh-CN")).toBe("4 分 7 秒");
	expect(formatDuration(26 * hour, "en")).toBe("1 d 2 h");
	expect(formatRoughly(59 * second, "zh-CN")).toBe("不到 1 分钟");
	expect(formatRoughly(3 * hour + 5 * 60 * second, "en")).toBe("3 h 5 min");
});

test("times are those of the site, with 24 hours, wherever the page is opened", () => {
	const at = Date.UTC(2026, 10, 22, 16, 3, 22); // past midnight in Shanghai
	expect(formatClock(at, "zh-CN")).toBe("00:03:22");
	expect(formatInstant(at, "zh-CN", at)).toBe("11月23日 00:03:22");
	expect(formatInstant(at, "en", at)).toBe("23 Nov 00:03:22");
	expect(formatInstant(at, "zh-CN", Date.UTC(2027, 5, 1))).toBe("2026年11月23日 00:03:22");
	expect(formatShort(at, "zh-CN", at + hour)).toBe("00:03:22");
	expect(formatShort(at, "zh-CN", at + 24 * hour)).toBe("11月23日 00:03:22");
});
