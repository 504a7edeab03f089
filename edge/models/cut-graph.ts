import { type OnnxModel, type OnnxNode, type OnnxValue, tensorHead } from "./onnx-protobuf.ts";

const float32 = 1;

/**
 * YOLOv8 and its kin end with decoding that is written for one input size. This finds where that begins: the tensors
 * `[N, 64 + classes, h, w]`, one a scale, that are flattened and then joined.
 * @returns names of these tensors, finest scale first, or null when the graph has no such end
 */
export function findHeads(model: OnnxModel): string[] | null {
	const producers = producersOf(model);
	for (const node of model.graph.node) {
		if (node.opType !== "Concat" || node.input.length < 3) continue;
		const flattened = node.input.map((name) => producers.get(name));
		if (!flattened.every((each) => each?.opType === "Reshape")) continue;
		const heads = flattened.map((each) => each?.input[0] ?? "");
		if (heads.every((head) => producers.get(head)?.opType === "Concat")) return heads;
	}
	return null;
}

/** The graph up to `outputs`: what leads nowhere else is dropped, and any number of pixels is taken. */
export function cutAt(model: OnnxModel, outputs: readonly string[]): OnnxModel {
	const node = nodesLeadingTo(model, outputs);
	const used = new Set(node.flatMap((each) => each.input));
	return withFreeSize({
		...model,
		graph: {
			...model.graph,
			node,
			initializer: model.graph.initializer.filter((tensor) => used.has(tensorHead(tensor).name)),
			output: outputs.map((name) => freeValue(name, 4)),
		},
	});
}

/** The same graph, told to take pictures of any height and width; for graphs in which nothing depends on them. */
export function withFreeSize(model: OnnxModel): OnnxModel {
	const [input, ...others] = model.graph.input;
	if (!input) return model;
	return {
		...model,
		graph: {
			...model.graph,
			input: [pictureValue(input), ...others],
			output: model.graph.output.map((output) => freeValue(output.name, output.type.tensorType.shape.dim.length)),
			valueInfo: [],
		},
	};
}

/** Shape of the picture input as the file tells it; null where a side is free. */
export function inputSize(model: OnnxModel): { height: number | null; width: number | null } {
	const [, , height, width] = (model.graph.input[0]?.type?.tensorType?.shape?.dim ?? []).map(
		(dim) => Number(dim.dimValue ?? 0) || null,
	);
	return { height: height ?? null, width: width ?? null };
}

const pictureValue = (input: OnnxValue): OnnxValue => ({
	name: input.name,
	type: {
		tensorType: {
			elemType: float32,
			shape: { dim: [{ dimValue: 1 }, { dimValue: 3 }, { dimParam: "height" }, { dimParam: "width" }] },
		},
	},
});

const freeValue = (name: string, dimensions: number): OnnxValue => ({
	name,
	type: {
		tensorType: {
			elemType: float32,
			shape: { dim: Array.from({ length: dimensions }, (_, i) => ({ dimParam: `${name}_${i}` })) },
		},
	},
});

function nodesLeadingTo(model: OnnxModel, outputs: readonly string[]): OnnxNode[] {
	const producers = producersOf(model);
	const needed = new Set<OnnxNode>();
	const open = [...outputs];
	for (let name = open.pop(); name !== undefined; name = open.pop()) {
		const node = producers.get(name);
		if (!node || needed.has(node)) continue;
		needed.add(node);
		open.push(...node.input);
	}
	return model.graph.node.filter((node) => needed.has(node));
}

const producersOf = (model: OnnxModel): Map<string, OnnxNode> =>
	new Map(model.graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
