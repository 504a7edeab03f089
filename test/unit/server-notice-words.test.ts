import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type NoticeFacts, plateForOthers, smsParts, smsText } from "../../src/server/notices/notice-words.ts";
import { isPublicAddress } from "../../src/server/notices/public-address.ts";
import { writeSlip } from "../../src/server/notices/write-slip.ts";
import { serverConfigSchema } from "../../src/server/config.ts";
import { textOfPdf } from "../support/pdf-text.ts";
import { enteredAt } from "../support/transfer-facts.ts";

const facts: NoticeFacts = {
	...{ site: "阳光花园", lane: "东门消防车通道", enteredAt, timeZone: "Asia/Shanghai", plate: "蒙B12345" },
	...{ phone: "0472-1234567", alertId: "lane-1.1795354680000" },
};

describe("a notice by SMS", () => {
	it("names place, time, plea and telephone in one message, and the plate in part", () => {
		expect(smsText(facts)).toBe(
			"您好：蒙B·12**5自11月22日21:38停在阳光花园东门消防车通道，影响消防车通行，请尽快挪车，谢谢。电话0472-1234567",
		);
		expect(smsParts(smsText(facts))).toHaveLength(1);
	});

	it("is one message whatever the names are, threatens with nothing, and never has the whole plate", () => {
		const name = fc.string({ unit: fc.constantFrom(..."东门消防车通道A1😀 "), maxLength: 200 });
		fc.assert(
			fc.property(name, name, fc.boolean(), fc.boolean(), (site, lane, hasPlate, hasPhone) => {
				const text = smsText({
					...{ ...facts, site, lane },
					...{ plate: hasPlate ? "蒙B12345" : null, phone: hasPhone ? "+86 472 123 45678" : null },
				});
				expect(text.length).toBeLessThanOrEqual(70);
				expect(text).toMatch(/请尽快挪车/);
				expect(text).not.toMatch(/罚|拖|扣|违法|12345自/);
				expect(text).not.toMatch(/\p{Surrogate}/u);
			}),
		);
	});

	it("that is longer than one message goes in parts of 67, no character cut in two", () => {
		fc.assert(
			fc.property(fc.string({ unit: "grapheme", minLength: 71, maxLength: 300 }), (text) => {
				const parts = smsParts(text);
				expect(parts.join("")).toBe(text);
				for (const part of parts) expect(part.length).toBeLessThanOrEqual(text.length > 70 ? 67 : 70);
			}),
		);
	});

	it.each([
		["蒙b·12345", "蒙B·12**5"],
		["粤AD12345", "粤A·D1***5"],
		["无车牌", null],
		["", null],
		[null, null],
		["ABC 1234", "AB****4"],
		["京", "京"],
	])("shows %j as %j", (plate, shown) => expect(plateForOthers(plate)).toBe(shown));
});

describe("the slip for the windscreen", () => {
	it("is one page in Chinese and English, with the plate in part, and calls itself no ticket", async () => {
		const pages = textOfPdf(await writeSlip(facts, enteredAt + 600_000));
		expect(pages).toHaveLength(1);
		const text = pages.join("").replaceAll("\n", "");
		for (const told of [
			...[
				"挪车告知单",
				"蒙B·12**5",
				"阳光花园 东门消防车通道",
				"自 2026-11-22 21:38 起停放，至 2026-11-22 21:48 已 10分0秒",
			],
			...["0472-1234567", "Your vehicle stands in a fire lane", "不是罚款单", facts.alertId],
		])
			expect(text, told).toContain(told);
		expect(text).not.toContain("12345 ");
		expect(text).not.toContain("B12345");
	});

	it("has its place for what is not known, and room for long names", async () => {
		const name = "很长的名字".repeat(40);
		const pages = textOfPdf(await writeSlip({ ...facts, site: name, lane: name, plate: null, phone: null }, enteredAt));
		expect(pages).toHaveLength(1);
		expect(pages.join("")).toContain("以实际车辆为准");
		expect(pages.join("")).toContain("请联系物业服务人员");
	});
});

describe("an address out on the internet", () => {
	it.each(["8.8.8.8", "223.5.5.5", "2400:3200::1", "[2400:3200::1]"])("is %s", (address) =>
		expect(isPublicAddress(address)).toBe(true),
	);
	it.each([
		...["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"],
		...[
			"::1",
			"::",
			"fe80::1%eth0",
			"fc00::1",
			"::ffff:10.0.0.1",
			"::ffff:8.8.8.8",
			"2001:db8::1",
			"2002:a00:1::",
			"64:ff9b::a00:1",
		],
		...["localhost", "", "1"],
	])("is not %j", (address) => expect(isPublicAddress(address)).toBe(false));
});

describe("the configuration of channels", () => {
	const problemOf = (channels: unknown) =>
		serverConfigSchema.safeParse({ notices: { channels } }).error?.issues.map(({ message }) => message) ?? [];
	const webhook = { name: "sms", kind: "webhook", url: "https://sms.example/x", secretFile: "s" };
	it("takes https, and http only where private addresses are allowed", () => {
		expect(problemOf([webhook])).toEqual([]);
		expect(problemOf([{ ...webhook, url: "http://10.0.0.5/x", allowPrivateAddress: true }])).toEqual([]);
		expect(problemOf([{ ...webhook, url: "http://sms.example/x" }])[0]).toMatch(/must begin with https/);
		expect(problemOf([{ ...webhook, url: "https://me:word@sms.example/x" }])[0]).toMatch(/no user or password/);
		expect(problemOf([{ ...webhook, url: "ftp://sms.example/x" }])[0]).toMatch(/must begin with/);
		expect(problemOf([webhook, webhook])[0]).toMatch(/names of their own/);
	});
});
