import { InputError } from "#platform/input-error.ts";
import { isDetector, type KnownModel } from "../models/model-manifest.ts";
import { findModel, modelsFolderOf, readWeights, weightsFileOf } from "../models/models-folder.ts";
import { prepareModel, sha256Of } from "../models/prepare-model.ts";
import type { PreparedModel } from "./prepared-model.ts";

export const defaultModelName = "yolov8s";

/**
 * Checks a model's weights and makes them ready for this machine (a few seconds the first time, then a fraction of one).
 * @param name as `keepclear models list` shows it
 * @throws InputError naming the file and the command that mends it
 */
export async function loadModel(
	name: string = defaultModelName,
	{ modelsFolder }: { modelsFolder?: string } = {},
): Promise<PreparedModel> {
	const folder = modelsFolderOf(modelsFolder);
	const model = await findModel(name, folder);
	if (!isDetector(model)) throw new InputError(`the model ${name} finds no vehicles: it is for plates`);
	const { file, weights } = await wholeWeights(model, folder);
	return prepareModel(model, weights, file);
}

/** The weights as they lie in the folder. @throws InputError when they are missing or altered */
export async function wholeWeights(model: KnownModel, folder: string): Promise<{ file: string; weights: Buffer }> {
	const file = weightsFileOf(folder, model);
	const weights = await readWeights(file, mendBy(model));
	checkWeights(weights, file, model);
	return { file, weights };
}

/** @throws InputError when the file is shorter, longer or other than the manifest says */
export function checkWeights(weights: Uint8Array, file: string, model: KnownModel): void {
	const { bytes, sha256 } = model.weights;
	if (weights.length !== bytes)
		throw new InputError(`${file}: has ${weights.length} bytes instead of ${bytes}; ${mendBy(model)}`);
	const found = sha256Of(weights);
	if (found !== sha256)
		throw new InputError(`${file}: was altered (sha256 ${found}, expected ${sha256}); ${mendBy(model)}`);
}

function mendBy({ name, source }: KnownModel): string {
	return source.kind === "file"
		? `add it: npx keepclear models add FILE --name ${name}`
		: `fetch it: npx keepclear models pull ${name}`;
}
