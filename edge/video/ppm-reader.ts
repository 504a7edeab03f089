/** A picture as it came out of ffmpeg: packed RGB24. */
export interface Picture {
	readonly width: number;
	readonly height: number;
	readonly rgb: Buffer;
}

/** Much more than the head `P6\n1280 720\n255\n` can be long. */
const mostHeadBytes = 64;
const mostSide = 16_384;

/** Takes a pipe's bytes as they come and gives the whole pictures (PPM, P6) in them. @throws Error when it is no PPM. */
export class PpmReader {
	#head: Buffer = Buffer.alloc(0);
	#picture: Picture | null = null;
	#filled = 0;

	*take(chunk: Buffer): Generator<Picture> {
		let rest = chunk;
		while (rest.length > 0) {
			if (!this.#picture) {
				this.#head = Buffer.concat([this.#head, rest]);
				const begun = begin(this.#head);
				if (!begun) return;
				rest = this.#head.subarray(begun.headBytes);
				this.#head = Buffer.alloc(0);
				this.#picture = begun.picture;
				this.#filled = 0;
			}
			const copied = rest.copy(this.#picture.rgb, this.#filled);
			this.#filled += copied;
			rest = rest.subarray(copied);
			if (this.#filled < this.#picture.rgb.length) return;
			const whole = this.#picture;
			this.#picture = null;
			yield whole;
		}
	}
}

function begin(bytes: Buffer): { headBytes: number; picture: Picture } | null {
	const text = bytes.toString("latin1", 0, mostHeadBytes);
	const head = /^P6\s(\d+)\s(\d+)\s255\s/.exec(text);
	if (!head) {
		if (text.length < mostHeadBytes) return null;
		throw new Error("ffmpeg's pipe does not hold PPM");
	}
	const width = Number(head[1]);
	const height = Number(head[2]);
	if (width > mostSide || height > mostSide) throw new Error(`a picture of ${width}x${height} pixels is too large`);
	return { headBytes: head[0].length, picture: { width, height, rgb: Buffer.allocUnsafe(width * height * 3) } };
}
