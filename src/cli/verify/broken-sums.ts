import type { Broken } from "#core/evidence/verify-sealed.ts";
import { contentsName, packageFolders, sumsName } from "#contract/evidence-package.ts";
import type { Digest } from "#platform/digest.ts";

/**
 * What SHA256SUMS and the files do not agree on. Where everything sealed holds, a line about a sealed file that does not
 * fit is the list's own fault; otherwise the file is named.
 */
export function findBrokenSums(
	{
		names,
		digests,
		sums,
		listed,
	}: {
		readonly names: readonly string[];
		readonly digests: ReadonlyMap<string, Digest>;
		readonly sums: string | null;
		readonly listed: ReadonlyMap<string, string> | null;
	},
	sealsHold: boolean,
): readonly Broken[] {
	const broken = (name: string, why: string): Broken => ({ what: "sums", name, why });
	if (sums === null) {
		return names.includes(contentsName) ? [broken(sumsName, "is missing, or cannot be read")] : [];
	}
	if (!listed) return [broken(sumsName, "is not in its form: it was changed")];
	const others = names.filter((name) => name !== sumsName);
	return [
		...others.filter((name) => !listed.has(name)).map((name) => broken(name, `is not listed in ${sumsName}`)),
		...[...listed].flatMap(([name, sha256]) => {
			const found = digests.get(name);
			if (!found) return [broken(name, `is listed in ${sumsName} and is not there`)];
			if (found.sha256 === sha256) return [];
			return sealsHold && isSealed(name)
				? [broken(sumsName, `was changed: ${name} is as it was sealed, and not as it is listed`)]
				: [broken(name, `was changed: it is not as ${sumsName} lists it`)];
		}),
	];
}

const isSealed = (name: string) =>
	[packageFolders.files, packageFolders.manifests, packageFolders.keys].some((folder) => name.startsWith(folder));
