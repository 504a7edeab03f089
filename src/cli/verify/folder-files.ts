import { lstat, readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { digestOfFile } from "#platform/digest.ts";
import { InputError } from "#platform/input-error.ts";
import type { PackageFiles } from "./package-files.ts";

const mostFiles = 10_000;

/** @throws InputError for a folder with links in it, or with more than a package ever has */
export async function openFolder(folder: string): Promise<PackageFiles> {
	const names: string[] = [];
	for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
		const name = relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/");
		if (entry.isDirectory()) continue;
		if (!entry.isFile()) throw new InputError(`${folder}: ${name}: is no plain file: a package has no links`);
		if (names.push(name) > mostFiles) throw new InputError(`${folder}: holds more than ${mostFiles} files`);
	}
	const pathOf = (name: string) => join(folder, ...name.split("/"));
	return {
		place: folder,
		names: names.sort(),
		read: async (name, mostBytes) => {
			const { size } = await lstat(pathOf(name));
			return size > mostBytes ? null : readFile(pathOf(name));
		},
		digest: (name) => digestOfFile(pathOf(name)),
	};
}
