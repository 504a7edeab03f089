import type { ModelSpec } from "../models/model-manifest.ts";

/** Weights that were checked and made ready for this machine. Plain data: it is handed to the processes that run them. */
export interface PreparedModel {
	readonly name: string;
	/** The ONNX file that the workers open; not always the one that was fetched. */
	readonly file: string;
	readonly spec: ModelSpec;
	/** `heads`: the graph ends at its heads, which `decode-yolov8.ts` turns into boxes. `boxes`: the graph as it was. */
	readonly output: "heads" | "boxes";
}
