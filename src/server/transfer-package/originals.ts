import type { EvidenceKind } from "#contract/evidence-kinds.ts";
import { packageFolders } from "#contract/evidence-package.ts";
import type { PackedEvidence } from "../evidence-package/pack-evidence.ts";
import type { TransferFacts } from "../transfers/transfer-facts.ts";

/** The order in which the letter lists them: where there is no room for all, the last are left to the list. */
const byWeight: readonly EvidenceKind[] = [
	...(["panorama_entry", "panorama_confirmed", "plate", "panorama_cleared", "reference", "outline", "clip"] as const),
	...(["overlay", "still_entry", "still_raised"] as const),
];

/** Everything that was sealed, and the signed lists that seal it. */
export function originalsOf(
	{ alert }: TransferFacts,
	{ files }: Pick<PackedEvidence, "files">,
): readonly { readonly name: string; readonly sha256: string }[] {
	const kindOf = new Map(alert.evidence.map(({ id, kind }) => [id, kind]));
	const weightOf = (name: string) => {
		if (name.startsWith(packageFolders.manifests)) return byWeight.indexOf("overlay") - 0.5;
		const kind = kindOf.get(name.slice(packageFolders.files.length).replace(/\.[^.]+$/, ""));
		return kind ? byWeight.indexOf(kind) : byWeight.length;
	};
	return files
		.filter(({ name }) => !name.startsWith(packageFolders.keys))
		.map(({ name, sha256 }) => ({ name, sha256 }))
		.sort((a, b) => weightOf(a.name) - weightOf(b.name) || (a.name < b.name ? -1 : 1));
}
