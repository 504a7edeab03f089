import { InputError } from "#platform/input-error.ts";
import type { Logger } from "#platform/log.ts";
import { findModel, modelsFolderOf } from "../models/models-folder.ts";
import { loadPlateModels, type PlateModelFiles } from "./plate-models.ts";
import { createPlateReader, type PlateReader } from "./plate-reader.ts";

/** What an edge reads plates with. Processor and memory are taken with the first picture, not before. */
export interface PlateReading {
	/** The one reader, opened when first asked for. Null: no plates are read. */
	readonly openReader: (() => Promise<PlateReader>) | null;
	/** As manifests name them. */
	readonly models: readonly { readonly name: string; readonly sha256: string }[];
	close(): Promise<void>;
}

const nothingRead: PlateReading = { openReader: null, models: [], close: () => Promise.resolve() };

/** An edge without the models watches all the same; then that is said. */
export async function plateReading({ isWanted, log }: { isWanted: boolean; log: Logger }): Promise<PlateReading> {
	if (!isWanted) return nothingRead;
	try {
		const models = await loadPlateModels();
		const named = [models.finder, models.reader].map(async ({ name }) => {
			const { weights } = await findModel(name, modelsFolderOf());
			return { name, sha256: weights.sha256 };
		});
		return { ...openedOnce(models, log), models: await Promise.all(named) };
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		log.warn({ trouble: error.message }, "no plates are read: their models are not here");
		return nothingRead;
	}
}

function openedOnce(models: PlateModelFiles, log: Logger): Pick<PlateReading, "openReader" | "close"> {
	let opening: Promise<PlateReader> | null = null;
	return {
		openReader: async () => {
			try {
				return await (opening ??= createPlateReader({ models, log }));
			} catch (error) {
				opening = null; // the next one tries again
				throw error;
			}
		},
		close: async () => (await opening?.catch(() => null))?.close(),
	};
}
