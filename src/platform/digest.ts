import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** Hexadecimal, lower case; of a text its UTF-8 bytes. */
export const sha256Of = (content: Uint8Array | string) => createHash("sha256").update(content).digest("hex");

export interface Digest {
	readonly bytes: number;
	readonly sha256: string;
}

/** Of all that comes out of a stream, without holding it. */
export async function digestOfStream(stream: AsyncIterable<Uint8Array>): Promise<Digest> {
	const hash = createHash("sha256");
	let bytes = 0;
	for await (const chunk of stream) {
		hash.update(chunk);
		bytes += chunk.length;
	}
	return { bytes, sha256: hash.digest("hex") };
}

export const digestOfFile = (file: string): Promise<Digest> => digestOfStream(createReadStream(file));
