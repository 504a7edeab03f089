import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { packageFolders } from "#contract/evidence-package.ts";
import { InputError } from "#platform/input-error.ts";
import { openFolder } from "./folder-files.ts";
import type { PackageFiles } from "./package-files.ts";
import { openZipFiles } from "./zip-files.ts";

/** @throws InputError for what is neither a folder, nor a zip, nor a manifest in the folder of a package */
export async function openPackage(path: string): Promise<PackageFiles> {
	const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
		const why = cause.code === "ENOENT" ? "there is no such file or folder" : `cannot be read (${cause.code})`;
		throw new InputError(`${path}: ${why}`, { cause });
	});
	if (found.isDirectory()) return openFolder(path);
	if (!found.isFile()) throw new InputError(`${path}: is neither a file nor a folder`);
	return path.endsWith(".json") ? openManifest(path) : openZipFiles(path);
}

/** One manifest with what it seals; the rest of its package is left aside. */
async function openManifest(path: string): Promise<PackageFiles> {
	const folder = dirname(resolve(path));
	if (`${basename(folder)}/` !== packageFolders.manifests) {
		throw new InputError(
			`${path}: a manifest is verified in its package, where it lies in ${packageFolders.manifests}`,
		);
	}
	const files = await openFolder(dirname(folder));
	const own = `${packageFolders.manifests}${basename(path, ".json")}`;
	const text = (await files.read(`${own}.json`, 200_000))?.toString("utf8") ?? "";
	const belongs = (name: string) => {
		if (name.startsWith(packageFolders.files))
			return text.includes(JSON.stringify(name.slice(packageFolders.files.length)));
		return name === `${own}.json` || name === `${own}.sig` || name.startsWith(packageFolders.keys);
	};
	return { ...files, place: path, names: files.names.filter(belongs) };
}
