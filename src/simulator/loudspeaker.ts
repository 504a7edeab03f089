import type { G711Codec } from "#core/sound/g711.ts";

/** RTP as it came. */
export interface HeardPacket {
	/** On this process's own clock (`performance.now`). */
	readonly atMs: number;
	readonly packet: Buffer;
}

/** A camera's audio out: takes what it is sent by whoever came first, and keeps it. */
export class Loudspeaker {
	readonly codec: G711Codec;
	readonly heard: HeardPacket[] = [];
	/** After so many packets it hangs up, once. */
	cutsAfter: number | null = null;
	#speaker: object | null = null;

	constructor(codec: G711Codec) {
		this.codec = codec;
	}

	/** False while somebody else speaks. */
	take(speaker: object): boolean {
		this.#speaker ??= speaker;
		return this.#speaker === speaker;
	}

	leave(speaker: object): void {
		if (this.#speaker === speaker) this.#speaker = null;
	}

	/** @returns whether it hangs up */
	hear(packet: Buffer): boolean {
		this.heard.push({ atMs: performance.now(), packet });
		if (this.cutsAfter === null || this.heard.length < this.cutsAfter) return false;
		this.cutsAfter = null;
		return true;
	}
}
