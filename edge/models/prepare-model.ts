import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "#platform/input-error.ts";
import { writeAtomically } from "#platform/write-atomically.ts";
import type { PreparedModel } from "../detect/prepared-model.ts";
import { checkSame, tryModel } from "./check-prepared.ts";
import { cutAt, findHeads, withFreeSize } from "./cut-graph.ts";
import type { ModelEntry } from "./model-manifest.ts";
import { parseOnnx, writeOnnx } from "./onnx-protobuf.ts";

/** Raised whenever the preparation does something else: older files are then made anew. */
const preparationVersion = 1;

/**
 * Makes checked weights ready: the graph takes pictures of any size, and YOLOv8's ends at its heads, which makes it a
 * sixth faster. Done once; what was made is kept beside the weights and checked by its own hash.
 * @param weights the file's bytes, already checked against the model's sha256
 * @param checkAnew does not trust what was made before; `called`: what to call the weights in messages
 * @throws InputError when they are no model of their family, or nothing can be written beside them
 */
export async function prepareModel(
	model: ModelEntry,
	weights: Uint8Array,
	weightsFile: string,
	{ checkAnew = false, called = weightsFile }: { checkAnew?: boolean; called?: string } = {},
): Promise<PreparedModel> {
	const { name, spec } = model;
	if (spec.family === "detr" || spec.input.multipleOf === null) {
		if (checkAnew) await tryModel(model, weights, "boxes", called);
		return { name, spec, file: weightsFile, output: "boxes" };
	}
	const key = sha256Of(`${model.weights.sha256} ${preparationVersion} ${spec.family}`).slice(0, 16);
	const file = join(dirname(weightsFile), "prepared", `${name}-${key}.onnx`);
	if (checkAnew || !(await isWhole(file))) await make(model, weights, file, called);
	return { name, spec, file, output: spec.family === "yolov8" ? "heads" : "boxes" };
}

async function make(model: ModelEntry, weights: Uint8Array, file: string, called: string): Promise<void> {
	const graph = parseOnnx(weights, called);
	const heads = model.spec.family === "yolov8" ? findHeads(graph) : [];
	if (!heads) {
		throw new InputError(`${called}: is not of the family yolov8: it does not end with one head a scale, joined`);
	}
	const prepared = writeOnnx(heads.length > 0 ? cutAt(graph, heads) : withFreeSize(graph));
	await checkSame(model, weights, prepared, called);
	try {
		await mkdir(dirname(file), { recursive: true });
		await writeAtomically(file, prepared, 0o644);
		await writeAtomically(`${file}.sha256`, `${sha256Of(prepared)}\n`, 0o644);
	} catch (cause) {
		throw new InputError(`${file}: cannot be written: ${(cause as Error).message}`, { cause });
	}
}

async function isWhole(file: string): Promise<boolean> {
	try {
		const [bytes, expected] = await Promise.all([readFile(file), readFile(`${file}.sha256`, "utf8")]);
		return sha256Of(bytes) === expected.trim();
	} catch {
		return false;
	}
}

export const sha256Of = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");
