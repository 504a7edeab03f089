import { digestOfFile } from "#platform/digest.ts";
import { listPhotos, photoFile } from "../guard/photos-store.ts";
import type { Store } from "../store/open-store.ts";

/** Each photo from the spot lies there as it was stored. */
export async function* brokenHandlingPhotos(store: Store, dataFolder: string): AsyncGenerator<string> {
	for (const { id, bytes, sha256 } of listPhotos(store)) {
		const file = photoFile(dataFolder, id);
		const found = await digestOfFile(file).catch(() => null);
		if (!found) yield `${file}: is missing or cannot be read`;
		else if (found.bytes !== bytes || found.sha256 !== sha256) yield `${file}: was changed`;
	}
}
