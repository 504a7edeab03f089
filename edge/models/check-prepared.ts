import { InputError } from "#platform/input-error.ts";
import { decode, ModelSession } from "../detect/model-session.ts";
import type { PreparedModel } from "../detect/prepared-model.ts";
import type { RawBox } from "../detect/raw-box.ts";
import { inputSize } from "./cut-graph.ts";
import type { ModelEntry } from "./model-manifest.ts";
import { parseOnnx } from "./onnx-protobuf.ts";

/** So low that every box of the model is compared, not only those that it believes in. */
const all = Number.MIN_VALUE;
const mostPixelsApart = 0.1;
const mostConfidenceApart = 1e-3;

/**
 * Runs the model as it came and as it was prepared over the same picture and compares every box.
 * @throws InputError when the outputs are not those of the model's family, or when they differ
 */
export async function checkSame(model: ModelEntry, weights: Uint8Array, prepared: Uint8Array): Promise<void> {
	const size = sizeOf(model, weights);
	const spec = { ...model.spec, minConfidence: all };
	const picture = testPicture(size, model.spec.input.normalisation === "raw" ? 255 : 1);
	const boxesOf = async (bytes: Uint8Array, output: PreparedModel["output"]) => {
		const session = await ModelSession.open(bytes);
		try {
			return decode({ spec, output }, await session.run(picture, size.width, size.height), size);
		} finally {
			await session.close();
		}
	};
	const before = await boxesOf(weights, "boxes");
	const after = await boxesOf(prepared, spec.family === "yolov8" ? "heads" : "boxes");
	const apart = before.findIndex((box, i) => !alike(box, after[i]));
	if (apart >= 0 || before.length !== after.length || before.length === 0) {
		throw new InputError(
			`${model.weights.file}: could not be prepared: its boxes are not the same afterwards (${before.length} and ` +
				`${after.length}${apart < 0 ? "" : `, the first that differs is number ${apart}`})`,
		);
	}
}

function sizeOf(model: ModelEntry, weights: Uint8Array): { width: number; height: number } {
	const { height, width } = inputSize(parseOnnx(weights, model.weights.file));
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
