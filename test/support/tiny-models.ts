import protobuf from "protobufjs/light.js";
import { writeOnnx } from "../../edge/models/onnx-protobuf.ts";

const tensorType = protobuf.Root.fromJSON({
	nested: {
		Tensor: {
			fields: {
				dims: { id: 1, type: "int64", rule: "repeated" },
				dataType: { id: 2, type: "int32" },
				name: { id: 8, type: "string" },
				rawData: { id: 9, type: "bytes" },
			},
		},
	},
}).lookupType("Tensor");

const float32 = 1;

/** A model of a few hundred bytes that answers every picture with the same numbers. */
export function constantModel(
	outputs: Readonly<Record<string, { dims: readonly number[]; data: readonly number[] }>>,
	side = 64,
): Uint8Array {
	const names = Object.keys(outputs);
	const model = {
		irVersion: 8,
		opsetImport: [Uint8Array.of(0x10, 13)], // version 13 of the default operators
		metadataProps: [],
		graph: {
			name: "constant",
			node: names.map((name) => ({
				input: [`${name}_value`],
				output: [name],
				name: `copy_${name}`,
				opType: "Identity",
			})),
			initializer: names.map((name) => tensorOf(`${name}_value`, outputs[name] ?? { dims: [], data: [] })),
			input: [valueOf("images", [1, 3, side, side])],
			output: names.map((name) => valueOf(name, outputs[name]?.dims ?? [])),
			valueInfo: [],
		},
	};
	return writeOnnx(model);
}

/** A DETR that sees one `car` (class 2 of three) in the left upper quarter of whatever it is shown. */
export const oneCarModel = (): Uint8Array =>
	constantModel({
		logits: { dims: [1, 2, 4], data: [-9, -9, 4, -9, -9, -9, -9, 9] },
		pred_boxes: { dims: [1, 2, 4], data: [0.25, 0.25, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1] },
	});

/**
 * A DETR that sees one `car` (class 2 of three) at `box` (centre and size, 0..1) while the mean of what it is shown, 0..1,
 * is above `threshold`; `gain` says how sharply.
 */
export function brightnessModel({
	threshold,
	gain,
	box,
}: {
	threshold: number;
	gain: number;
	box: readonly [number, number, number, number];
}): Uint8Array {
	const constants = {
		threshold: { dims: [1], data: [threshold] },
		// Of the classes and "nothing": only the car's moves with the brightness.
		gains: { dims: [1, 1, 4], data: [0, 0, gain, 0] },
		bias: { dims: [1, 1, 4], data: [-99, -99, 0, 0] },
		boxes: { dims: [1, 1, 4], data: [...box] },
	};
	const node = (opType: string, output: string, ...input: string[]) => ({
		input,
		output: [output],
		name: output,
		opType,
	});
	const model = {
		irVersion: 8,
		opsetImport: [Uint8Array.of(0x10, 13)],
		metadataProps: [],
		graph: {
			name: "brightness",
			node: [
				node("GlobalAveragePool", "means", "images"), // [1, 3, 1, 1]
				node("ReduceMean", "mean", "means"), // [1, 1, 1, 1]
				node("Flatten", "flat", "mean"), // [1, 1]
				node("Sub", "over", "flat", "threshold"),
				node("Mul", "moved", "gains", "over"), // [1, 1, 4]
				node("Add", "logits", "moved", "bias"),
				node("Identity", "pred_boxes", "boxes"),
			],
			initializer: Object.entries(constants).map(([name, value]) => tensorOf(name, value)),
			input: [valueOf("images", [1, 3, 64, 64])],
			output: [valueOf("logits", [1, 1, 4]), valueOf("pred_boxes", [1, 1, 4])],
			valueInfo: [],
		},
	};
	return writeOnnx(model);
}

const valueOf = (name: string, dims: readonly number[]) => ({
	name,
	type: { tensorType: { elemType: float32, shape: { dim: dims.map((dimValue) => ({ dimValue })) } } },
});

function tensorOf(name: string, { dims, data }: { dims: readonly number[]; data: readonly number[] }): Uint8Array {
	const rawData = new Uint8Array(Float32Array.from(data).buffer);
	return tensorType.encode(tensorType.fromObject({ dims: [...dims], dataType: float32, name, rawData })).finish();
}
