import type { FoundManifest } from "#core/evidence/verify-sealed.ts";
import { type Absent, absentContentsSchema } from "#contract/absent-files.ts";
import { contentsName, packageFolders } from "#contract/evidence-package.ts";
import { maskedContentsSchema } from "#contract/masked-package.ts";
import type { Digest } from "#platform/digest.ts";
import type { PackageFiles } from "./package-files.ts";

const mostContentsBytes = 2_000_000;

/** Files that manifests name and that are not here, by the package's own word. */
export interface NotHere {
	/** They stay with the site. */
	readonly withheld: readonly string[];
	/** The site does not have them either. */
	readonly absent: readonly Pick<Absent, "name" | "why">[];
}

/** What is said counts by the very hash that was sealed alone; a file that is here is checked as any other is. */
export async function readNotHere(
	files: PackageFiles,
	manifests: readonly FoundManifest[],
	digests: ReadonlyMap<string, Digest>,
): Promise<NotHere> {
	const said = await readContents(files);
	const keyOf = ({ name, sha256 }: Pick<Absent, "name" | "sha256">) => `${sha256} ${name}`;
	const sealed = new Set(manifests.flatMap(({ link }) => link?.files ?? []).map(keyOf));
	const isOf = (file: Pick<Absent, "name" | "sha256">) =>
		sealed.has(keyOf(file)) && !digests.has(packageFolders.files + file.name);
	const withheld = maskedContentsSchema.safeParse(said).data?.withheld ?? [];
	const absent = absentContentsSchema.safeParse(said).data?.absent ?? [];
	return {
		withheld: [...new Set(withheld.filter(isOf).map(({ name }) => name))],
		absent: [...new Map(absent.filter(isOf).map(({ name, why }) => [name, { name, why }])).values()],
	};
}

/** Also where one manifest alone is looked at, which leaves it aside. Null where there is none, or none that can be read. */
async function readContents(files: PackageFiles): Promise<unknown> {
	try {
		return JSON.parse((await files.read(contentsName, mostContentsBytes))?.toString("utf8") ?? "");
	} catch {
		return null;
	}
}
