/**
 * A package of evidence, as a folder or a zip; what `keepclear verify` takes.
 *
 *     manifests/<chain>.<sequence>.json    the manifest, byte for byte what was signed
 *     manifests/<chain>.<sequence>.sig     its signature, 64 bytes
 *     keys/<key id>.pem                    the public keys that they are checked with
 *     files/<name>                         what manifests name
 *     unsealed/<name>                      evidence from before there were seals: nothing vouches for it
 *     contents.json                        of which alert it is, when it was made and by whom
 *     VERIFY.txt                           how to check it by plain tools
 *     SHA256SUMS                           every other file, in the form of sha256sum
 *
 * One for others than the authority has masked copies instead of `files/`: see masked-package.ts. A transfer package
 * (线索移交包) has beside them:
 *
 *     letter.pdf, clue.json                the letter, and its facts as GA/T 1400 writes them
 *     composite.jpg                        the photos of the letter in one picture
 *     markings/<id>.jpg                    the lane's published marking and sign
 *     ORIGINALS.sha256                     manifests and what they name; its own hash is printed in the letter
 *     HOW-TO-VERIFY.txt                    the same in plain words
 *
 * Others may lie beside them: SHA256SUMS speaks of all.
 */
export const packageFormat = "keepclear-evidence-package";

export const packageFolders = {
	manifests: "manifests/",
	keys: "keys/",
	files: "files/",
	unsealed: "unsealed/",
	markings: "markings/",
	masked: "masked/",
} as const;
export const sumsName = "SHA256SUMS";
export const contentsName = "contents.json";
export const originalsName = "ORIGINALS.sha256";

/** How a manifest is called in a package, without its ending. */
export const packedManifestName = ({ chainId, sequence }: { readonly chainId: string; readonly sequence: number }) =>
	`${packageFolders.manifests}${chainId}.${String(sequence).padStart(8, "0")}`;

/** The text of SHA256SUMS: one form alone, so that any other is a change. */
export const writeSums = (sums: readonly { readonly name: string; readonly sha256: string }[]) =>
	[...sums]
		.sort((a, b) => (a.name < b.name ? -1 : 1))
		.map(({ name, sha256 }) => `${sha256}  ${name}\n`)
		.join("");

/** By name; null for a text that `writeSums` would not write. */
export function readSums(text: string): ReadonlyMap<string, string> | null {
	const sums = text
		.split("\n")
		.slice(0, -1)
		.map((line) => ({ sha256: line.slice(0, 64), name: line.slice(66) }));
	const isRight = sums.every(({ sha256, name }) => /^[0-9a-f]{64}$/.test(sha256) && name !== "");
	if (!isRight || writeSums(sums) !== text) return null;
	return new Map(sums.map(({ name, sha256 }) => [name, sha256]));
}
