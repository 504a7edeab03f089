import { randomBytes } from "node:crypto";
import { samplesPerSecond } from "#core/sound/g711.ts";

/** What cameras send themselves: the longer a packet, the later it sounds. */
export const packetMs = 20;
export const samplesPerPacket = (samplesPerSecond * packetMs) / 1000;

/** Sound of one byte a sample as RTP (RFC 3551), 20 ms a packet; the last is filled up with `silence`. */
export function* rtpPackets(sound: Uint8Array, payloadType: number, silence: number): Generator<Buffer> {
	const [sequence, timestamp, source] = [randomBytes(2).readUInt16BE(), randomBytes(4).readUInt32BE(), randomBytes(4)];
	for (let number = 0; number * samplesPerPacket < sound.length; number++) {
		const from = number * samplesPerPacket;
		const packet = Buffer.alloc(12 + samplesPerPacket, silence);
		packet.writeUInt8(0x80, 0);
		packet.writeUInt8(payloadType | (number === 0 ? 0x80 : 0), 1); // the marker: sound begins
		packet.writeUInt16BE((sequence + number) & 0xffff, 2);
		packet.writeUInt32BE((timestamp + from) >>> 0, 4);
		source.copy(packet, 8);
		packet.set(sound.subarray(from, from + samplesPerPacket), 12);
		yield packet;
	}
}
