import { describe, expect, test } from "vitest";
import { localTime, overlayWords, type PictureFacts, tamperCode } from "../../edge/evidence/overlay-words.ts";

const facts: PictureFacts = {
	kind: "panorama_confirmed",
	...{ alertId: "lane-1.abc", cameraId: "camera-1", zoneId: "lane-1", clearedAt: null },
	enteredAt: Date.UTC(2026, 10, 25, 14, 36, 58, 23),
	capturedAt: Date.UTC(2026, 10, 25, 14, 40, 1, 123),
	place: {
		...{
			siteId: "estate",
			siteName: "阳光花园",
			laneName: "3 号楼东侧",
			cameraName: "东门",
			gbId: "15020301011320000001",
		},
		...{ direction: "由东向西", roadClass: "closed_estate" as const, timeZone: "Asia/Shanghai" },
	},
	clock: { offsetMs: -12.34, source: "chrony", readAt: 1 },
	sha256: "0123456789abcdef".repeat(4),
};

describe("the words on a photo's copy", () => {
	test("say when to the millisecond by the site's clock, where, by which camera, for how long, by which law, how right", () => {
		const { lines, code } = overlayWords(facts);
		expect(lines).toEqual([
			"2026-11-25 22:40:01.123 UTC+08:00  全景图二（确认）",
			"地点 阳光花园 · 3 号楼东侧 · lane-1",
			"摄像机 东门 · 国标编码 15020301011320000001 · 方向 由东向西",
			"告警 lane-1.abc · 已停留 3分3秒",
			"依据 《消防法》第二十八条、第六十条 · 线索，待审核",
			`时钟偏差 -12.3 毫秒（chrony） · 防伪码 ${code}`,
		]);
		expect(code).toMatch(/^01234567-[0-9A-F]{8}$/);
	});

	test("name one law and never both", () => {
		const road = overlayWords({ ...facts, place: { ...facts.place!, roadClass: "public_road" } }).lines.join();
		expect(road).toContain("《道路交通安全法》第五十六条、第九十三条");
		expect(road).not.toContain("消防法");
		expect(overlayWords(facts).lines.join()).not.toContain("道路交通安全法");
	});

	test("say what is not known", () => {
		const unknown = { ...facts, place: null, clock: { offsetMs: null, source: null, readAt: null } };
		const text = overlayWords(unknown).lines.join("\n");
		for (const words of ["UTC+00:00", "国标编码 未登记", "方向 未登记", "时钟偏差 未知"]) expect(text).toContain(words);
	});

	test("have a code that changes with each word and with the picture", () => {
		const codes = [
			overlayWords(facts).code,
			overlayWords({ ...facts, capturedAt: facts.capturedAt + 1 }).code,
			overlayWords({ ...facts, sha256: "f".repeat(64) }).code,
			tamperCode([], facts.sha256),
		];
		expect(new Set(codes).size).toBe(codes.length);
	});
});

test.each([
	["Asia/Shanghai", "2026-11-25 22:40:01.123 UTC+08:00"],
	["America/St_Johns", "2026-11-25 11:10:01.123 UTC-03:30"],
	["UTC", "2026-11-25 14:40:01.123 UTC+00:00"],
])("local time in %s", (timeZone, words) => {
	expect(localTime(timeZone, facts.capturedAt)).toBe(words);
});
