import { type Broken, findBrokenSeals, type FoundManifest, linksElsewhere } from "#core/evidence/verify-sealed.ts";
import type { EvidenceManifest } from "#contract/evidence-manifest.ts";
import { contentsName, packageFolders, readSums, sumsName } from "#contract/evidence-package.ts";
import { readManifest } from "#contract/read-manifest.ts";
import { type Digest, sha256Of } from "#platform/digest.ts";
import { InputError } from "#platform/input-error.ts";
import { type PublicKey, readPublicKey } from "#platform/signing-key.ts";
import { findBrokenSums } from "./broken-sums.ts";
import type { PackageFiles } from "./package-files.ts";
import { type NotHere, readNotHere } from "./read-not-here.ts";

/** What came of it. */
export interface Verdict extends NotHere {
	readonly place: string;
	/** The root of it first; empty: it holds. */
	readonly broken: readonly Broken[];
	/** What is no fault and ought to be known. */
	readonly notes: readonly string[];
	readonly manifests: readonly (Pick<EvidenceManifest, "edgeId" | "chainId" | "sequence" | "alertId" | "keyId"> & {
		readonly sealedAt: number;
	})[];
	/** Sealed ones that are here. */
	readonly files: number;
	readonly bytes: number;
	readonly keyFrom: "package" | "given";
}

const mostTextBytes = 200_000;

/**
 * Checks a package by what lies in it and, where it is given, by the key that the edge is known to have: without that it
 * proves that nothing was changed since it was sealed by whoever holds the package's key.
 *
 * @throws InputError where it is no package
 */
export async function verifyPackage(files: PackageFiles, given: PublicKey | null): Promise<Verdict> {
	const { place, names } = files;
	const manifestNames = names.filter((name) => name.startsWith(packageFolders.manifests) && name.endsWith(".json"));
	if (manifestNames.length === 0 && !names.includes(contentsName)) {
		throw new InputError(`${place}: holds no manifest (${packageFolders.manifests}*.json): is no package of evidence`);
	}
	const digests = new Map<string, Digest>();
	for (const name of names) digests.set(name, await files.digest(name));

	const { keys: packedKeys, broken: brokenKeys } = await readKeys(files);
	const keys = given ? [given] : packedKeys;
	const found = await Promise.all(manifestNames.map((name) => findManifest(files, name, keys)));
	const manifests = found.map(({ manifest }) => manifest);
	const sums = names.includes(sumsName) ? await readText(files, sumsName) : null;
	const listed = sums === null ? null : readSums(sums);
	const isAsListed = (name: string) => listed && listed.get(name) === digests.get(name)?.sha256;
	const fileOf = (name: string) => digests.get(packageFolders.files + name) ?? null;
	const notHere = await readNotHere(files, manifests, digests);
	const isTold = new Set([...notHere.withheld, ...notHere.absent.map(({ name }) => name)]);
	const seals = findBrokenSeals({ manifests, fileOf, isAsListed }).filter(
		({ what, name }) => what !== "file" || !isTold.has(name),
	);
	const named = new Set(manifests.flatMap(({ link }) => (link?.files ?? []).map(({ name }) => name)));
	const here = [...named].flatMap((name) => fileOf(name) ?? []);
	const isStripped = here.length === 0 && notHere.absent.length > 0 && notHere.withheld.length === 0;
	return {
		place,
		broken: [
			...brokenKeys,
			...(manifestNames.length === 0 ? [noManifest] : []),
			...(isStripped ? [noFile] : []),
			...seals.map((broken) =>
				broken.what === "file" ? { ...broken, name: packageFolders.files + broken.name } : broken,
			),
			...unnamedFiles(names, named),
			...findBrokenSums({ names, digests, sums, listed }, seals.length + brokenKeys.length === 0),
		],
		notes: notesOf(names, manifests),
		...notHere,
		manifests: found.flatMap(({ read }) => read ?? []),
		files: here.length,
		bytes: here.reduce((sum, { bytes }) => sum + bytes, 0),
		keyFrom: given ? "given" : "package",
	};
}

const noManifest: Broken = { what: "manifest", name: packageFolders.manifests, why: "there is none" };

/** Our packages have no manifest of which nothing is here. */
const noFile: Broken = { what: "file", name: packageFolders.files, why: "none of what was sealed is in it" };

async function findManifest(
	files: PackageFiles,
	name: string,
	keys: readonly PublicKey[],
): Promise<{ manifest: FoundManifest; read: EvidenceManifest | null }> {
	const signatureName = name.replace(/\.json$/, ".sig");
	const content = (await files.read(name, mostTextBytes)) ?? Buffer.alloc(0);
	const text = content.toString("utf8");
	// A byte that is no UTF-8 would read as another text.
	const read = Buffer.from(text).equals(content) ? readManifest(text) : null;
	const signature = files.names.includes(signatureName) ? await files.read(signatureName, 64) : null;
	const key = keys.find(({ id }) => id === read?.keyId);
	const signed = key ? key.signed(content, signature ?? Buffer.alloc(0)) : null;
	return { manifest: { name, signatureName, link: read, sha256: sha256Of(content), signed }, read };
}

async function readKeys(files: PackageFiles): Promise<{ keys: readonly PublicKey[]; broken: readonly Broken[] }> {
	const keys: PublicKey[] = [];
	const broken: Broken[] = [];
	for (const name of files.names.filter((each) => each.startsWith(packageFolders.keys))) {
		const key = readPublicKey((await readText(files, name)) ?? "");
		if (key && name === `${packageFolders.keys}${key.id}.pem`) keys.push(key);
		else broken.push({ what: "key", name, why: "is not the key that its name says: it was changed" });
	}
	return { keys, broken };
}

const unnamedFiles = (names: readonly string[], named: ReadonlySet<string>): readonly Broken[] =>
	names
		.filter((name) => name.startsWith(packageFolders.files) && !named.has(name.slice(packageFolders.files.length)))
		.map((name) => ({ what: "unlisted", name, why: "no manifest names it" }));

function notesOf(names: readonly string[], manifests: readonly FoundManifest[]): readonly string[] {
	const unsealed = names.filter((name) => name.startsWith(packageFolders.unsealed));
	const elsewhere = linksElsewhere(manifests);
	const masked = names.filter((name) => name.startsWith(packageFolders.masked));
	return [
		...masked.map((name) => `${name}: is a masked copy, not sealed: nothing but SHA256SUMS vouches for it`),
		...unsealed.map((name) => `${name}: is not sealed; nothing vouches for it`),
		...(elsewhere > 0 ? [`the chain has links that are not here: ${elsewhere} could not be followed`] : []),
	];
}

const readText = async (files: PackageFiles, name: string) =>
	(await files.read(name, mostTextBytes * 10))?.toString("latin1") ?? null;
