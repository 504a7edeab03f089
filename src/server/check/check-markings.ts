import { digestOfFile } from "#platform/digest.ts";
import { listMarkings, markingFile } from "../markings/markings-store.ts";
import { strayAfterMs, strayMarkings } from "../markings/stray-markings.ts";
import type { Store } from "../store/open-store.ts";

/** Photos of markings and signs: each row has its file as it was stored, and each file its row. */
export async function* brokenMarkings(store: Store, dataFolder: string): AsyncGenerator<string> {
	const markings = listMarkings(store);
	for (const { id, bytes, sha256 } of markings) {
		const file = markingFile(dataFolder, id);
		const found = await digestOfFile(file).catch(() => null);
		if (!found) yield `${file}: is missing or cannot be read`;
		else if (found.bytes !== bytes || found.sha256 !== sha256) yield `${file}: was changed`;
	}
	for (const name of [...(await strayMarkings({ store, dataFolder }, 2 * strayAfterMs))].sort()) {
		yield `${markingFile(dataFolder, name)}: no row tells of this file`;
	}
}
