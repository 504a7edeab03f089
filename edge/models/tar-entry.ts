const blockBytes = 512;

/** The archive is damaged, or lacks what is asked for. */
export class TarError extends Error {
	override readonly name = "TarError";
}

/**
 * The bytes of one plain file in a tar archive, found by its exact path. Nothing is written anywhere, so that no name
 * in the archive can do harm; links and everything else are passed over.
 * @throws TarError when the archive ends early, a header is damaged, or there is no such file
 */
export async function* readTarEntry(chunks: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
	const reader = new ChunkReader(chunks);
	for (;;) {
		const block = await reader.take(blockBytes);
		if (block.every((byte) => byte === 0)) throw new TarError(`there is no file ${path} in the archive`);
		const header = parseHeader(block);
		if (header.path === path && header.plain) {
			yield* reader.pass(header.bytes);
			return;
		}
		const padded = Math.ceil(header.bytes / blockBytes) * blockBytes;
		for await (const skipped of reader.pass(padded)) void skipped;
	}
}

function parseHeader(block: Uint8Array): { path: string; bytes: number; plain: boolean } {
	const sum = block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 0x20 : byte), 0);
	if (sum !== octal(block, 148, 8)) throw new TarError("the archive is damaged: a header's checksum is wrong");
	const prefix = text(block, 345, 155);
	const name = text(block, 0, 100);
	const type = block[156] ?? 0;
	return {
		path: prefix ? `${prefix}/${name}` : name,
		bytes: octal(block, 124, 12),
		plain: type === 0 || type === "0".charCodeAt(0),
	};
}

function text(block: Uint8Array, at: number, length: number): string {
	const field = block.subarray(at, at + length);
	const end = field.indexOf(0);
	return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function octal(block: Uint8Array, at: number, length: number): number {
	const digits = text(block, at, length).trim();
	if (!/^[0-7]+$/.test(digits))
		throw new TarError("the archive is damaged: a header holds no number where one belongs");
	return Number.parseInt(digits, 8);
}

/** Takes a stream of chunks in pieces of the lengths that the format asks for. */
class ChunkReader {
	readonly #chunks: AsyncIterator<Uint8Array>;
	#rest: Uint8Array = new Uint8Array(0);

	constructor(chunks: AsyncIterable<Uint8Array>) {
		this.#chunks = chunks[Symbol.asyncIterator]();
	}

	async take(bytes: number): Promise<Uint8Array> {
		const parts: Uint8Array[] = [];
		for await (const part of this.pass(bytes)) parts.push(part);
		return Buffer.concat(parts);
	}

	async *pass(bytes: number): AsyncGenerator<Uint8Array> {
		for (let missing = bytes; missing > 0;) {
			if (this.#rest.length === 0) {
				const next = await this.#chunks.next();
				if (next.done) throw new TarError("the archive ends early");
				this.#rest = next.value;
			}
			const part = this.#rest.subarray(0, missing);
			this.#rest = this.#rest.subarray(part.length);
			missing -= part.length;
			yield part;
		}
	}
}
