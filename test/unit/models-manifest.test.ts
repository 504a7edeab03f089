import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseOrRefuse } from "#platform/input-error.ts";
import { cocoLabels } from "../../edge/detect/coco-labels.ts";
import { isDetector, manifestSchema } from "../../edge/models/model-manifest.ts";

const file = fileURLToPath(new URL("../../models/manifest.json", import.meta.url));
const read = () => JSON.parse(readFileSync(file, "utf8")) as { default: string; models: Record<string, unknown>[] };

test("the manifest is right, its default is one of its models, and no two share a name or a file", () => {
	const manifest = parseOrRefuse(manifestSchema, read(), "manifest.json");
	expect(manifest.models.filter(isDetector).map((model) => model.name)).toContain(manifest.default);
	const familyOf = (name: string) => manifest.models.find((model) => model.name === name)?.spec.family;
	expect(manifest.plates.finders.map(familyOf)).toEqual(["y5fu", "y5fu", "text-map"]);
	expect(familyOf(manifest.plates.reader)).toBe("ppocr-line");
	for (const key of [(i: number) => manifest.models[i]?.name, (i: number) => manifest.models[i]?.weights.file])
		expect(new Set(manifest.models.map((_, i) => key(i))).size).toBe(manifest.models.length);
});

test("every problem is told at once, with its place", () => {
	const manifest = read();
	const [first = {}] = manifest.models;
	manifest.models = [
		{
			...first,
			name: "YOLO!",
			source: { kind: "url", url: "http://example.org/a.onnx" },
			weights: { file: "../a.onnx", sha256: "abc", bytes: 0 },
			more: 1,
		},
	];
	const problems = [
		/models\[0\]\.name: must be small letters/,
		/models\[0\]\.source\.url: must be an https:\/\/ address/,
		/models\[0\]\.weights\.file: must be a plain file name that ends in \.onnx/,
		/models\[0\]\.weights\.sha256: must be 64 lower-case hexadecimal digits/,
		/models\[0\]\.more: is not a known key/,
	];
	for (const problem of problems)
		expect(() => parseOrRefuse(manifestSchema, manifest, "manifest.json")).toThrow(problem);
});

test("COCO has 80 classes, the vehicles where the models have them", () => {
	expect(cocoLabels).toHaveLength(80);
	expect([0, 2, 3, 5, 7, 79].map((i) => cocoLabels[i])).toEqual([
		"person",
		"car",
		"motorcycle",
		"bus",
		"truck",
		"toothbrush",
	]);
});
