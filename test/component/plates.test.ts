import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { vote } from "#core/plates/vote.ts";
import { createLog } from "#platform/log.ts";
import { loadPlateModels, type PlateModelFiles } from "../../edge/plates/plate-models.ts";
import { createPlateReader, type PlateReader } from "../../edge/plates/plate-reader.ts";
import { drawPlates, type DrawnPlate } from "../support/drawn-plates.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const blue = { ground: "#1d4fb4", ink: "#f2f2f2", x: 380, y: 400, width: 190 } as const;
const green = { ...blue, ground: "#7fcf9b", ink: "#101810" } as const;
const yellow = { ...blue, ground: "#e8b01c", ink: "#141414" } as const;

// Where the models were not fetched, these tests cannot be run: they show as skipped.
const models = await loadPlateModels({ finder: "ppocr-text" }).catch((): PlateModelFiles | null => null);

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "keepclear-plates-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(models === null)("drawn plates through the real models", () => {
	let reader: PlateReader;
	beforeAll(async () => {
		if (models) reader = await createPlateReader({ models, log: createLog("test", "silent") });
	});
	afterAll(() => reader.close());

	test.each([
		["a blue one", { ...blue, text: "京A88731" }, { colour: "blue", plateClass: "small", rows: 1 }],
		["one with doubled digits", { ...blue, text: "苏E99900" }, { plateClass: "small" }],
		["a green one", { ...green, text: "皖AD22939" }, { colour: "green", plateClass: "new-energy-small" }],
		["a yellow one", { ...yellow, text: "沪B12345" }, { colour: "yellow", plateClass: "large" }],
		["one seen from the side", { ...blue, text: "浙A82M83", slope: -20 }, { colour: "blue" }],
	] satisfies [string, DrawnPlate, object][])("%s", async (_, plate, expected) => {
		const [first, ...others] = await reader.read(await drawPlates([plate]));
		expect(first).toMatchObject({ text: plate.text, ...expected });
		expect(first?.confidence).toBeGreaterThan(0.5);
		expect(Math.abs((first?.widthPx ?? 0) - plate.width)).toBeLessThan(50);
		expect(first && first.box.x1 * 960 < plate.x + 20 && first.box.x2 * 960 > plate.x + plate.width - 20).toBe(true);
		expect(others).toEqual([]);
	});

	test("lettering on a bus, a telephone number and a date are none", async () => {
		const lettering = ["旅游热线 13812345678", "2015/05/18 12:30:47", "KEEP CLEAR 京东快递", "川菜馆 A座 88号"];
		expect(await reader.read(await drawPlates([], { lettering }))).toEqual([]);
	});

	test("the larger of two comes first; widths are told in the camera's own pixels; a vote makes them sure", async () => {
		const far = { ...blue, text: "湘A31Y83", x: 90, y: 300, width: 110 };
		const picture = await drawPlates([{ ...blue, text: "粤B972HL" }, far]);
		const reads = await reader.read(picture, { scale: 2 });
		expect(reads.map(({ text }) => text)).toEqual(["粤B972HL", "湘A31Y83"]);
		expect(reads[0]?.widthPx).toBeGreaterThan(340);
		expect(vote(reads.slice(0, 1).flatMap((read) => [read, read]))).toMatchObject({ text: "粤B972HL" });
	});

	test("a picture of another size than it says is refused", async () => {
		await expect(reader.read({ width: 10, height: 10, rgb: new Uint8Array(12) })).rejects.toThrow(
			/no picture of 10 x 10/,
		);
	});

	test("the command goes on after files that it cannot take, tells each, and ends with 2", async () => {
		const { width, height, rgb } = await drawPlates([{ ...blue, text: "京A88731" }]);
		const photo = join(folder, "photo.jpg");
		await sharp(rgb, { raw: { width, height, channels: 3 } })
			.jpeg({ quality: 92 })
			.toFile(photo);
		const given = {
			text: await file("text.jpg", "no picture"),
			drawing: await file("drawing.png", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
			huge: await file("huge.png", pngOf(40_000, 40_000)),
			missing: join(folder, "missing.jpg"),
		};
		const { code, out, err } = await keepclear(
			"--json",
			"--finder",
			"ppocr-text",
			...Object.values(given),
			photo,
			folder,
		);
		expect(code).toBe(2);
		const [answer, ...others] = out
			.trim()
			.split("\n")
			.map((line) => JSON.parse(line) as unknown);
		expect(others).toEqual([]);
		expect(answer).toMatchObject({
			file: photo,
			plates: [{ text: "京A88731", color: "blue", class: "small", province: "京" }],
		});
		expect(err.trim().split("\n")).toEqual([
			expect.stringMatching(/text\.jpg: is no picture that can be read/),
			expect.stringMatching(/drawing\.png: is no photo but svg; allowed are jpeg, png/),
			expect.stringMatching(/huge\.png: has 40000 x 40000 pixels; 64 million are allowed/),
			expect.stringMatching(/missing\.jpg: there is no such file/),
			expect.stringMatching(/: is no file/),
		]);
	});
});

test("models that are not there are told with the command that fetches them; no picture at all is a mistake too", async () => {
	const missing = await keepclear.with({ KEEPCLEAR_MODELS: join(folder, "none") })(join(folder, "x.jpg"));
	expect(missing.code).toBe(2);
	expect(missing.err).toMatch(/ppocr-text\.onnx: .*is not there; fetch it: npx keepclear models pull ppocr-text/);
	expect((await keepclear()).code).toBe(2);
	expect((await keepclear("--finder", "yolov8s", "x.jpg")).err).toMatch(/the model yolov8s finds no plates/);
});

async function file(name: string, content: string | Uint8Array): Promise<string> {
	await writeFile(join(folder, name), content);
	return join(folder, name);
}

/** A whole PNG by its headers, with next to nothing in it. */
function pngOf(width: number, height: number): Uint8Array {
	const chunk = (type: string, content: Uint8Array) => {
		const body = Buffer.concat([Buffer.from(type), content]);
		const ends = Buffer.alloc(8);
		ends.writeUInt32BE(content.length, 0);
		ends.writeUInt32BE(crc32(body), 4);
		return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
	};
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8);
	const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
	const chunks = [
		chunk("IHDR", header),
		chunk("IDAT", deflateSync(new Uint8Array(64))),
		chunk("IEND", new Uint8Array()),
	];
	return Buffer.concat([signature, ...chunks]);
}

interface Ended {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

const runWith =
	(env: NodeJS.ProcessEnv) =>
	(...args: string[]): Promise<Ended> =>
		new Promise((resolve) => {
			const all = ["--import", "tsx", main, "plates", ...args];
			execFile(process.execPath, all, { env: { ...process.env, ...env } }, (error, out, err) =>
				resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, out, err }),
			);
		});
const keepclear = Object.assign(runWith({}), { with: runWith });
