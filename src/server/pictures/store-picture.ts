import { basename, dirname } from "node:path";
import { sha256Of } from "#platform/digest.ts";
import { writeAtomically } from "#platform/write-atomically.ts";
import { refuseWhenFull } from "../evidence/refuse-when-full.ts";
import { makeFolderDurably } from "../evidence/evidence-files.ts";
import type { ServerParts } from "../server-parts.ts";

/** As `readMarkingPicture` and its like read it. */
interface ReadPicture {
	/** JPEG. */
	readonly content: Buffer;
	readonly widthPx: number;
	readonly heightPx: number;
}

/**
 * Lies whole on the disk afterwards, so that there may be a row. Answers what a row says of it.
 *
 * @param file `<data folder>/<area>/<id>`
 * @throws ApiError 507 where the disk has little room
 */
export async function storePicture(
	config: ServerParts["config"],
	file: string,
	{ content, widthPx, heightPx }: ReadPicture,
): Promise<{ bytes: number; widthPx: number; heightPx: number; sha256: string }> {
	await refuseWhenFull(config, content.length);
	await makeFolderDurably(config.dataFolder, basename(dirname(file)));
	await writeAtomically(file, content);
	return { bytes: content.length, widthPx, heightPx, sha256: sha256Of(content) };
}
