import { digestOfStream } from "#platform/digest.ts";
import { openZip, ZipDamage, type ZipEntry } from "#platform/zip/read-zip.ts";
import { type PackageFiles, unreadable } from "./package-files.ts";

/** @throws InputError for what is no zip, or one that no package is */
export async function openZipFiles(file: string): Promise<PackageFiles> {
	const zip = await openZip(file);
	const outer = outerFolder(zip.entries.map(({ name }) => name));
	const entries = new Map(zip.entries.map((entry) => [entry.name.slice(outer.length), entry]));
	const entryOf = (name: string): ZipEntry => {
		const entry = entries.get(name);
		if (!entry) throw new Error(`${file}: there is no ${name}`);
		return entry;
	};
	return {
		place: file,
		names: [...entries.keys()].sort(),
		read: (name, mostBytes) => readWhole(zip.read(entryOf(name).name), entryOf(name), mostBytes),
		digest: (name) => digestOfStream(zip.read(entryOf(name).name)).catch(unreadableWhereDamaged),
	};
}

/** Who zips the folder of a package gets it one folder deeper. */
function outerFolder(names: readonly string[]): string {
	const first = `${names[0]?.split("/", 1)[0] ?? ""}/`;
	return names.length > 0 &&
		names.every((name) => name.startsWith(first)) &&
		names.some((name) => isOfPackage(name, first))
		? first
		: "";
}

const isOfPackage = (name: string, outer: string) => name.startsWith("manifests/", outer.length);

async function readWhole(
	stream: AsyncIterable<Uint8Array>,
	entry: ZipEntry,
	mostBytes: number,
): Promise<Buffer | null> {
	if (entry.bytes > mostBytes) return null;
	const chunks: Uint8Array[] = [];
	try {
		for await (const chunk of stream) chunks.push(chunk);
	} catch (error) {
		if (error instanceof ZipDamage) return null;
		throw error;
	}
	return Buffer.concat(chunks);
}

function unreadableWhereDamaged(error: unknown) {
	if (error instanceof ZipDamage) return unreadable;
	throw error;
}
