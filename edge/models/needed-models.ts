import { type KnownModels, knownModels } from "./models-folder.ts";

/** What the programs need and can be fetched: the detector, and what finds and reads plates. */
export async function neededModels(folder: string): Promise<string[]> {
	const known = await knownModels(folder);
	return [known.defaultName, defaultFinder(known), known.plates.reader];
}

/** The first finder that nobody has to bring. */
export function defaultFinder({ models, plates }: KnownModels): string {
	const canBeFetched = (name: string) => models.some((each) => each.name === name && each.source.kind !== "file");
	return plates.finders.find(canBeFetched) ?? plates.reader;
}
