import { markingFile } from "../markings/markings-store.ts";
import { strayMarkings } from "../markings/stray-markings.ts";
import { strayAfterMs } from "../pictures/stray-files.ts";
import type { Store } from "../store/open-store.ts";

/** Photos of markings and signs: each file has its row. */
export async function* strayMarkingFiles(store: Store, dataFolder: string): AsyncGenerator<string> {
	for (const name of [...(await strayMarkings({ store, dataFolder }, 2 * strayAfterMs))].sort()) {
		yield `${markingFile(dataFolder, name)}: no row tells of this file`;
	}
}
