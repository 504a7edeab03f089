/** What travels between a program and its worker: words as JSON, and bytes that are not put into words. */
export interface Frame {
	readonly words: unknown;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Two lengths in bytes, of the words and of the bytes: 32 bits each, little endian. */
const headBytes = 8;
const none = new Uint8Array(0);

/** @returns what to write, piece by piece: the bytes are not copied */
export function piecesOf(words: unknown, bytes: Uint8Array = none): readonly Uint8Array[] {
	const text = Buffer.from(JSON.stringify(words));
	const head = Buffer.alloc(headBytes);
	head.writeUInt32LE(text.length, 0);
	head.writeUInt32LE(bytes.length, 4);
	return bytes.length > 0 ? [head, text, bytes] : [head, text];
}

/** Puts frames together of what a pipe gives, in whatever pieces it comes. */
export class FrameReader {
	readonly #most: number;
	readonly #head = Buffer.alloc(headBytes);
	#headFilled = 0;
	#body: Buffer<ArrayBuffer> | null = null;
	#bodyFilled = 0;

	/** @param most bytes of a frame's words and bytes together; who announces more is not believed */
	constructor(most: number) {
		this.#most = most;
	}

	/** @throws Error when what comes is no frame, or too large a one */
	take(piece: Uint8Array): Frame[] {
		const frames: Frame[] = [];
		let at = 0;
		for (;;) {
			if (!this.#body) {
				const taken = copy(piece, at, this.#head, this.#headFilled);
				at += taken;
				this.#headFilled += taken;
				if (this.#headFilled < headBytes) return frames;
				this.#body = this.#roomFor(this.#head.readUInt32LE(0) + this.#head.readUInt32LE(4));
				this.#bodyFilled = 0;
			}
			const taken = copy(piece, at, this.#body, this.#bodyFilled);
			at += taken;
			this.#bodyFilled += taken;
			if (this.#bodyFilled < this.#body.length) return frames;
			frames.push(frameOf(this.#body, this.#head.readUInt32LE(0)));
			this.#body = null;
			this.#headFilled = 0;
		}
	}

	#roomFor(length: number): Buffer<ArrayBuffer> {
		if (length > this.#most) throw new Error(`a frame of ${length} bytes, where ${this.#most} are allowed`);
		return Buffer.from(new ArrayBuffer(length));
	}
}

function copy(from: Uint8Array, at: number, to: Uint8Array, filled: number): number {
	const length = Math.min(from.length - at, to.length - filled);
	to.set(from.subarray(at, at + length), filled);
	return length;
}

function frameOf(body: Buffer<ArrayBuffer>, wordsLength: number): Frame {
	return {
		words: JSON.parse(body.toString("utf8", 0, wordsLength)) as unknown,
		bytes: new Uint8Array(body.buffer, wordsLength),
	};
}
