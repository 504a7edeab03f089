import { Command } from "commander";
import { shutdownSignal } from "#platform/shutdown.ts";
import { addModel } from "../../edge/models/add-model.ts";
import { addedFamilies } from "../../edge/models/describe-model.ts";
import { knownModels, modelsFolderOf, weightsFileOf } from "../../edge/models/models-folder.ts";
import { neededModels } from "../../edge/models/needed-models.ts";
import { isRight, megabytes, pullModel } from "../../edge/models/pull-model.ts";
import { progressLine } from "./progress-line.ts";

const folderNote = "\nWeights lie in models/cache of the repository, or where KEEPCLEAR_MODELS says.";

export function registerModels(program: Command): void {
	const models = new Command("models").description(
		"the models that see vehicles and plates: what there is, fetch one, add your own",
	);
	models.addCommand(listCommand()).addCommand(pullCommand()).addCommand(addCommand()).addHelpText("after", folderNote);
	for (const each of [models, ...models.commands]) each.copyInheritedSettings(program);
	program.addCommand(models);
}

const listCommand = () =>
	new Command("list")
		.description("source, licence, sha256 and size of each model, and whether it is here")
		.option("--json", "one JSON object a line")
		.action(async ({ json = false }: { json?: boolean }) => {
			const folder = modelsFolderOf();
			const { models } = await knownModels(folder);
			const needed = await neededModels(folder);
			for (const model of models) {
				const file = weightsFileOf(folder, model);
				const entry = { ...model, isDefault: needed.includes(model.name), here: await isRight(file, model), file };
				console.log(json ? JSON.stringify(entry) : describe(entry));
			}
		});

const pullCommand = () =>
	new Command("pull")
		.description("fetch a model's weights by npm, check them and make them ready; quick when they are there")
		.argument("[name]", "as `models list` shows it; without it, all that Keepclear needs")
		.action(async (name?: string) => {
			const modelsFolder = modelsFolderOf();
			const progress = progressLine(process.stderr);
			try {
				const signal = shutdownSignal();
				for (const each of name === undefined ? await neededModels(modelsFolder) : [name])
					await pullModel(each, {
						modelsFolder,
						signal,
						say: progress.say,
						onProgress: (bytes, ofBytes) => progress.show(`  ${megabytes(bytes)} of ${megabytes(ofBytes)}`),
					});
			} finally {
				progress.end();
			}
		});

const addCommand = () =>
	new Command("add")
		.description("add a model from an ONNX file of your own; one that Keepclear knows is told by its sha256")
		.argument("<file>", "the ONNX file; it is copied")
		.option("--name <name>", "what to call it")
		.option("--family <family>", `what its numbers mean: ${addedFamilies.join(", ")}`)
		.option("--licence <name>", "under which licence you have it, an SPDX name")
		.option("--labels <file>", "class names, one a line, in the model's order; otherwise the file's own, or COCO's 80")
		.option("--max-side <pixels>", "longest side of its input where the file leaves that open (640)")
		.option("--normalisation <how>", "unit (0..1), raw (0..255) or imagenet; otherwise as usual in its family")
		.option("--colour <order>", "rgb or bgr; otherwise as usual in its family")
		.option("--scores <kind>", "detr alone: softmax (DETR) or sigmoid (RT-DETR); otherwise told by its classes")
		.action(async (file: string, options: Record<string, string>) => {
			const model = await addModel(file, options, modelsFolderOf());
			process.stderr.write(`${model.name} is ready: ${model.licence.spdx}, ${model.spec.family}\n`);
		});

type Listed = Awaited<ReturnType<typeof knownModels>>["models"][number] & {
	isDefault: boolean;
	here: boolean;
	file: string;
};

const describe = (model: Listed): string =>
	[
		`${model.name}${model.isDefault ? " (default)" : ""}: ${model.title}`,
		`  here:     ${model.here ? `yes, ${model.file}` : "no"}`,
		`  licence:  ${model.licence.spdx}: ${model.licence.means}`,
		`  source:   ${describeSource(model)}`,
		`  size:     ${megabytes(model.weights.bytes)}`,
		`  sha256:   ${model.weights.sha256}`,
		...Object.entries(model.measured).map(([what, value]) => `  measured: ${what}: ${value}`),
	].join("\n");

function describeSource({ source }: Listed): string {
	switch (source.kind) {
		case "npm":
			return `npm package ${source.package}@${source.version}, ${source.path} (${megabytes(source.tarballBytes)} to fetch)`;
		case "url":
			return source.url;
		case "file":
			return `you bring it: ${source.origin}`;
	}
}
