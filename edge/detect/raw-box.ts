/** What a decoder makes of a model's numbers: one box in pixels of the model's input, before overlaps are removed. */
export interface RawBox {
	/** Index into the model's labels. */
	readonly label: number;
	readonly confidence: number;
	readonly x1: number;
	readonly y1: number;
	readonly x2: number;
	readonly y2: number;
}

/** A model's output as ONNX Runtime hands it over. */
export interface OutputTensor {
	readonly data: Float32Array;
	readonly dims: readonly number[];
}

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
/** The inverse: comparing logits spares a sigmoid for each of half a million scores. */
export const logitOf = (probability: number): number => Math.log(probability / (1 - probability));
