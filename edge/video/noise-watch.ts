/** So many packets that the decoder refused within so long are no loss on the way: the camera sends no pictures. */
const mostRefused = 6;
/** Loss damages pictures, and seldom has a packet refused: a damaged one soon after that is taken for noise at once. */
const mostRefusedIfDamaged = 1;
const withinMs = 3_000;

const refusal = /Error (?:while decoding stream|submitting packet to decoder).*Invalid data/i;
const damage = /corrupt decoded frame/i;

/**
 * Tells by ffmpeg's report which decoded pictures are noise. Of random data every tenth packet or so becomes a picture; to
 * look at one would be to see a lane in it. A camera of few packets a second is not told so: there one such may pass.
 */
export class NoiseWatch {
	readonly #refusedAt: number[] = [];
	/** Of pictures that were shown and have not come out of the pipe. */
	readonly #verdicts: boolean[] = [];
	#isDamaged = false;
	#hadPicture = false;

	/** @param now monotonic ms */
	read(line: string, now: number): void {
		if (damage.test(line)) this.#isDamaged = true;
		if (!refusal.test(line)) return;
		this.#refusedAt.push(now);
		if (this.#refusedAt.length > mostRefused) this.#refusedAt.shift();
	}

	/** ffmpeg tells of a picture, before that comes out of the pipe. Whether it is noise. */
	shown(now: number): boolean {
		const recent = this.#refusedAt.filter((at) => now - at < withinMs).length;
		const isRefusing = recent >= (this.#isDamaged ? mostRefusedIfDamaged : mostRefused);
		// Who comes in amid a group of pictures has all refused until the next whole one.
		const isNoise = isRefusing && (this.#isDamaged || this.#hadPicture);
		if (!isNoise && !this.#hadPicture) this.#refusedAt.length = 0;
		this.#hadPicture ||= !isNoise;
		this.#isDamaged = false;
		this.#verdicts.push(isNoise);
		return isNoise;
	}

	/** Whether the picture that comes out of the pipe now is noise; its line came before it. */
	isNoise(): boolean {
		return this.#verdicts.shift() ?? false;
	}
}
