import type { Command } from "commander";
import type { PlateRead } from "#core/plates/plate-read.ts";
import { noPlate } from "#core/plates/characters.ts";
import { provinceOf } from "#core/plates/plate-text.ts";
import { InputError } from "#platform/input-error.ts";
import { createLog } from "#platform/log.ts";
import { loadModel } from "../../edge/detect/model-store.ts";
import { createOnnxDetector, type OnnxDetector } from "../../edge/detect/onnx-detector.ts";
import { openPhoto } from "../../edge/plates/open-photo.ts";
import { loadPlateModels } from "../../edge/plates/plate-models.ts";
import { createPlateReader } from "../../edge/plates/plate-reader.ts";
import { readPhoto } from "../../edge/plates/read-photo.ts";

interface Options {
	readonly json?: true;
	readonly finder?: string;
}

export function registerPlates(program: Command): void {
	program
		.command("plates")
		.description("find and read number plates on photos of a place or of one vehicle, the best first")
		.argument("<image...>", "JPEG, PNG, WebP, …")
		.option("--json", "one JSON object a line, one for each photo")
		.option(
			"--finder <name>",
			"which model finds the plates, as `models list` shows it; otherwise the best that is here",
		)
		.addHelpText(
			"after",
			"\nA read is a proposal until a person confirms it. Plates are personal data: mind where the output goes.",
		)
		.action(runPlates);
}

async function runPlates(images: readonly string[], { json, finder }: Options): Promise<void> {
	const log = createLog("plates", process.env["KEEPCLEAR_LOG_LEVEL"] ?? "warn");
	const reader = await createPlateReader({ models: await loadPlateModels(finder ? { finder } : {}), log });
	let detector: Promise<OnnxDetector> | undefined;
	const problems: string[] = [];
	try {
		for (const file of images) {
			try {
				const photo = await openPhoto(file);
				if (photo.isDamaged)
					process.stderr.write(`${file}: is cut short or damaged; what is left of it is looked at\n`);
				const plates = await readPhoto(photo, {
					reader,
					detector: () => (detector ??= loadModel().then((model) => createOnnxDetector({ model, log, workers: 1 }))),
				});
				console.log(json ? JSON.stringify({ file, plates: plates.map(plain) }) : describe(file, plates));
			} catch (error) {
				if (!(error instanceof InputError)) throw error;
				problems.push(...error.problems);
			}
		}
	} finally {
		await reader.close();
		await (await detector?.catch(() => undefined))?.close();
	}
	if (problems.length > 0) throw new InputError([...new Set(problems)]);
}

/** As a program reads it: the box is [x1, y1, x2, y2], 0..1 of the photo. */
function plain({ text, plateClass, colour, confidence, characters, sharpness, widthPx, rows, box }: PlateRead) {
	return {
		text,
		color: colour,
		class: plateClass,
		province: provinceOf(text),
		confidence: rounded(confidence),
		characters: characters.map(({ char, confidence: sure }) => ({ char, confidence: rounded(sure) })),
		sharpness: rounded(sharpness),
		widthPx: Math.round(widthPx),
		rows,
		box: [box.x1, box.y1, box.x2, box.y2].map((each) => Math.round(each * 1e4) / 1e4),
	};
}

function describe(file: string, plates: readonly PlateRead[]): string {
	const lines = plates.map(({ text, plateClass, colour, confidence, widthPx }) =>
		[`  ${text}`, `${(confidence * 100).toFixed(0)} %`, colour, plateClass, `${Math.round(widthPx)} px wide`].join(
			"  ",
		),
	);
	return [`${file}:`, ...(lines.length > 0 ? lines : [`  ${noPlate}`])].join("\n");
}

const rounded = (share: number) => Math.round(share * 1000) / 1000;
