import type { LineSteps } from "#core/plates/decode-line.ts";
import type { PlatePixels } from "#core/plates/plate-look.ts";
import { fitRegion } from "../detect/letterbox.ts";
import type { ModelSession } from "../detect/model-session.ts";
import { fillTensor } from "../detect/picture-tensor.ts";
import type { ReaderSpec } from "../models/model-manifest.ts";
import { lineClassCount, lineColumns } from "./line-classes.ts";

export const lineHeight = 48;

/** Probabilities below this are all the same to the decoder: a path through them is not to be had for free. */
const leastProbability = 1e-7;

/** Reads one line of text, `lineHeight` pixels high, whose width is a multiple of the model's. */
export async function readSteps(session: ModelSession, spec: ReaderSpec, line: PlatePixels): Promise<LineSteps> {
	const { width, height, rgb } = line;
	const tensor = new Float32Array(3 * width * height);
	fillTensor(fitRegion({ x: 0, y: 0, width, height }, { width, height }, "stretch"), rgb, spec.input, tensor);
	const [output] = (await session.run(tensor, width, height)).values();
	const steps = output?.dims[1] ?? 0;
	if (!output || output.dims[2] !== lineClassCount) throw new Error("the line reader gave no classes of its alphabet");
	return stepsOf(output.data, steps);
}

function stepsOf(probabilities: Float32Array, steps: number): LineSteps {
	const columns = lineColumns.length;
	const logProbs = new Float32Array(steps * columns);
	const best = new Float32Array(steps);
	for (let step = 0; step < steps; step++) {
		const from = step * lineClassCount;
		let highest = 0;
		for (let i = 0; i < lineClassCount; i++) highest = Math.max(highest, probabilities[from + i] as number);
		for (let column = 0; column < columns; column++) {
			let sum = 0;
			for (const each of lineColumns[column] ?? []) sum += probabilities[from + each] as number;
			logProbs[step * columns + column] = Math.log(Math.max(leastProbability, sum));
			highest = Math.max(highest, sum);
		}
		best[step] = Math.log(highest);
	}
	return { steps, logProbs, best };
}
