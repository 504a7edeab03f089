import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { writeAtomically } from "#platform/write-atomically.ts";
import type { KeptFile } from "../store/evidence-jobs.ts";

/** Where stills and clips lie until the server has them. Files are there whole and fsynced, or not at all. */
export class EvidenceFolder {
	readonly path: string;

	constructor(path: string) {
		this.path = path;
	}

	async keep(file: string, content: Uint8Array): Promise<KeptFile> {
		await mkdir(this.path, { recursive: true, mode: 0o700 });
		await writeAtomically(this.fileOf(file), content);
		return { file, bytes: content.byteLength, sha256: createHash("sha256").update(content).digest("hex") };
	}

	/** Size and sha256 of a file that lies there already. */
	async describe(file: string): Promise<KeptFile> {
		const hash = createHash("sha256");
		await pipeline(createReadStream(this.fileOf(file)), hash);
		return { file, bytes: (await stat(this.fileOf(file))).size, sha256: hash.digest("hex") };
	}

	/** Also where it is gone already; a file that cannot be removed now is swept at the next start. */
	async remove(file: string): Promise<void> {
		await rm(this.fileOf(file), { force: true }).catch(() => undefined);
	}

	/** Removes what a crash left behind: files that no row speaks of. Only before anything else writes here. */
	async sweep(known: ReadonlySet<string>): Promise<number> {
		const files = await readdir(this.path).catch((error: NodeJS.ErrnoException) => {
			if (error.code === "ENOENT") return [];
			throw error;
		});
		const stray = files.filter((file) => !known.has(file));
		for (const file of stray) await rm(this.fileOf(file), { force: true, recursive: true });
		return stray.length;
	}

	fileOf(file: string): string {
		return join(this.path, file);
	}
}
