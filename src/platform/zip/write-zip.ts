import { Readable } from "node:stream";
import { ZipFile } from "yazl";

/** A file for a zip, whose size is known before it is written: so is the size of the whole. */
export interface FileToZip {
	/** With `/` between folders. */
	readonly name: string;
	readonly bytes: number;
	readonly open: () => Readable;
}

export const contentToZip = (name: string, content: Uint8Array): FileToZip => ({
	name,
	bytes: content.length,
	open: () => Readable.from([content]),
});

/** The format's beginning: when something was captured stands in the manifests. */
const noDate = new Date(1980, 0, 1);

/**
 * A zip of stored files: JPEG and MP4 do not get smaller, and a file that is stored lies in it byte for byte. The stream
 * fails where a file cannot be read, or is not of the size that was said.
 */
export async function writeZip(files: readonly FileToZip[]): Promise<{ stream: Readable; bytes: number }> {
	const zip = new ZipFile();
	const stream = zip.outputStream as Readable;
	zip.on("error", (error: Error) => stream.destroy(error));
	for (const { name, bytes, open } of files) {
		const options = { compress: false, size: bytes, mtime: noDate, forceDosTimestamp: true };
		zip.addReadStreamLazy(name, options, (give) => give(null, open()));
	}
	const bytes = await new Promise<number>((resolve) => {
		// What its types do not tell: the size of the whole, which is known since that of each file is.
		const end = zip.end.bind(zip) as (options: object, onSize: (bytes: number) => void) => void;
		end({}, resolve);
	});
	return { stream, bytes };
}
