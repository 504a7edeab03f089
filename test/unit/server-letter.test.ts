import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { lawBasisOf } from "#core/evidence/law-basis.ts";
import { sha256Of } from "#platform/digest.ts";
import type { LetterPhoto } from "../../src/server/documents/letter-photos.ts";
import { writeLetter } from "../../src/server/documents/write-letter.ts";
import type { TransferFacts } from "../../src/server/transfers/transfer-facts.ts";
import { textOfPdf } from "../support/pdf-text.ts";
import { enteredAt, evidenceSet, facts, itemOf } from "../support/transfer-facts.ts";

const listOfOriginals = { name: "ORIGINALS.sha256", sha256: sha256Of("all") };
const originalsOf = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ name: `file-${i}.jpg`, sha256: sha256Of(String(i)) }));
const markings: TransferFacts["markings"] = (["marking", "sign"] as const).map((kind) => ({
	...{ id: `m-${kind}`, kind, file: "none", bytes: 1, sha256: "0".repeat(64), takenAt: null, storedAt: enteredAt },
}));

let jpeg: Buffer;
beforeAll(async () => {
	jpeg = await sharp({ create: { width: 1920, height: 1080, channels: 3, background: "#456" } })
		.jpeg()
		.toBuffer();
});

const write = (changed: Partial<TransferFacts> = {}, photos: readonly LetterPhoto[] = [], originals = originalsOf(3)) =>
	writeLetter({ facts: { ...facts, ...changed }, photos, originals, listOfOriginals });
/** Lines may break anywhere. */
const read = async (pdf: Promise<Buffer>) => textOfPdf(await pdf).map((page) => page.replaceAll("\n", ""));
const allPhotos = () => [...facts.alert.evidence, ...markings].map(({ id }) => ({ id, bytes: jpeg }));

