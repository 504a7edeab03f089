import { crc32 } from "node:zlib";

/** A file for a zip, whose size and CRC are known before it is written: so is the size of the whole. */
export interface FileToZip {
	/** With `/` between folders. */
	readonly name: string;
	readonly bytes: number;
	readonly crc32: number;
	readonly open: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const localBytes = 30;
const centralBytes = 46;
const endBytes = 22;
/** 2.0: folders and nothing newer. */
const versionNeeded = 20;
const utf8Names = 0x0800;
/** 1980-01-01 00:00, the format's beginning: when something was captured stands in the manifests. */
const noDate = 0x0021;

/** Beyond these a zip needs the 64-bit fields that we neither write nor read. */
export const mostZipBytes = 0xffff_fffe;
export const mostZipEntries = 0xfffe;

export const contentToZip = (name: string, content: Uint8Array): FileToZip => ({
	name,
	bytes: content.length,
	crc32: crc32(content),
	open: () => [content],
});

/** Of the whole zip. */
export const zipBytes = (files: readonly FileToZip[]) =>
	files.reduce((sum, { name, bytes }) => sum + localBytes + centralBytes + 2 * nameBytes(name) + bytes, endBytes);

/**
 * A zip (APPNOTE 6.3.3) of stored files: JPEG and MP4 do not get smaller, and a file that is stored lies in it byte for
 * byte. @throws RangeError where it would be too large; Error where a file is not of the size that was said
 */
export async function* writeZip(files: readonly FileToZip[]): AsyncGenerator<Uint8Array> {
	if (files.length > mostZipEntries || zipBytes(files) > mostZipBytes) throw new RangeError("too much for one zip");
	const central: Buffer[] = [];
	let offset = 0;
	for (const file of files) {
		const header = localHeader(file);
		yield header;
		let bytes = 0;
		for await (const chunk of file.open()) {
			bytes += chunk.length;
			yield chunk;
		}
		if (bytes !== file.bytes) throw new Error(`${file.name}: has ${bytes} bytes instead of ${file.bytes}`);
		central.push(centralHeader(file, offset));
		offset += header.length + bytes;
	}
	yield* central;
	yield endOfCentral(
		files.length,
		offset,
		central.reduce((sum, { length }) => sum + length, 0),
	);
}

const nameBytes = (name: string) => Buffer.byteLength(name);

function localHeader(file: FileToZip): Buffer {
	const header = Buffer.alloc(localBytes);
	header.writeUInt32LE(0x04034b50, 0);
	writeCommon(header, 4, file);
	return Buffer.concat([header, Buffer.from(file.name)]);
}

function centralHeader(file: FileToZip, offset: number): Buffer {
	const header = Buffer.alloc(centralBytes);
	header.writeUInt32LE(0x02014b50, 0);
	header.writeUInt16LE(0x0300 | versionNeeded, 4); // made by Unix: the attributes below are its
	writeCommon(header, 6, file);
	header.writeUInt32LE((0o100644 << 16) >>> 0, 38);
	header.writeUInt32LE(offset, 42);
	return Buffer.concat([header, Buffer.from(file.name)]);
}

/** The fields that both headers have, in the same order. */
function writeCommon(header: Buffer, at: number, { name, bytes, crc32 }: FileToZip): void {
	header.writeUInt16LE(versionNeeded, at);
	header.writeUInt16LE(utf8Names, at + 2);
	header.writeUInt16LE(0, at + 4); // stored
	header.writeUInt16LE(0, at + 6);
	header.writeUInt16LE(noDate, at + 8);
	header.writeUInt32LE(crc32, at + 10);
	header.writeUInt32LE(bytes, at + 14);
	header.writeUInt32LE(bytes, at + 18);
	header.writeUInt16LE(nameBytes(name), at + 22);
}

function endOfCentral(entries: number, offset: number, bytes: number): Buffer {
	const end = Buffer.alloc(endBytes);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(entries, 8);
	end.writeUInt16LE(entries, 10);
	end.writeUInt32LE(bytes, 12);
	end.writeUInt32LE(offset, 16);
	return end;
}
