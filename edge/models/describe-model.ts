import { z } from "zod";
import { InputError, parseOrRefuse } from "#platform/input-error.ts";
import { cocoLabels } from "../detect/coco-labels.ts";
import { inputSize } from "./cut-graph.ts";
import { families, type KnownModel, modelSchema } from "./model-manifest.ts";
import type { OnnxModel } from "./onnx-protobuf.ts";

/** What a file of the user's own may be: a detection model, or one that finds plates. */
export const addedFamilies = [...families, "y5fu"] as const;

/** What a user may say about a file; the rest is read from the file or is as usual in its family. */
export const descriptionSchema = z.strictObject({
	name: z.string({ error: "is needed (--name): what to call the model" }),
	family: z.enum(addedFamilies, { error: `is needed (--family): one of ${addedFamilies.join(", ")}` }),
	licence: z.string().min(1).optional(),
	labels: z.array(z.string().min(1)).min(1).optional(),
	maxSide: z.coerce.number({ error: "must be a whole number of pixels" }).optional(),
	normalisation: z.enum(["unit", "raw", "imagenet"], { error: "must be unit, raw or imagenet" }).optional(),
	colour: z.enum(["rgb", "bgr"], { error: "must be rgb or bgr" }).optional(),
	scores: z.enum(["softmax", "sigmoid"], { error: "must be softmax or sigmoid" }).optional(),
});
export type ModelDescription = z.output<typeof descriptionSchema>;

const usual = {
	yolov8: { colour: "rgb", normalisation: "unit", fit: "centre", multipleOf: 32 },
	yolox: { colour: "bgr", normalisation: "raw", fit: "corner", multipleOf: 32 },
	detr: { colour: "rgb", normalisation: "imagenet", fit: "stretch", multipleOf: null },
	y5fu: { colour: "rgb", normalisation: "unit", fit: "centre", multipleOf: null },
} as const;

/** @throws InputError */
export function describeModel(
	said: ModelDescription,
	graph: OnnxModel,
	weights: { sha256: string; bytes: number; origin: string },
): KnownModel {
	const { family, name } = said;
	const own = inputSize(graph);
	const input = usual[family];
	if (input.multipleOf === null && own.width !== own.height)
		throw new InputError(`${weights.origin}: its input is ${own.width} x ${own.height}; only square ones can be used`);
	const entry = {
		name,
		title: `${family}, added from ${weights.origin}`,
		licence: licenceOf(said.licence),
		source: { kind: "file", origin: weights.origin },
		weights: { file: `${name}.onnx`, sha256: weights.sha256, bytes: weights.bytes },
		spec: {
			family,
			input: {
				maxSide: (input.multipleOf === null ? own.width : null) ?? said.maxSide ?? 640,
				multipleOf: input.multipleOf,
				colour: said.colour ?? input.colour,
				normalisation: said.normalisation ?? input.normalisation,
				fit: input.fit,
			},
			...(family === "y5fu"
				? { minConfidence: 0.3 }
				: {
						labels: said.labels ?? labelsIn(graph) ?? "coco80",
						minConfidence: 0.25,
						...scoresOf(family, said, graph),
					}),
		},
	};
	return parseOrRefuse(modelSchema, entry, weights.origin);
}

const licenceOf = (spdx: string | undefined) =>
	spdx
		? { spdx, means: "as whoever added the model says; read it before you serve the model to others" }
		: { spdx: "unknown", means: "nobody said; find out before you serve the model to others" };

/** Ultralytics' exports carry `{0: 'person', 1: 'bicycle', …}`. */
function labelsIn(graph: OnnxModel): string[] | "coco80" | null {
	const names = graph.metadataProps.find(({ key }) => key === "names")?.value;
	const labels = names ? [...names.matchAll(/\d+: ?(?:'([^']*)'|"([^"]*)")/g)].map(([, a, b]) => a ?? b ?? "") : [];
	if (labels.length === 0) return null;
	return labels.join() === cocoLabels.join() ? "coco80" : labels;
}

/** A class more than there are labels is DETR's "nothing". */
function scoresOf(
	family: ModelDescription["family"],
	said: ModelDescription,
	graph: OnnxModel,
): { scores?: "softmax" | "sigmoid" } {
	if (family !== "detr") return {};
	if (said.scores) return { scores: said.scores };
	const logits = graph.graph.output.find(({ name }) => name === "logits");
	const columns = Number(logits?.type.tensorType.shape.dim.at(-1)?.dimValue ?? 0);
	return { scores: columns === (said.labels ?? cocoLabels).length ? "sigmoid" : "softmax" };
}