describe("the letter of a transfer", () => {
	it("tells every fact, on two pages, each of which says that it is a clue", async () => {
		const [first = "", second = "", ...more] = await read(write({ markings }, allPhotos()));
		expect(more).toEqual([]);
		for (const told of [
			...["XS-2026-000017", "致：包头市公安局昆都仑区分局交通管理大队", "阳光花园 · 东门消防车通道", "lane-1"],
			...["15020301011320000001", "由南向北", "小汽车", "蒙B12345 · 小型汽车 · 蓝色", "15分3秒"],
			...["驶入 2026-11-22 21:38:00 UTC+08:00", "告警 2026-11-22 21:40:00", "清除 2026-11-22 21:53:03"],
			...["间隔 3分0秒，未移动", "偏差 +3.2 毫秒，在 1 秒以内 · 来源 chrony", "张三", "李四", "照片清楚"],
			...["全景图一", "全景图二", "号牌特写", "清除后全景图", "不是行政处罚决定", "第 1 页，共 2 页"],
		]) {
			expect(first, told).toContain(told);
		}
		const hashes = [...originalsOf(3), listOfOriginals].flatMap(({ name, sha256 }) => [name, sha256]);
		const below = [
			"标线（公示）",
			"标牌（公示）",
			"2026-11-23 21:38:00 UTC+08:00（Asia/Shanghai）",
			"第 2 页，共 2 页",
		];
		for (const told of [...hashes, ...below]) expect(second, told).toContain(told);
		for (const page of [first, second]) expect(page).toContain("线索，待审核");
		expect(first + second).not.toContain("罚单");
	});

	it.each([
		["lost_track", "何时离开不明，2026-11-22 21:53:03 UTC+08:00 再次看到该处", "不超过 15分3秒"],
		["zone_removed", "2026-11-22 21:53:03 UTC+08:00 起该处不再监测，何时离开不明", "至少 15分3秒"],
	] as const)("tells no departure that no camera saw: %s", async (clearedBy, ended, dwell) => {
		const text = (await read(write({ alert: { ...facts.alert, clearedBy } }))).join("");
		expect(text).toContain(ended);
		expect(text).toContain(dwell);
		expect(text).not.toContain("清除 2026");
	});

	it("names the law of the lane's own road class, and never the other one", async () => {
		for (const roadClass of ["closed_estate", "public_road"] as const) {
			const text = (await read(write({ roadClass, lawBasis: lawBasisOf(roadClass) }))).join("");
			expect(text.includes("《消防法》")).toBe(roadClass === "closed_estate");
			expect(text.includes("《道路交通安全法》")).toBe(roadClass === "public_road");
		}
	});

	it("is the same to the byte for the same facts, and another for others", async () => {
		const one = await write({ markings }, allPhotos());
		expect((await write({ markings }, allPhotos())).equals(one)).toBe(true);
		expect((await write({ markings, number: "XS-2026-000018" }, allPhotos())).equals(one)).toBe(false);
		expect(one.toString("latin1")).toContain("D:20261123133800Z");
	});

	it("has its photos sharp enough for paper, and small enough to be sent", async () => {
		const pdf = await write({}, allPhotos());
		const widths = [...pdf.toString("latin1").matchAll(/\/Subtype \/Image[\s\S]*?\/Width (\d+)/g)].map(([, w]) =>
			Number(w),
		);
		expect(widths).toHaveLength(4);
		for (const width of widths) expect(width / (253 / 72)).toBeGreaterThanOrEqual(150); // dots an inch
		expect(pdf.length).toBeLessThan(3_000_000);
	});

	it("stays on two pages whatever the names are, and shortens the list of hashes, not the list's own hash", async () => {
		const name = "很长的名字㛃䶮😀".repeat(30);
		const reviews = facts.reviews.map((review) => ({ ...review, by: name, note: name }));
		const missing = (["plate", "reference", "outline", "panorama_cleared"] as const).map((kind) =>
			itemOf(kind, { state: "missing", reason: "no_video" }),
		);
		const alert = {
			...{ ...facts.alert, laneName: "x".repeat(300), cameraName: name, clearedAt: null, state: "open" as const },
			evidenceSet: { ...evidenceSet, items: missing },
		};
		const receiver = { ...facts.receiver, name };
		const worst = { site: { id: "estate", name }, reviews, alert, receiver, markings };
		const pages = await read(write(worst, allPhotos(), originalsOf(90)));
		expect(pages).toHaveLength(2);
		expect(pages.join("")).toContain("很长的名字㛃䶮〔U+1F600〕");
		expect(pages[0]).toContain("已 24小时0分0秒，制作本函时仍在原处");
		expect(pages[1]).toMatch(/以上 \d+ 个、共 90 个文件。另有 \d+ 个文件仅列于清单。/);
		expect(pages[1]).toContain(listOfOriginals.sha256);
	});

	it("says what is not there: no names, no photo, a broken photo, no plate, no clock, no evidence set", async () => {
		const alert = { ...facts.alert, laneName: "", cameraName: "", clearance: null, evidenceSet: null };
		const broken = [{ id: facts.alert.evidence[0]?.id ?? "", bytes: Buffer.from("no picture") }];
		const [first = ""] = await read(write({ alert, plate: null, site: { id: "estate", name: "" } }, broken));
		for (const told of [
			...[
				"estate · lane-1",
				"cam-1 · 国标编码 未登记 · 方向 未登记",
				"号牌未能辨认",
				"位置未变未能测量",
				"时钟偏差未知",
			],
			...["边缘节点未报告取证清单", "照片无法读取（lane-1.", "原文件在附件中", "无此照片"],
		]) {
			expect(first, told).toContain(told);
		}
	});

	it("of goods shows the lane before and after them and their outline, and has no plate", async () => {
		const items = [itemOf("reference"), itemOf("outline", { state: "missing", reason: "no_room" })];
		const set = { ...evidenceSet, items };
		const alert = { ...facts.alert, cause: "object" as const, label: "object", evidence: [], evidenceSet: set };
		const [first = ""] = await read(write({ alert, plate: null }));
		for (const told of ["开始堆放", "堆放前空通道", "堆放后全景图", "堆物轮廓图", "无此照片：边缘节点磁盘空间不足"])
			expect(first, told).toContain(told);
		expect(first).not.toContain("号牌");
	});

	it("shows what nobody could read of a plate", async () => {
		const text = async (plate: TransferFacts["plate"]) => (await read(write({ plate })))[0];
		expect(await text({ text: "蒙B1-345", plateClass: null, colour: null })).toContain(
			"蒙B1-345 · 经人工确认 · “-”为未能辨认的字符",
		);
		expect(await text({ text: "无车牌", plateClass: null, colour: "unknown" })).toContain("无车牌 · 颜色未辨");
	});
});
