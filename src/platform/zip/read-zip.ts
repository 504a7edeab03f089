import { type Entry, openPromise, type ZipFile } from "yauzl";
import { InputError } from "../input-error.ts";
import { refuseEntry, refuseTogether, zipLimits } from "./zip-limits.ts";

/** What lies in a zip is not what the zip says of it. */
export class ZipDamage extends Error {
	override readonly name = "ZipDamage";
}

export interface ZipEntry {
	readonly name: string;
	/** Unpacked. */
	readonly bytes: number;
}

/** A zip that lies on disk: what is in it, and each file as a stream. Nothing of it is ever written anywhere. */
export interface OpenZip {
	readonly entries: readonly ZipEntry[];
	/** @throws ZipDamage where the zip is damaged there, or holds more than it says */
	read(name: string): AsyncIterable<Uint8Array>;
}

/** @throws InputError for what is no zip, or one that no package is (see zip-limits.ts). */
export async function openZip(file: string): Promise<OpenZip> {
	// The directory is read once here; each reading opens the file anew, so that nobody has to close anything.
	const entries = await readDirectory(file).catch((cause: unknown) => {
		if (cause instanceof InputError || isOfSystem(cause)) throw cause;
		const why = cause instanceof Error ? `: ${cause.message}` : "";
		throw new InputError(`${file}: is no zip, no whole one, or none of a package${why}`, { cause });
	});
	refuseTogether(entries, file);
	const byName = new Map(entries.map((entry) => [entry.fileName, entry]));
	return {
		entries: entries.map(({ fileName, uncompressedSize }) => ({ name: fileName, bytes: uncompressedSize })),
		read: (name) => readEntry(file, byName.get(name)),
	};
}

async function readDirectory(file: string): Promise<Entry[]> {
	const zip = await open(file);
	try {
		if (zip.entryCount > zipLimits.entries) throw new InputError(`${file}: holds more than ${zipLimits.entries} files`);
		const entries: Entry[] = [];
		for await (const entry of zip.eachEntry()) {
			refuseEntry(entry, file);
			if (!entry.fileName.endsWith("/")) entries.push(entry);
		}
		return entries;
	} finally {
		zip.close();
	}
}

async function* readEntry(file: string, entry: Entry | undefined): AsyncGenerator<Uint8Array> {
	if (!entry) throw new Error(`${file}: has no such file`);
	const zip = await open(file);
	try {
		const header = await zip.readLocalFileHeaderPromise(entry);
		// Some readers go by the name before the file, others by the one in the directory.
		if (!header.fileName.equals(entry.fileNameRaw)) throw new Error("has two names");
		yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Uint8Array>;
	} catch (cause) {
		if (isOfSystem(cause)) throw cause;
		throw new ZipDamage(`${entry.fileName}: is damaged`, { cause });
	} finally {
		zip.close();
	}
}

const open = (file: string): Promise<ZipFile> =>
	openPromise(file, { autoClose: false, lazyEntries: true, strictFileNames: true });

/** Of the disk or the system, not of the zip; what inflating finds has a code of zlib's. */
const isOfSystem = (error: unknown) => error instanceof Error && "syscall" in error;
