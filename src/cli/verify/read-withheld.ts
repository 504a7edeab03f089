import type { FoundManifest } from "#core/evidence/verify-sealed.ts";
import { contentsName, packageFolders } from "#contract/evidence-package.ts";
import { maskedContentsSchema } from "#contract/masked-package.ts";
import type { Digest } from "#platform/digest.ts";
import type { PackageFiles } from "./package-files.ts";

const mostContentsBytes = 2_000_000;

/**
 * Files that manifests name and that are not here, where the package itself says that they stay with the site, and by the
 * very hash that was sealed. One that is here is checked as any other is.
 */
export async function readWithheld(
	files: PackageFiles,
	manifests: readonly FoundManifest[],
	digests: ReadonlyMap<string, Digest>,
): Promise<readonly string[]> {
	const said = maskedContentsSchema.safeParse(await readContents(files));
	if (!said.success) return [];
	const sha256Of = new Map(said.data.withheld.map(({ name, sha256 }) => [name, sha256]));
	const sealed = manifests.flatMap(({ link }) => link?.files ?? []);
	return sealed
		.filter(({ name, sha256 }) => sha256Of.get(name) === sha256 && !digests.has(packageFolders.files + name))
		.map(({ name }) => name);
}

/** Also where one manifest alone is looked at, which leaves it aside. Null where there is none, or none that can be read. */
async function readContents(files: PackageFiles): Promise<unknown> {
	try {
		return JSON.parse((await files.read(contentsName, mostContentsBytes))?.toString("utf8") ?? "");
	} catch {
		return null;
	}
}
