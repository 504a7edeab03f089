import { InputError } from "#platform/input-error.ts";
import { labelsOf } from "../detect/coco-labels.ts";
import type { PreparedModel } from "../detect/prepared-model.ts";
import type { OutputTensor } from "../detect/raw-box.ts";
import type { ModelSpec } from "./model-manifest.ts";

type Size = { width: number; height: number };
type Outputs = ReadonlyMap<string, OutputTensor>;

/**
 * Whether a model's outputs are those of its family: otherwise decoding would make boxes out of anything.
 * @throws InputError that names `file`, what came and what should have come
 */
export function checkOutputs(
	{ spec, output }: { spec: ModelSpec; output: PreparedModel["output"] },
	tensors: Outputs,
	size: Size,
	file: string,
): void {
	const expected = expectedOf(spec, output, tensors, size);
	const found = [...tensors].map(([name, { dims }]) => `${name} [${dims.join(", ")}]`).join(", ");
	if (!expected.fits)
		throw new InputError(
			`${file}: is not of the family ${spec.family}: its outputs are ${found}; there should be ${expected.words}`,
		);
}

function expectedOf(spec: ModelSpec, output: PreparedModel["output"], tensors: Outputs, size: Size) {
	const classes = labelsOf(spec).length;
	const dims = [...tensors.values()].map((tensor) => tensor.dims);
	const [first = []] = dims;
	switch (spec.family) {
		case "yolov8":
			return output === "heads"
				? {
						fits: dims.length >= 3 && dims.every((each) => each.length === 4 && each[1] === 64 + classes),
						words: `one [1, 64 + ${classes} classes, h, w] a scale`,
					}
				: {
						fits: dims.length >= 1 && first.length === 3 && first[1] === 4 + classes && (first[2] ?? 0) > 4 + classes,
						words: `[1, 4 + ${classes} classes, N]`,
					};
		case "yolox": {
			const cells = [8, 16, 32].reduce((sum, stride) => sum + (size.width / stride) * (size.height / stride), 0);
			return {
				fits: first.length === 3 && first[1] === cells && first[2] === 5 + classes,
				words: `[1, ${cells}, 5 + ${classes} classes]`,
			};
		}
		case "detr": {
			const [logits, boxes] = [tensors.get("logits")?.dims ?? [], tensors.get("pred_boxes")?.dims ?? []];
			const columns = classes + (spec.scores === "softmax" ? 1 : 0);
			return {
				fits: logits.length === 3 && logits[2] === columns && boxes[2] === 4 && boxes[1] === logits[1],
				words: `logits [1, Q, ${columns}] and pred_boxes [1, Q, 4]`,
			};
		}
	}
}
