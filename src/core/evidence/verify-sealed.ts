import { chainNameOf, follows, type ManifestLink } from "./manifest-link.ts";

/** One manifest as it was found. */
export interface FoundManifest {
	/** What it is called where it was found. */
	readonly name: string;
	readonly signatureName: string;
	/** What its bytes say; null where they are no manifest in canonical form. */
	readonly link: ManifestLink | null;
	/** SHA-256 of its bytes. */
	readonly sha256: string;
	/** Whether the signature is the named key's, over these bytes; null where that key is not there. */
	readonly signed: boolean | null;
}

/** One file as it was found; null: it is not there. */
export type FoundFile = { readonly bytes: number; readonly sha256: string } | null;

export interface FoundEvidence {
	readonly manifests: readonly FoundManifest[];
	/** By the names that manifests use. */
	readonly fileOf: (name: string) => FoundFile;
	/** What stands in the list of all sums, where there is one: tells a changed signature from a changed manifest. */
	readonly isAsListed?: (name: string) => boolean | null;
}

/** What does not hold. `name`: of the file in which it shows. */
export interface Broken {
	readonly what: "manifest" | "signature" | "key" | "chain" | "file" | "sums" | "unlisted";
	readonly name: string;
	/** One sentence. */
	readonly why: string;
}

/**
 * All that is broken of sealed evidence, the root of it first: manifests that are no manifests, keys that are missing,
 * signatures, the chain, then the files. Knows nothing of how bytes are read, hashed or signed.
 */
export function findBrokenSeals({ manifests, fileOf, isAsListed }: FoundEvidence): readonly Broken[] {
	return [
		...manifests.flatMap((manifest) => brokenSeal(manifest, isAsListed)),
		...brokenChains(manifests),
		...brokenFiles(manifests, fileOf),
	];
}

/** How many links before a given one are elsewhere, so that `previous` cannot be checked here. */
export function linksElsewhere(manifests: readonly FoundManifest[]): number {
	return chainsOf(manifests)
		.flatMap((chain) => chain.map(({ link }, at) => link.sequence - (chain[at - 1]?.link.sequence ?? 0) - 1))
		.filter((missing) => missing > 0).length;
}

function brokenSeal(manifest: FoundManifest, isAsListed: FoundEvidence["isAsListed"]): readonly Broken[] {
	const { name, signatureName, link, signed } = manifest;
	if (link === null) return [{ what: "manifest", name, why: "is not a manifest in canonical form: it was changed" }];
	if (signed === null) {
		return [{ what: "key", name, why: `is signed with the key ${link.keyId}, which is not there` }];
	}
	if (signed) return [];
	const onlySignatureChanged = isAsListed?.(signatureName) === false && isAsListed(name) === true;
	return onlySignatureChanged
		? [{ what: "signature", name: signatureName, why: `is not the signature of ${name}: it was changed` }]
		: [{ what: "manifest", name, why: `does not fit its signature ${signatureName}: one of the two was changed` }];
}

type Readable = FoundManifest & { readonly link: ManifestLink };

/** A link whose own seal is broken is told once, by that; its neighbours are not blamed for it. */
function brokenChains(manifests: readonly FoundManifest[]): readonly Broken[] {
	return chainsOf(manifests).flatMap((chain) =>
		chain.flatMap((manifest, at): readonly Broken[] => {
			const { name, link } = manifest;
			const before = chain[at - 1];
			if (before?.link.sequence === link.sequence) {
				const why = `has the place ${link.sequence} in the chain of ${link.edgeId}, which ${before.name} has too`;
				return before.sha256 === manifest.sha256 ? [] : [{ what: "chain", name, why }];
			}
			const isNext = before ? before.link.sequence + 1 === link.sequence : link.sequence === 1;
			if (!isNext || before?.signed === false || manifest.signed === false) return [];
			if (follows(link, before ? { sequence: before.link.sequence, sha256: before.sha256 } : null)) return [];
			const why = before
				? `does not follow ${before.name}: the chain is broken`
				: "is a first link and names one before it";
			return [{ what: "chain", name, why }];
		}),
	);
}

function chainsOf(manifests: readonly FoundManifest[]): readonly (readonly Readable[])[] {
	const chains = new Map<string, Readable[]>();
	for (const manifest of manifests) {
		if (!manifest.link) continue;
		const name = chainNameOf(manifest.link);
		chains.set(name, [...(chains.get(name) ?? []), { ...manifest, link: manifest.link }]);
	}
	return [...chains.values()].map((chain) => chain.sort((a, b) => a.link.sequence - b.link.sequence));
}

function brokenFiles(manifests: readonly FoundManifest[], fileOf: FoundEvidence["fileOf"]): readonly Broken[] {
	return manifests.flatMap(({ name: manifest, link }) =>
		(link?.files ?? []).flatMap(({ name, bytes, sha256 }): readonly Broken[] => {
			const found = fileOf(name);
			const told = (why: string): readonly Broken[] => [{ what: "file", name, why: `${why} (${manifest})` }];
			if (!found) return told("is missing");
			if (found.bytes !== bytes) return told(`has ${found.bytes} bytes instead of ${bytes}`);
			return found.sha256 === sha256 ? [] : told("was changed: its SHA-256 is not the sealed one");
		}),
	);
}
