import { InputError } from "../input-error.ts";

/** A file as the zip's central directory tells of it. */
export interface ZipEntry {
	readonly name: string;
	/** Where its local header begins. */
	readonly offset: number;
	readonly storedBytes: number;
	readonly bytes: number;
	readonly crc32: number;
	readonly isDeflated: boolean;
}

/** What a zip may be, so that whoever sends us one cannot fill our memory, our disk or our day. */
export const zipLimits = {
	entries: 10_000,
	directoryBytes: 4_000_000,
	bytes: 16_000_000_000,
	/** Unpacked to packed. Pictures and video hardly shrink; text does so tenfold. */
	ratio: 200,
	/** Below this a file may shrink as it likes. */
	smallBytes: 1_000_000,
} as const;

export const endBytes = 22;
const endSignature = 0x06054b50;

/** Where the directory lies, by the record at the zip's end. @param tail its last bytes */
export function findDirectory(
	tail: Buffer,
	zipBytes: number,
	place: string,
): { offset: number; bytes: number; entries: number } {
	const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
	if (at < 0 || at + endBytes > tail.length || tail.readUInt32LE(at) !== endSignature) {
		throw new InputError(`${place}: is neither a zip nor a whole one`);
	}
	const [disk, ofDisk, here, entries] = [4, 6, 8, 10].map((field) => tail.readUInt16LE(at + field)) as [
		number,
		number,
		number,
		number,
	];
	const bytes = tail.readUInt32LE(at + 12);
	const offset = tail.readUInt32LE(at + 16);
	if (disk !== 0 || ofDisk !== 0 || here !== entries) throw new InputError(`${place}: is a zip in several parts`);
	if (entries === 0xffff || offset === 0xffff_ffff) throw new InputError(`${place}: is a zip of more than 4 GB`);
	if (entries > zipLimits.entries || bytes > zipLimits.directoryBytes) {
		throw new InputError(`${place}: holds more than ${zipLimits.entries} files`);
	}
	if (offset + bytes > zipBytes - tail.length + at) throw new InputError(`${place}: is a damaged zip`);
	return { offset, bytes, entries };
}

/** @throws InputError for every name, size and packing that a package never has. */
export function readDirectory(directory: Buffer, entries: number, place: string): readonly ZipEntry[] {
	const found: ZipEntry[] = [];
	let at = 0;
	for (let number = 0; number < entries; number++) {
		if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) {
			throw new InputError(`${place}: is a damaged zip: its list of files ends early`);
		}
		const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
		const end = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
		if (end > directory.length) throw new InputError(`${place}: is a damaged zip: its list of files ends early`);
		const entry = readEntry(directory, at, directory.subarray(at + 46, nameEnd).toString("utf8"), place);
		if (!entry.name.endsWith("/")) found.push(entry);
		at = end;
	}
	refuseTogether(found, place);
	return found;
}

function readEntry(directory: Buffer, at: number, name: string, place: string): ZipEntry {
	const flags = directory.readUInt16LE(at + 8);
	const method = directory.readUInt16LE(at + 10);
	const entry = {
		name,
		offset: directory.readUInt32LE(at + 42),
		storedBytes: directory.readUInt32LE(at + 20),
		bytes: directory.readUInt32LE(at + 24),
		crc32: directory.readUInt32LE(at + 16),
		isDeflated: method === 8,
	};
	const said = JSON.stringify(name.slice(0, 200));
	const refuse = (why: string) => new InputError(`${place}: ${said}: ${why}`);
	if (!isPlainPath(name)) throw refuse("is no plain path below the package");
	if ((flags & 0x0001) !== 0) throw refuse("is encrypted");
	if (method !== 0 && method !== 8) throw refuse(`is packed by a method (${method}) other than stored and deflate`);
	if (entry.bytes === 0xffff_ffff || entry.offset === 0xffff_ffff) throw refuse("has more than 4 GB");
	if (method === 0 && entry.bytes !== entry.storedBytes) throw refuse("is stored with another size than its own");
	if (entry.bytes > zipLimits.smallBytes && entry.bytes > entry.storedBytes * zipLimits.ratio) {
		throw refuse(`would unpack to more than ${zipLimits.ratio} times its size: that is no evidence`);
	}
	return entry;
}

/** Also what no single entry shows: too much in all, one name twice, files that lie over one another. */
function refuseTogether(entries: readonly ZipEntry[], place: string): void {
	const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
	if (bytes > zipLimits.bytes) throw new InputError(`${place}: would unpack to more than ${zipLimits.bytes} bytes`);
	const names = new Set(entries.map(({ name }) => name));
	if (names.size !== entries.length) throw new InputError(`${place}: holds two files of one name`);
	const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
	for (const [at, entry] of inOrder.entries()) {
		const next = inOrder[at + 1];
		if (next && entry.offset + 30 + entry.storedBytes > next.offset) {
			throw new InputError(`${place}: holds files that lie over one another: that is no evidence`);
		}
	}
}

/** Below the package whatever the system: no root, no way up, no drive, no control characters. */
export function isPlainPath(name: string): boolean {
	const parts = name.replace(/\/$/, "").split("/");
	return (
		name.length <= 400 && !/[\\:\u0000-\u001f\u007f\ufffd]/.test(name) && !parts.some((part) => /^\.{0,2}$/.test(part))
	);
}
