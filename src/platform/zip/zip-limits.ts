import type { Entry } from "yauzl";
import { InputError } from "../input-error.ts";

/** What a zip may be, so that whoever sends us one cannot fill our memory, our disk or our day. */
export const zipLimits = {
	entries: 10_000,
	bytes: 16_000_000_000,
	/** Unpacked to packed. Pictures and video hardly shrink; text does so tenfold. */
	ratio: 200,
	/** Below this a file may shrink as it likes. */
	smallBytes: 1_000_000,
} as const;

const localHeaderBytes = 30;
const stored = 0;
const deflated = 8;

/** @throws InputError for a name, a size or a packing that no file of a package has */
export function refuseEntry(entry: Entry, place: string): void {
	const { fileName, compressionMethod: method, uncompressedSize: bytes, compressedSize: packedBytes } = entry;
	const refuse = (why: string) => new InputError(`${place}: ${JSON.stringify(fileName.slice(0, 200))}: ${why}`);
	if (!isPlainPath(fileName)) throw refuse("is no plain path below the package");
	if (entry.isEncrypted()) throw refuse("is encrypted");
	if (method !== stored && method !== deflated) {
		throw refuse(`is packed by a method (${method}) other than stored and deflate`);
	}
	if (method === stored && bytes !== packedBytes) throw refuse("is stored with another size than its own");
	if (bytes > zipLimits.smallBytes && bytes > packedBytes * zipLimits.ratio) {
		throw refuse(`would unpack to more than ${zipLimits.ratio} times its size: that is no evidence`);
	}
}

/** Also what no single file shows. @throws InputError for too much in all, one name twice, files that lie over one another */
export function refuseTogether(entries: readonly Entry[], place: string): void {
	const bytes = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
	if (bytes > zipLimits.bytes) throw new InputError(`${place}: would unpack to more than ${zipLimits.bytes} bytes`);
	if (new Set(entries.map(({ fileName }) => fileName)).size !== entries.length) {
		throw new InputError(`${place}: holds two files of one name`);
	}
	const inOrder = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
	for (const [at, { relativeOffsetOfLocalHeader: offset, compressedSize }] of inOrder.entries()) {
		const next = inOrder[at + 1];
		if (next && offset + localHeaderBytes + compressedSize > next.relativeOffsetOfLocalHeader) {
			throw new InputError(`${place}: holds files that lie over one another: that is no evidence`);
		}
	}
}

/** Below the package whatever the system: no root, no way up, no drive, no control characters. */
function isPlainPath(name: string): boolean {
	const parts = name.replace(/\/$/, "").split("/");
	return (
		name.length <= 400 && !/[\\:\u0000-\u001f\u007f\ufffd]/.test(name) && !parts.some((part) => /^\.{0,2}$/.test(part))
	);
}
