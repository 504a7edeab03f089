/** Limits of one connection. */
export interface PacketLimits {
	readonly maxPacketBytes: number;
	readonly packetsPerSecond: number;
	/** So many may come at once. */
	readonly burst: number;
}

/**
 * Follows the bytes of one MQTT connection, only as far as to see where packets begin: aedes itself would collect a
 * packet of up to 256 MB in memory, and takes packets as fast as they come.
 */
export class PacketGuard {
	readonly #limits: PacketLimits;
	readonly #now: () => number;
	/** Bytes of the running packet's body that are still to come. */
	#bodyLeft = 0;
	/** Null between packets; otherwise the length field as far as it was read. */
	#length: { value: number; factor: number } | null = null;
	#allowance: number;
	#countedAt: number;

	/** @param now monotonic ms */
	constructor(limits: PacketLimits, now: () => number = () => performance.now()) {
		this.#limits = limits;
		this.#now = now;
		this.#allowance = limits.burst;
		this.#countedAt = now();
	}

	/** Why the connection must end, or null. */
	take(chunk: Uint8Array): "packet too large" | "too many packets" | null {
		for (let at = 0; at < chunk.length;) {
			if (this.#bodyLeft > 0) {
				const skipped = Math.min(this.#bodyLeft, chunk.length - at);
				this.#bodyLeft -= skipped;
				at += skipped;
			} else if (this.#length === null) {
				if (!this.#countPacket()) return "too many packets";
				this.#length = { value: 0, factor: 1 };
				at += 1;
			} else {
				const byte = chunk[at++] as number;
				this.#length.value += (byte & 0x7f) * this.#length.factor;
				this.#length.factor *= 128;
				if (this.#length.value > this.#limits.maxPacketBytes) return "packet too large";
				if ((byte & 0x80) === 0) {
					this.#bodyLeft = this.#length.value;
					this.#length = null;
				}
			}
		}
		return null;
	}

	#countPacket(): boolean {
		const now = this.#now();
		const { burst, packetsPerSecond } = this.#limits;
		this.#allowance = Math.min(burst, this.#allowance + ((now - this.#countedAt) / 1000) * packetsPerSecond);
		this.#countedAt = now;
		this.#allowance -= 1;
		return this.#allowance >= 0;
	}
}
