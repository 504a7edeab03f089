import { InputError } from "#platform/input-error.ts";
import { wholeWeights } from "../detect/model-store.ts";
import {
	type FinderSpec,
	finderSpecSchema,
	type KnownModel,
	type ReaderSpec,
	readerSpecSchema,
} from "../models/model-manifest.ts";
import { findModel, type KnownModels, knownModels, modelsFolderOf, weightsFileOf } from "../models/models-folder.ts";
import { defaultFinder } from "../models/needed-models.ts";
import { isRight } from "../models/pull-model.ts";

/** The two models that plates need, checked. Plain data: it is handed to the processes that run them. */
export interface PlateModelFiles {
	/** Of both, for messages. */
	readonly name: string;
	readonly finder: { readonly name: string; readonly file: string; readonly spec: FinderSpec };
	readonly reader: { readonly name: string; readonly file: string; readonly spec: ReaderSpec };
}

/**
 * @param finder name of the plate finder; without it the best that is here
 * @throws InputError naming the file and the command that fetches it
 */
export async function loadPlateModels({
	finder: asked,
	modelsFolder,
}: { finder?: string; modelsFolder?: string } = {}): Promise<PlateModelFiles> {
	const folder = modelsFolderOf(modelsFolder);
	const known = await knownModels(folder);
	const finder = await findModel(asked ?? (await bestHere(known, folder)), folder);
	const reader = await findModel(known.plates.reader, folder);
	const finderSpec = finderSpecSchema.safeParse(finder.spec);
	if (!finderSpec.success)
		throw new InputError(`the model ${finder.name} finds no plates: it is ${finder.spec.family}`);
	return {
		name: `${finder.name}, ${reader.name}`,
		finder: { name: finder.name, file: await checked(finder, folder), spec: finderSpec.data },
		reader: { name: reader.name, file: await checked(reader, folder), spec: readerSpecSchema.parse(reader.spec) },
	};
}

async function checked(model: KnownModel, folder: string): Promise<string> {
	return (await wholeWeights(model, folder)).file;
}

async function bestHere(known: KnownModels, folder: string): Promise<string> {
	for (const name of known.plates.finders) {
		const model = known.models.find((each) => each.name === name);
		if (model && (await isRight(weightsFileOf(folder, model), model))) return name;
	}
	return defaultFinder(known);
}
