import { join } from "node:path";
import { digestOfFile } from "#platform/digest.ts";
import type { PromisedFile } from "./promised-files.ts";

/** Each file lies there as it was stored. */
export async function* brokenFiles(files: Iterable<PromisedFile>, folder: string): AsyncGenerator<string> {
	for (const promised of files) {
		const why = await brokenFile(promised, folder);
		if (why !== null) yield `${join(folder, promised.name)}: ${why}`;
	}
}

/** What is wrong with it; null where it is as promised. */
export async function brokenFile({ name, bytes, sha256 }: PromisedFile, folder: string): Promise<string | null> {
	const found = await digestOfFile(join(folder, name)).catch((error: NodeJS.ErrnoException) => error);
	if (found instanceof Error) return found.code === "ENOENT" ? "is missing" : `cannot be read (${found.code})`;
	if (found.bytes !== bytes) return `has ${found.bytes} bytes instead of ${bytes}`;
	return found.sha256 === sha256 ? null : "was changed";
}
