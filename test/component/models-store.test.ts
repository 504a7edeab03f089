import { copyFile, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InputError } from "#platform/input-error.ts";
import { loadModel } from "../../edge/detect/model-store.ts";
import { addModel } from "../../edge/models/add-model.ts";
import { knownModels, modelsFolderOf } from "../../edge/models/models-folder.ts";
import { isRight, pullModel } from "../../edge/models/pull-model.ts";
import { constantModel, oneCarModel } from "../support/tiny-models.ts";

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-models-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const given = async (name: string, content: Uint8Array | string) => {
	const file = join(folder, name);
	await writeFile(file, content);
	return file;
};

/** The sentence that a person reads. */
async function refusal(action: Promise<unknown>): Promise<string> {
	const error = await action.then(
		() => null,
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(InputError);
	return (error as InputError).message;
}

const threeLabels = async () => ({ labels: await given("labels.txt", "person\nbicycle\ncar\n") });

describe("a model that a user adds", () => {
	test("is kept, described, and loaded by its name", async () => {
		const file = await given("mine.onnx", oneCarModel());
		const said = { name: "mine", family: "detr", licence: "Apache-2.0", ...(await threeLabels()) };
		const added = await addModel(file, said, join(folder, "models"));
		expect(added).toMatchObject({ licence: { spdx: "Apache-2.0" }, spec: { family: "detr", scores: "softmax" } });
		const loaded = await loadModel("mine", { modelsFolder: join(folder, "models") });
		expect(loaded).toMatchObject({ name: "mine", output: "boxes", spec: { labels: ["person", "bicycle", "car"] } });
		const { models } = await knownModels(join(folder, "models"));
		expect(models.map((each) => each.name)).toContain("mine");
	});

	test.each([
		["its file is gone", (file: string) => rm(file), /mine\.onnx: .*is not there; .*models add FILE --name mine/],
		["it was cut short", (file: string) => truncate(file, 100), /has 100 bytes instead of \d+; .*--name mine/],
		["a byte was altered", flipLastByte, /was altered \(sha256 [0-9a-f]{64}, expected [0-9a-f]{64}\); .*--name mine/],
	])("is refused when %s, with the command that mends it", async (_, harm, sentence) => {
		const said = { name: "mine", family: "detr", ...(await threeLabels()) };
		await addModel(await given("given.onnx", oneCarModel()), said, folder);
		await harm(join(folder, "mine.onnx"));
		expect(await refusal(loadModel("mine", { modelsFolder: folder }))).toMatch(sentence);
	});

	test.each([
		["no model", "a text", { name: "x", family: "yolox" }, /no\.onnx: is not an ONNX model/],
		["nothing", "", { name: "x", family: "yolox" }, /no\.onnx: is not an ONNX model/],
		[
			"a model cut short",
			oneCarModel().subarray(0, 150),
			{ name: "x", family: "detr" },
			/is not an ONNX model, or not/,
		],
		["no name and no family", oneCarModel(), {}, /name: is needed.*\n.*family: is needed.*yolov8, yolox, detr/],
		["another family", oneCarModel(), { name: "x", family: "rcnn" }, /family: is needed.*yolov8, yolox, detr/],
		["a bad name", oneCarModel(), { name: "Ä b", family: "detr" }, /name: must be small letters/],
		["a name that is taken", oneCarModel(), { name: "yolov8s", family: "detr" }, /is the name of another model/],
		[
			"DETR with other classes than labels",
			oneCarModel(),
			{ name: "x", family: "detr" },
			/is not of the family detr: its outputs are logits \[1, 2, 4\].*there should be logits \[1, Q, 8[01]\]/,
		],
		[
			"DETR called YOLOX",
			oneCarModel(),
			{ name: "x", family: "yolox" },
			/is not of the family yolox: its outputs are logits \[1, 2, 4\].*there should be \[1, 84, 5 \+ 80 classes\]/,
		],
		[
			"YOLOX called YOLOv8",
			constantModel({ output: { dims: [1, 84, 85], data: Array<number>(84 * 85).fill(0) } }),
			{ name: "x", family: "yolov8" },
			/no\.onnx: is not of the family yolov8/,
		],
	])("is refused when it is %s", async (_, content, said, sentence) => {
		const file = await given("no.onnx", content);
		expect(await refusal(addModel(file, said, join(folder, "models")))).toMatch(sentence);
		const left = await readdir(join(folder, "models"), { recursive: true }).catch(() => []);
		expect(left.filter((name) => name.startsWith("x"))).toEqual([]);
	});

	test("is refused when there is no such file", async () => {
		expect(await refusal(addModel(join(folder, "none.onnx"), {}, folder))).toMatch(/none\.onnx: there is no such file/);
	});
});

test("a name that nobody knows is answered with those that are", async () => {
	expect(await refusal(loadModel("yolov9", { modelsFolder: folder }))).toMatch(/no model "yolov9".*yolov8s, yolov8n/);
});

test("weights that were never fetched are refused with the command that fetches them", async () => {
	expect(await refusal(loadModel("yolov8s", { modelsFolder: folder }))).toMatch(
		/yolov8s\.onnx: .*is not there; fetch it: npx keepclear models pull yolov8s/,
	);
});

test("a model that the user brings cannot be fetched", async () => {
	const pulled = pullModel("yolox-nano", { modelsFolder: folder, say: () => {} });
	expect(await refusal(pulled)).toMatch(/cannot be fetched, you bring it.*models add FILE --name yolox-nano/);
});

describe("the default model", async () => {
	const { models, defaultName } = await knownModels(modelsFolderOf());
	const model = models.find((each) => each.name === defaultName);
	if (!model) throw new Error("the manifest names a default that it does not have");
	const file = join(modelsFolderOf(), model.weights.file);
	const here = await isRight(file, model);

	test.skipIf(!here)("is prepared with the same boxes as before, once", async () => {
		await symlink(file, join(folder, model.weights.file));
		const prepared = await loadModel(defaultName, { modelsFolder: folder });
		expect(prepared.output).toBe("heads");
		const bytes = await readFile(prepared.file);
		await flipLastByte(prepared.file);
		expect((await loadModel(defaultName, { modelsFolder: folder })).file).toBe(prepared.file);
		expect((await readFile(prepared.file)).equals(bytes)).toBe(true);
	});

	test.skipIf(!here)("needs no network when it is there, and says so", async () => {
		await copyFile(file, join(folder, model.weights.file));
		const said: string[] = [];
		await pullModel(defaultName, { modelsFolder: folder, say: (line) => said.push(line) });
		expect(said).toEqual([expect.stringMatching(/^yolov8s is there already, and right/)]);
	});
});

test("the manifest stands in the repository, its weights do not", async () => {
	const ignored = await readFile(fileURLToPath(new URL("../../.gitignore", import.meta.url)), "utf8");
	expect(ignored).toContain("/models/cache");
});

async function flipLastByte(file: string): Promise<void> {
	const bytes = await readFile(file);
	bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
	await writeFile(file, bytes);
}
