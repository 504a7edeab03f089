import { type AccessUnit, type ClipCodec, nalTypeOf } from "./clip.ts";

const clockHz = 90_000;
/** Of one RTP packet without its head: fits Ethernet with room to spare. */
const mostPayloadBytes = 1400;

/** Writes coded pictures as RTP packets: RFC 6184 (H.264, FU-A) and RFC 7798 (H.265, FU). One per stream and client. */
export class RtpPacketizer {
	#sequence: number;
	readonly #ssrc: number;
	readonly #firstTimestamp: number;

	constructor() {
		this.#sequence = Math.floor(Math.random() * 0x10000);
		this.#ssrc = Math.floor(Math.random() * 0x1_0000_0000);
		this.#firstTimestamp = Math.floor(Math.random() * 0x1000_0000);
	}

	/** @param shownAtMs since the stream's start; goes on over the seam of the loop. */
	packets(unit: AccessUnit, codec: ClipCodec, shownAtMs: number): Buffer[] {
		const timestamp = (this.#firstTimestamp + Math.round((shownAtMs * clockHz) / 1000)) >>> 0;
		const payloads = unit.nalUnits.flatMap((nalUnit) => payloadsOf(nalUnit, codec));
		return payloads.map((payload, index) => this.#packet(payload, timestamp, index === payloads.length - 1));
	}

	#packet(payload: Buffer, timestamp: number, isLast: boolean): Buffer {
		const head = Buffer.alloc(12);
		head.writeUInt8(0x80, 0);
		head.writeUInt8(payloadType | (isLast ? 0x80 : 0), 1);
		head.writeUInt16BE(this.#sequence, 2);
		head.writeUInt32BE(timestamp, 4);
		head.writeUInt32BE(this.#ssrc, 8);
		this.#sequence = (this.#sequence + 1) & 0xffff;
		return Buffer.concat([head, payload]);
	}
}

/** Dynamic, as the session's description says it. */
export const payloadType = 96;

function payloadsOf(nalUnit: Buffer, codec: ClipCodec): Buffer[] {
	if (nalUnit.length <= mostPayloadBytes) return [nalUnit];
	const headBytes = codec === "h264" ? 1 : 2;
	const type = nalTypeOf(nalUnit, codec);
	const body = nalUnit.subarray(headBytes);
	const fragments: Buffer[] = [];
	for (let from = 0; from < body.length; from += mostPayloadBytes - 3) {
		const part = body.subarray(from, from + mostPayloadBytes - 3);
		const edges = (from === 0 ? 0x80 : 0) | (from + part.length === body.length ? 0x40 : 0);
		fragments.push(Buffer.concat([fragmentHead(nalUnit, codec, edges | type), part]));
	}
	return fragments;
}

/** The NAL unit's head with the type "fragment" in place of its own, and the fragment's head with edges and type. */
function fragmentHead(nalUnit: Buffer, codec: ClipCodec, edgesAndType: number): Buffer {
	const first = nalUnit.readUInt8(0);
	return codec === "h264"
		? Buffer.from([(first & 0xe0) | 28, edgesAndType])
		: Buffer.from([(first & 0x81) | (49 << 1), nalUnit.readUInt8(1), edgesAndType]);
}
