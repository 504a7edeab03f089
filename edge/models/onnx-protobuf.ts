import protobuf from "protobufjs/light.js";
import { InputError } from "#platform/input-error.ts";

/**
 * The few messages of the ONNX format that we touch, by the field numbers of its published schema. Everything that we
 * only carry along (weights, attributes) is declared as bytes, so that it comes out exactly as it went in; messages
 * that we write back list every field, because the encoder drops what it does not know.
 */
const schema = protobuf.Root.fromJSON({
	nested: {
		ModelProto: {
			fields: {
				irVersion: { id: 1, type: "int64" },
				producerName: { id: 2, type: "string" },
				producerVersion: { id: 3, type: "string" },
				domain: { id: 4, type: "string" },
				modelVersion: { id: 5, type: "int64" },
				docString: { id: 6, type: "string" },
				graph: { id: 7, type: "GraphProto" },
				opsetImport: { id: 8, type: "bytes", rule: "repeated" },
				metadataProps: { id: 14, type: "StringStringEntryProto", rule: "repeated" },
				trainingInfo: { id: 20, type: "bytes", rule: "repeated" },
				functions: { id: 25, type: "bytes", rule: "repeated" },
			},
		},
		StringStringEntryProto: { fields: { key: { id: 1, type: "string" }, value: { id: 2, type: "string" } } },
		GraphProto: {
			fields: {
				node: { id: 1, type: "NodeProto", rule: "repeated" },
				name: { id: 2, type: "string" },
				initializer: { id: 5, type: "bytes", rule: "repeated" },
				docString: { id: 10, type: "string" },
				input: { id: 11, type: "ValueInfoProto", rule: "repeated" },
				output: { id: 12, type: "ValueInfoProto", rule: "repeated" },
				valueInfo: { id: 13, type: "bytes", rule: "repeated" },
				quantizationAnnotation: { id: 14, type: "bytes", rule: "repeated" },
				sparseInitializer: { id: 15, type: "bytes", rule: "repeated" },
			},
		},
		NodeProto: {
			fields: {
				input: { id: 1, type: "string", rule: "repeated" },
				output: { id: 2, type: "string", rule: "repeated" },
				name: { id: 3, type: "string" },
				opType: { id: 4, type: "string" },
				attribute: { id: 5, type: "bytes", rule: "repeated" },
				docString: { id: 6, type: "string" },
				domain: { id: 7, type: "string" },
				overload: { id: 8, type: "string" },
				metadataProps: { id: 9, type: "bytes", rule: "repeated" },
			},
		},
		ValueInfoProto: { fields: { name: { id: 1, type: "string" }, type: { id: 2, type: "TypeProto" } } },
		TypeProto: { fields: { tensorType: { id: 1, type: "TensorType" } } },
		TensorType: { fields: { elemType: { id: 1, type: "int32" }, shape: { id: 2, type: "TensorShapeProto" } } },
		TensorShapeProto: { fields: { dim: { id: 1, type: "Dimension", rule: "repeated" } } },
		Dimension: {
			oneofs: { value: { oneof: ["dimValue", "dimParam"] } },
			fields: { dimValue: { id: 1, type: "int64" }, dimParam: { id: 2, type: "string" } },
		},
		/** Of a tensor, only what tells it from others: its shape and its name. */
		TensorHead: {
			fields: { dims: { id: 1, type: "int64", rule: "repeated" }, name: { id: 8, type: "string" } },
		},
	},
});

export interface OnnxNode {
	input: string[];
	output: string[];
	name: string;
	opType: string;
}

export interface OnnxDimension {
	dimValue?: number;
	dimParam?: string;
}

export interface OnnxValue {
	name: string;
	type: { tensorType: { elemType: number; shape: { dim: OnnxDimension[] } } };
}

export interface OnnxModel {
	metadataProps: { key: string; value: string }[];
	graph: {
		node: OnnxNode[];
		initializer: Uint8Array[];
		input: OnnxValue[];
		output: OnnxValue[];
		valueInfo: Uint8Array[];
	};
}

const modelType = schema.lookupType("ModelProto");
const tensorHeadType = schema.lookupType("TensorHead");

/** @throws InputError when the bytes are no ONNX model; `file` is for the message */
export function parseOnnx(bytes: Uint8Array, file: string): OnnxModel {
	let model: OnnxModel;
	try {
		model = modelType.decode(bytes) as unknown as OnnxModel;
	} catch (cause) {
		throw new InputError(`${file}: is not an ONNX model, or not a whole one`, { cause });
	}
	if (
		!model.graph ||
		model.graph.node.length === 0 ||
		model.graph.input.length === 0 ||
		model.graph.output.length === 0
	)
		throw new InputError(`${file}: is not an ONNX model: it has no graph with inputs and outputs`);
	return model;
}

export function writeOnnx(model: OnnxModel): Uint8Array {
	return modelType.encode(modelType.fromObject(model)).finish();
}

/** Name and shape of a stored tensor, without its numbers. */
export function tensorHead(tensor: Uint8Array): { name: string; dims: number[] } {
	const head = tensorHeadType.decode(tensor) as unknown as { name: string; dims: unknown[] };
	return { name: head.name, dims: head.dims.map(Number) };
}
