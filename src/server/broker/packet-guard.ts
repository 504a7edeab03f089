/** Limits of one connection. */
export interface PacketLimits {
	readonly maxPacketBytes: number;
	readonly packetsPerSecond: number;
	/** So many may come at once. */
	readonly burst: number;
	/** An edge's messages have some hundred bytes. */
	readonly bytesPerSecond: number;
	readonly burstBytes: number;
}

/**
 * Follows the bytes of one MQTT connection, only as far as to see where packets begin: aedes itself would collect a
 * packet of up to 256 MB in memory, and takes packets as fast as they come.
 */
export class PacketGuard {
	readonly #limits: PacketLimits;
	/** Bytes of the running packet's body that are still to come. */
	#bodyLeft = 0;
	/** Null between packets; otherwise the length field as far as it was read. */
	#length: { value: number; factor: number } | null = null;
	readonly #packets: Allowance;
	readonly #bytes: Allowance;

	/** @param now monotonic ms */
	constructor(limits: PacketLimits, now: () => number = () => performance.now()) {
		this.#limits = limits;
		this.#packets = new Allowance(limits.packetsPerSecond, limits.burst, now);
		this.#bytes = new Allowance(limits.bytesPerSecond, limits.burstBytes, now);
	}

	/** Why the connection must end, or null. */
	take(chunk: Uint8Array): "packet too large" | "too many packets" | "too many bytes" | null {
		if (!this.#bytes.take(chunk.length)) return "too many bytes";
		for (let at = 0; at < chunk.length;) {
			if (this.#bodyLeft > 0) {
				const skipped = Math.min(this.#bodyLeft, chunk.length - at);
				this.#bodyLeft -= skipped;
				at += skipped;
			} else if (this.#length === null) {
				if (!this.#packets.take(1)) return "too many packets";
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
}

/** So much a second, and some at once after a rest. */
class Allowance {
	readonly #perSecond: number;
	readonly #most: number;
	readonly #now: () => number;
	#left: number;
	#countedAt: number;

	constructor(perSecond: number, most: number, now: () => number) {
		this.#perSecond = perSecond;
		this.#most = most;
		this.#now = now;
		this.#left = most;
		this.#countedAt = now();
	}

	take(amount: number): boolean {
		const now = this.#now();
		this.#left = Math.min(this.#most, this.#left + ((now - this.#countedAt) / 1000) * this.#perSecond) - amount;
		this.#countedAt = now;
		return this.#left >= 0;
	}
}
