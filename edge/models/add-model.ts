import { mkdir, readFile, rm } from "node:fs/promises";
import { basename } from "node:path";
import { InputError, parseOrRefuse } from "#platform/input-error.ts";
import { writeAtomically } from "#platform/write-atomically.ts";
import { describeModel, descriptionSchema } from "./describe-model.ts";
import { checkPlateModel } from "./check-plate-model.ts";
import { isDetector, type KnownModel } from "./model-manifest.ts";
import { descriptionFileOf, knownModels, weightsFileOf } from "./models-folder.ts";
import { parseOnnx } from "./onnx-protobuf.ts";
import { prepareModel, sha256Of } from "./prepare-model.ts";

/**
 * Takes a file that the user brings into the models folder. One that the manifest knows by its sha256 needs no words;
 * any other needs a name and a family.
 * @param said as the command line's options say it: name, family, licence, labels (a file), …
 * @throws InputError
 */
export async function addModel(
	file: string,
	said: Readonly<Record<string, string>>,
	modelsFolder: string,
): Promise<KnownModel> {
	const weights = await readGiven(file);
	const { models } = await knownModels(modelsFolder);
	const sha256 = sha256Of(weights);
	const known = models.find((model) => model.weights.sha256 === sha256);
	const model =
		known ??
		describeModel(await parseSaid(said, file), parseOnnx(weights, file), {
			sha256,
			bytes: weights.length,
			origin: basename(file),
		});
	if (known) refuseOtherWords(said, known, file);
	const taken = models.find((each) => each.name === model.name && each.weights.sha256 !== sha256);
	if (taken)
		throw new InputError(
			`--name ${model.name}: is the name of another model (sha256 ${taken.weights.sha256}); choose another`,
		);
	await keep(model, weights, modelsFolder, known === undefined, file);
	return model;
}

async function keep(
	model: KnownModel,
	weights: Uint8Array,
	modelsFolder: string,
	isNew: boolean,
	called: string,
): Promise<void> {
	const target = weightsFileOf(modelsFolder, model);
	try {
		await mkdir(modelsFolder, { recursive: true });
		await writeAtomically(target, weights, 0o644);
	} catch (cause) {
		throw new InputError(`${target}: cannot be written: ${(cause as Error).message}`, { cause });
	}
	try {
		if (isDetector(model)) await prepareModel(model, weights, target, { checkAnew: true, called });
		else await checkPlateModel(model, weights, called);
		if (isNew)
			await writeAtomically(
				descriptionFileOf(modelsFolder, model.name),
				`${JSON.stringify(model, null, "\t")}\n`,
				0o644,
			);
	} catch (error) {
		if (isNew) await rm(target, { force: true });
		throw error;
	}
}

async function parseSaid(said: Readonly<Record<string, string>>, file: string) {
	const labels = said["labels"] === undefined ? {} : { labels: await readLabels(said["labels"]) };
	return parseOrRefuse(descriptionSchema, { ...said, ...labels }, file);
}

async function readLabels(file: string): Promise<string[]> {
	const lines = (await readGiven(file)).toString("utf8").split(/\r?\n/);
	return lines.map((line) => line.trim()).filter((line) => line !== "");
}

function refuseOtherWords(said: Readonly<Record<string, string>>, known: KnownModel, file: string): void {
	const { name, family } = said;
	if ((name && name !== known.name) || (family && family !== known.spec.family))
		throw new InputError(
			`${file}: is known: ${known.name}, of the family ${known.spec.family}; add it without other words`,
		);
}

async function readGiven(file: string): Promise<Buffer> {
	try {
		return await readFile(file);
	} catch (cause) {
		const code = (cause as NodeJS.ErrnoException).code;
		const why =
			code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "is a folder" : `cannot be read (${code})`;
		throw new InputError(`${file}: ${why}`, { cause });
	}
}
