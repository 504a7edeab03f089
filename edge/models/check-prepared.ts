import { InputError } from "#platform/input-error.ts";
import { decode, ModelSession } from "../detect/model-session.ts";
import type { PreparedModel } from "../detect/prepared-model.ts";
import type { RawBox } from "../detect/raw-box.ts";
import { checkOutputs } from "./check-outputs.ts";
import { inputSize } from "./cut-graph.ts";
import type { ModelEntry } from "./model-manifest.ts";
import { parseOnnx } from "./onnx-protobuf.ts";

/** So low that every box of the model is compared, not only those that it believes in. */
const all = Number.MIN_VALUE;
const mostPixelsApart = 0.1;
const mostConfidenceApart = 1e-3;

/**
 * Runs a model over a test picture.
 * @param file what to call the model in messages
 * @returns every box of it
 * @throws InputError when it cannot be run or its outputs are not those of its family
 */
export async function tryModel(
	model: ModelEntry,
	bytes: Uint8Array,
	output: PreparedModel["output"],
	file: string,
	size: { width: number; height: number } = ownSize(model, bytes, file),
): Promise<RawBox[]> {
	const spec = { ...model.spec, minConfidence: all };
	const session = await ModelSession.open(bytes).catch((cause: unknown) => {
		throw new InputError(`${file}: cannot be opened as a model: ${firstLine(cause)}`, { cause });
	});
	try {
		const picture = testPicture(size, spec.input.normalisation === "raw" ? 255 : 1);
		const tensors = await session.run(picture, size.width, size.height).catch((cause: unknown) => {
			throw new InputError(
				`${file}: cannot be run on a picture of ${size.width} x ${size.height}: ${firstLine(cause)}`,
				{
					cause,
				},
			);
		});
		checkOutputs({ spec, output }, tensors, size, file);
		return decode({ spec, output }, tensors, size);
	} finally {
		await session.close();
	}
}

/**
 * Runs the model as it came and as it was prepared over the same picture and compares every box.
 * @throws InputError when the outputs are not those of the model's family, or when they differ
 */
export async function checkSame(
	model: ModelEntry,
	weights: Uint8Array,
	prepared: Uint8Array,
	file: string,
): Promise<void> {
	const size = ownSize(model, weights, file);
	const before = await tryModel(model, weights, "boxes", file, size);
	const after = await tryModel(model, prepared, model.spec.family === "yolov8" ? "heads" : "boxes", file, size);
	const apart = before.findIndex((box, i) => !alike(box, after[i]));
	if (apart >= 0 || before.length !== after.length || before.length === 0) {
		throw new InputError(
			`${file}: could not be prepared: its boxes are not the same afterwards (${before.length} and ` +
				`${after.length}${apart < 0 ? "" : `, the first that differs is number ${apart}`})`,
		);
	}
}

function ownSize(model: ModelEntry, weights: Uint8Array, file: string): { width: number; height: number } {
	const { height, width } = inputSize(parseOnnx(weights, file));
	return { width: width ?? model.spec.input.maxSide, height: height ?? model.spec.input.maxSide };
}

function alike(a: RawBox, b: RawBox | undefined): boolean {
	return (
		b !== undefined &&
		Math.abs(a.confidence - b.confidence) < mostConfidenceApart &&
		Math.max(Math.abs(a.x1 - b.x1), Math.abs(a.y1 - b.y1), Math.abs(a.x2 - b.x2), Math.abs(a.y2 - b.y2)) <
			mostPixelsApart
	);
}

/** Slopes, edges and a grain, the same each time: enough to set every part of the model working. */
function testPicture({ width, height }: { width: number; height: number }, white: number): Float32Array {
	const out = new Float32Array(3 * width * height);
	for (let i = 0; i < out.length; i++) {
		const x = i % width;
		const y = Math.floor(i / width) % height;
		const block = (Math.floor(x / 48) + Math.floor(y / 64)) % 2;
		const grain = ((i * 2654435761) >>> 24) / 255;
		out[i] = white * (0.3 * (x / width) + 0.3 * block + 0.25 * (y / height) + 0.15 * grain);
	}
	return out;
}

const firstLine = (error: unknown) => String((error as Error).message ?? error).split("\n", 1)[0] ?? "";
