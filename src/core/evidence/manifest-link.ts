/** What the rules of sealing need to know of a manifest; `src/contract/evidence-manifest.ts` has all of it. */
export interface ManifestLink {
	readonly edgeId: string;
	/** SHA-256 of the public key (DER, SPKI) that its signature is checked with, hexadecimal. */
	readonly keyId: string;
	/** Of the chain that it is a link of: an edge begins another one where it has lost its database. */
	readonly chainId: string;
	/** 1 for the first of its chain, and one more for each that follows. */
	readonly sequence: number;
	/** SHA-256 of the bytes of the manifest before it, hexadecimal; null for the first of its chain. */
	readonly previous: string | null;
	readonly files: readonly SealedFile[];
}

export interface SealedFile {
	/** A plain file name: no folder, no blank. */
	readonly name: string;
	readonly bytes: number;
	/** Hexadecimal, lower case. */
	readonly sha256: string;
}

/** The last link of a chain: what the next one is put to. */
export interface ChainHead {
	readonly sequence: number;
	/** Of the manifest's bytes. */
	readonly sha256: string;
}

/** Where the next manifest of a chain stands. `head`: null before the first. */
export const nextLink = (head: ChainHead | null): Pick<ManifestLink, "sequence" | "previous"> =>
	head ? { sequence: head.sequence + 1, previous: head.sha256 } : { sequence: 1, previous: null };

/** Whether `link` may follow `before`, the manifest of the sequence before its own; null: it must be the first. */
export function follows(link: Pick<ManifestLink, "sequence" | "previous">, before: ChainHead | null): boolean {
	const next = nextLink(before);
	return link.sequence === next.sequence && link.previous === next.previous;
}

/** One chain has one name: links of the same edge, key and chain belong together. */
export const chainNameOf = ({ edgeId, keyId, chainId }: Pick<ManifestLink, "edgeId" | "keyId" | "chainId">) =>
	`${edgeId}/${chainId}/${keyId}`;

/** Same facts, same order, same bytes: by name, by UTF-16 code units. */
export const inManifestOrder = <T extends { readonly name: string }>(files: readonly T[]): readonly T[] =>
	[...files].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
