import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { InputError } from "../input-error.ts";
import { endBytes, findDirectory, readDirectory, type ZipEntry } from "./zip-directory.ts";

/** What lies in a zip is not what the zip says of it. */
export class ZipDamage extends Error {
	override readonly name = "ZipDamage";
}

/** A zip that lies on disk: what is in it, and each file as a stream. Nothing of it is ever written anywhere. */
export interface OpenZip {
	readonly entries: readonly ZipEntry[];
	/** @throws ZipDamage where the zip is damaged there, or holds more than it says */
	read(entry: ZipEntry): AsyncIterable<Uint8Array>;
}

const longestComment = 0xffff;

/** @throws InputError for what is no zip, or one that no package is (see zip-directory.ts). */
export async function openZip(file: string): Promise<OpenZip> {
	const handle = await open(file, "r");
	try {
		const { size } = await handle.stat();
		const tail = await readAt(handle, Math.max(0, size - endBytes - longestComment), size, file);
		const { offset, bytes, entries } = findDirectory(tail, size, file);
		const directory = await readAt(handle, offset, offset + bytes, file);
		return { entries: readDirectory(directory, entries, file), read: (entry) => readEntry(file, entry) };
	} finally {
		await handle.close();
	}
}

async function* readEntry(file: string, entry: ZipEntry): AsyncGenerator<Uint8Array> {
	const begin = entry.offset + (await localHeaderBytes(file, entry));
	let bytes = 0;
	let crc = 0;
	for await (const chunk of unpacked(file, entry, begin)) {
		bytes += chunk.length;
		if (bytes > entry.bytes) throw new ZipDamage(`${entry.name}: unpacks to more than it says`);
		crc = crc32(chunk, crc);
		yield chunk;
	}
	if (bytes !== entry.bytes) throw new ZipDamage(`${entry.name}: unpacks to less than it says`);
	// A changed byte is for the seal to tell, by the file's name; of what is packed nothing else would tell where it broke.
	if (entry.isDeflated && crc !== entry.crc32) throw new ZipDamage(`${entry.name}: is damaged`);
}

async function* unpacked(file: string, { storedBytes, isDeflated, name }: ZipEntry, begin: number) {
	if (storedBytes === 0) return;
	const stored = createReadStream(file, { start: begin, end: begin + storedBytes - 1 });
	if (!isDeflated) {
		yield* stored as AsyncIterable<Uint8Array>;
		return;
	}
	const inflating = pipeline(stored, createInflateRaw(), () => undefined);
	try {
		yield* inflating as AsyncIterable<Uint8Array>;
	} catch (cause) {
		throw new ZipDamage(`${name}: is damaged`, { cause });
	}
}

/** The local header must tell of the same file: some readers go by it, others by the directory. */
async function localHeaderBytes(file: string, entry: ZipEntry): Promise<number> {
	const handle = await open(file, "r");
	try {
		const nameBytes = Buffer.byteLength(entry.name);
		const header = await readAt(handle, entry.offset, entry.offset + 30 + nameBytes, file);
		const isSame = header.readUInt32LE(0) === 0x04034b50 && header.subarray(30).toString("utf8") === entry.name;
		if (!isSame || header.readUInt16LE(26) !== nameBytes) throw new ZipDamage(`${entry.name}: is damaged`);
		return 30 + nameBytes + header.readUInt16LE(28);
	} finally {
		await handle.close();
	}
}

async function readAt(handle: FileHandle, from: number, to: number, file: string): Promise<Buffer> {
	const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
	if (bytesRead !== to - from) throw new InputError(`${file}: is a damaged zip`);
	return buffer;
}
