import { readFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError, loadFile } from "#platform/input-error.ts";
import { type KnownModel, manifestSchema, modelSchema } from "./model-manifest.ts";

const manifestFile = fileURLToPath(new URL("../../models/manifest.json", import.meta.url));

/** Where weights lie on this machine: `KEEPCLEAR_MODELS`, otherwise `models/cache` beside the manifest. */
export function modelsFolderOf(given?: string): string {
	const folder = given ?? process.env["KEEPCLEAR_MODELS"];
	return folder || fileURLToPath(new URL("../../models/cache", import.meta.url));
}

export interface KnownModels {
	/** Of the detection model. */
	readonly defaultName: string;
	/** Names of those that find and read plates: finders by preference. */
	readonly plates: { readonly finders: readonly string[]; readonly reader: string };
	/** Those of the manifest, and those that were added to this folder. */
	readonly models: readonly KnownModel[];
}

export async function knownModels(folder: string): Promise<KnownModels> {
	const manifest = await loadFile(manifestSchema, manifestFile);
	const models = [...manifest.models, ...(await addedModels(folder))];
	return { defaultName: manifest.default, plates: manifest.plates, models };
}

/** @throws InputError that lists what there is */
export async function findModel(name: string, folder: string): Promise<KnownModel> {
	const { models } = await knownModels(folder);
	const model = models.find((each) => each.name === name);
	if (model) return model;
	throw new InputError(`there is no model "${name}"; there are: ${models.map((each) => each.name).join(", ")}`);
}

/** Beside each file that a user added lies its description. */
export const descriptionFileOf = (folder: string, name: string): string => join(folder, `${name}.model.json`);

export const weightsFileOf = (folder: string, model: Pick<KnownModel, "weights">): string =>
	join(folder, model.weights.file);

async function addedModels(folder: string): Promise<KnownModel[]> {
	const names = await readdir(folder).catch(() => []);
	const files = names.filter((name) => name.endsWith(".model.json")).sort();
	return Promise.all(files.map((name) => loadFile(modelSchema, join(folder, name))));
}

/** The weights' bytes. @throws InputError, with what to do, when the file is missing or cannot be read */
export async function readWeights(file: string, mend: string): Promise<Buffer> {
	try {
		return await readFile(file);
	} catch (cause) {
		const code = (cause as NodeJS.ErrnoException).code;
		const why = code === "ENOENT" ? "is not there" : `cannot be read (${code})`;
		throw new InputError(`${file}: the weights of the model ${basename(file, ".onnx")}: the file ${why}; ${mend}`, {
			cause,
		});
	}
}
