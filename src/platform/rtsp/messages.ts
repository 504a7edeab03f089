/** An RTSP request or response: first line, headers (names in lower case), body. */
export interface RtspMessage {
	readonly kind: "message";
	readonly firstLine: string;
	readonly headers: ReadonlyMap<string, readonly string[]>;
	readonly body: Buffer;
}

/** RTP or RTCP within the RTSP connection (RFC 2326, 10.12). */
export interface InterleavedFrame {
	readonly kind: "interleaved";
	readonly channel: number;
	/** With its head of four bytes, as it came. */
	readonly whole: Buffer;
}

export class RtspSyntaxError extends Error {
	override readonly name = "RtspSyntaxError";
}

const mostHeaderBytes = 64 << 10;
const mostBodyBytes = 1 << 20;

/** Takes a connection's bytes as they come and gives the whole messages in them. @throws RtspSyntaxError */
export class RtspReader {
	#rest: Buffer = Buffer.alloc(0);

	*take(chunk: Buffer): Generator<RtspMessage | InterleavedFrame> {
		this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
		for (;;) {
			const next = this.#rest[0] === 0x24 ? this.#interleaved() : this.#message();
			if (!next) return;
			yield next;
		}
	}

	#interleaved(): InterleavedFrame | null {
		if (this.#rest.length < 4) return null;
		const length = 4 + this.#rest.readUInt16BE(2);
		if (this.#rest.length < length) return null;
		const whole = this.#rest.subarray(0, length);
		this.#rest = this.#rest.subarray(length);
		return { kind: "interleaved", channel: whole.readUInt8(1), whole };
	}

	#message(): RtspMessage | null {
		this.#skipBlankLines();
		const end = this.#rest.indexOf("\r\n\r\n");
		if (end < 0) {
			if (this.#rest.length > mostHeaderBytes) throw new RtspSyntaxError("no end of the message's head");
			return null;
		}
		const [firstLine = "", ...lines] = this.#rest.toString("latin1", 0, end).split("\r\n");
		if (!/RTSP\/\d/.test(firstLine)) throw new RtspSyntaxError("is not RTSP");
		const headers = readHeaders(lines);
		const bodyBytes = Number(headers.get("content-length")?.[0] ?? 0);
		if (!(bodyBytes >= 0 && bodyBytes <= mostBodyBytes)) throw new RtspSyntaxError("length of body out of range");
		if (this.#rest.length < end + 4 + bodyBytes) return null;
		const body = this.#rest.subarray(end + 4, end + 4 + bodyBytes);
		this.#rest = this.#rest.subarray(end + 4 + bodyBytes);
		return { kind: "message", firstLine, headers, body };
	}

	#skipBlankLines() {
		let blank = 0;
		while (this.#rest[blank] === 0x0d || this.#rest[blank] === 0x0a) blank += 1;
		if (blank > 0) this.#rest = this.#rest.subarray(blank);
	}
}

function readHeaders(lines: readonly string[]): Map<string, string[]> {
	const headers = new Map<string, string[]>();
	for (const line of lines) {
		const colon = line.indexOf(":");
		if (colon < 1) continue;
		const name = line.slice(0, colon).trim().toLowerCase();
		headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
	}
	return headers;
}

/** The bytes of a message. Its Content-Length is set from `body`. */
export function writeRtspMessage(
	firstLine: string,
	headers: Iterable<readonly [string, string]>,
	body: Uint8Array = Buffer.alloc(0),
): Buffer {
	const lines = [...headers].filter(([name]) => name.toLowerCase() !== "content-length");
	if (body.length > 0) lines.push(["Content-Length", String(body.length)]);
	const head = [firstLine, ...lines.map(([name, value]) => `${name}: ${value}`), "", ""].join("\r\n");
	return Buffer.concat([Buffer.from(head, "latin1"), body]);
}
