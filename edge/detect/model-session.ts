import * as ort from "onnxruntime-node";
import type { ModelSpec } from "../models/model-manifest.ts";
import { decodeDetr } from "./decode-detr.ts";
import { decodeBoxes, decodeHeads } from "./decode-yolov8.ts";
import { decodeYolox } from "./decode-yolox.ts";
import type { PreparedModel } from "./prepared-model.ts";
import type { OutputTensor, RawBox } from "./raw-box.ts";

/**
 * ONNX Runtime on one thread. `run` blocks its thread for as long as the model computes: never on a program's main one.
 */
export class ModelSession {
	readonly #session: ort.InferenceSession;

	private constructor(session: ort.InferenceSession) {
		this.#session = session;
	}

	static async open(model: string | Uint8Array): Promise<ModelSession> {
		const options: ort.InferenceSession.SessionOptions = {
			executionProviders: ["cpu"],
			graphOptimizationLevel: "all",
			intraOpNumThreads: 1,
			interOpNumThreads: 1,
			executionMode: "sequential",
			logSeverityLevel: 3,
			extra: { session: { intra_op: { allow_spinning: "0" }, set_denormal_as_zero: "1" } },
		};
		return new ModelSession(
			typeof model === "string"
				? await ort.InferenceSession.create(model, options)
				: await ort.InferenceSession.create(model, options),
		);
	}

	get outputNames(): readonly string[] {
		return this.#session.outputNames;
	}

	/** @param picture planes of floats, 3 x height x width */
	async run(picture: Float32Array, width: number, height: number): Promise<Map<string, OutputTensor>> {
		const input = new ort.Tensor("float32", picture, [1, 3, height, width]);
		const results = await this.#session.run({ [this.#session.inputNames[0] ?? ""]: input });
		return new Map(
			this.#session.outputNames.map((name) => {
				const tensor = results[name];
				if (!(tensor?.data instanceof Float32Array)) throw new Error(`output ${name} is no tensor of 32-bit floats`);
				return [name, { data: tensor.data, dims: tensor.dims }];
			}),
		);
	}

	async close(): Promise<void> {
		await this.#session.release();
	}
}

/** Boxes in pixels of the input, by the model's family. */
export function decode(
	{ spec, output }: { spec: ModelSpec; output: PreparedModel["output"] },
	tensors: ReadonlyMap<string, OutputTensor>,
	input: { width: number; height: number },
): RawBox[] {
	const [first, second] = [...tensors.values()];
	if (!first) throw new Error("the model gave nothing");
	switch (spec.family) {
		case "yolov8":
			return output === "heads"
				? decodeHeads([...tensors.values()], input.width, spec.minConfidence)
				: decodeBoxes(first, spec.minConfidence);
		case "yolox":
			return decodeYolox(first, input, spec.minConfidence);
		case "detr":
			return decodeDetr(tensors.get("logits") ?? first, tensors.get("pred_boxes") ?? second ?? first, input, spec);
	}
}
