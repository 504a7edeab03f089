import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addModel } from "../../edge/models/add-model.ts";
import { brightnessModel } from "../support/tiny-models.ts";

/**
 * Puts a model into the folder that sees a car where the block of `block-camera.ts` stands while the picture as a whole is
 * bright enough for it to be there. A look costs next to nothing, and what it says is known.
 *
 * @returns the model's name
 */
export async function putBlockModel(folder: string): Promise<string> {
	const file = join(folder, "given.onnx");
	const labels = join(folder, "labels.txt");
	await writeFile(file, brightnessModel({ threshold: 0.44, gain: 200, box: [0.25, 0.5, 0.4, 0.6] }));
	await writeFile(labels, "person\nbicycle\ncar\n");
	await addModel(file, { name: "block", family: "detr", labels, normalisation: "unit", scores: "softmax" }, folder);
	return "block";
}
