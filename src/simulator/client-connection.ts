import { randomBytes } from "node:crypto";
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import type { Socket } from "node:net";
import {
	type Challenge,
	type Credentials,
	chooseChallenge,
	digestResponse,
	readFields,
} from "#platform/rtsp/authorization.ts";
import { backChannelOption } from "#platform/rtsp/back-channel.ts";
import { RtspReader, type RtspMessage, writeRtspMessage } from "#platform/rtsp/messages.ts";
import type { Loudspeaker } from "./loudspeaker.ts";
import type { DueUnit, LoopedStream } from "./looped-stream.ts";
import { RtpPacketizer } from "./rtp-packetizer.ts";
import { describe } from "./session-description.ts";

/** A stream as it is offered under a path. */
export interface OfferedStream {
	readonly path: string;
	readonly stream: LoopedStream;
	credentials: Credentials | null;
	readonly auth: "basic" | "digest";
	/** Sends nothing. */
	stalled: boolean;
	/** Fills the packets with noise. */
	corrupt: boolean;
	readonly loudspeaker: Loudspeaker | null;
}

type Transport = { kind: "tcp"; channel: number } | { kind: "udp"; socket: UdpSocket; host: string; port: number };

/** More than this waiting to be sent: the viewer is too slow and gets nothing until the next key frame. */
const mostWaitingBytes = 4 << 20;
const methods = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN";

/** One viewer's RTSP connection. */
export class ClientConnection {
	readonly #socket: Socket;
	readonly #find: (path: string) => OfferedStream | undefined;
	readonly #challenge = makeChallenge();
	readonly #sessionId = randomBytes(6).toString("hex");
	#offered: OfferedStream | null = null;
	#transport: Transport | null = null;
	#packetizer: RtpPacketizer | null = null;
	#waitsForKey = true;
	/** Where this client speaks, and on which channel. */
	#speaks: { readonly to: Loudspeaker; readonly channel: number } | null = null;

	constructor(socket: Socket, find: (path: string) => OfferedStream | undefined) {
		this.#socket = socket;
		this.#find = find;
		const reader = new RtspReader();
		socket.setNoDelay(true);
		socket.on("error", () => socket.destroy());
		socket.on("close", () => this.#leave());
		socket.on("data", (chunk: Buffer) => {
			try {
				for (const item of reader.take(chunk)) {
					if (item.kind === "message") void this.#answer(item);
					else if (item.channel === this.#speaks?.channel) this.#hear(this.#speaks.to, item.whole.subarray(4));
				}
			} catch {
				socket.destroy(); // not RTSP
			}
		});
	}

	/** The stream's path once it is set up. */
	get path(): string | null {
		return this.#offered?.path ?? null;
	}

	get isUdp(): boolean {
		return this.#transport?.kind === "udp";
	}

	drop() {
		this.#socket.destroy();
	}

	/** Bytes that are no RTSP, in the middle of the connection. */
	garble(bytes: Buffer) {
		this.#socket.write(bytes);
	}

	async #answer(request: RtspMessage): Promise<void> {
		const [method = "", uri = ""] = request.firstLine.split(" ");
		const reply = (status: string, headers: [string, string][] = [], body?: Buffer) => {
			const all: [string, string][] = [["CSeq", request.headers.get("cseq")?.[0] ?? "0"], ...headers];
			if (this.#socket.writable) this.#socket.write(writeRtspMessage(`RTSP/1.0 ${status}`, all, body));
		};
		if (method === "OPTIONS") return reply("200 OK", [["Public", methods]]);
		const offered = this.#find(pathOf(uri));
		if (!offered) return reply("404 Not Found");
		if (!this.#mayPass(request, method, offered)) {
			return reply("401 Unauthorized", [["WWW-Authenticate", this.#challengeOf(offered)]]);
		}
		const wantsSound = request.headers.get("require")?.includes(backChannelOption) ?? false;
		if (wantsSound && !offered.loudspeaker) {
			return reply("551 Option not supported", [["Unsupported", backChannelOption]]);
		}
		const session: [string, string] = ["Session", `${this.#sessionId};timeout=60`];
		switch (method) {
			case "DESCRIBE": {
				const base = `${uri.replace(/\/$/, "")}/`;
				const codec = wantsSound ? (offered.loudspeaker?.codec ?? null) : null;
				const body = describe(offered.stream.clip, this.#socket.localAddress ?? "127.0.0.1", codec);
				return reply(
					"200 OK",
					[
						["Content-Type", "application/sdp"],
						["Content-Base", base],
					],
					body,
				);
			}
			case "SETUP": {
				const wanted = request.headers.get("transport")?.[0] ?? "";
				if (uri.endsWith("/trackID=2")) {
					if (!wantsSound || !offered.loudspeaker) return reply("400 Bad Request");
					if (!offered.loudspeaker.take(this)) return reply("453 Not Enough Bandwidth");
					const transport = this.#setUpSound(offered.loudspeaker, wanted);
					return transport ? reply("200 OK", [["Transport", transport], session]) : reply("461 Unsupported Transport");
				}
				const transport = await this.#setUp(offered, wanted);
				return transport ? reply("200 OK", [["Transport", transport], session]) : reply("461 Unsupported Transport");
			}
			case "PLAY":
				if (!this.#transport && !this.#speaks) return reply("455 Method Not Valid in This State");
				reply("200 OK", [session, ["Range", "npt=0.000-"]]);
				return this.#transport ? this.#play(offered) : undefined;
			case "GET_PARAMETER":
			case "SET_PARAMETER":
				return reply("200 OK", [session]);
			case "TEARDOWN":
				reply("200 OK", [session]);
				this.#socket.end();
				return;
			default:
				return reply("501 Not Implemented", [["Public", methods]]);
		}
	}

	#challengeOf({ auth }: OfferedStream): string {
		if (auth === "basic") return 'Basic realm="camera"';
		return `Digest realm="camera", nonce="${this.#challenge.fields.get("nonce")}"`;
	}

	#mayPass(request: RtspMessage, method: string, { credentials, auth }: OfferedStream): boolean {
		if (!credentials) return true;
		const given = request.headers.get("authorization")?.[0] ?? "";
		if (auth === "basic") {
			return given === `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString("base64")}`;
		}
		const fields = readFields(given.replace(/^digest/i, ""));
		return (
			fields.get("username") === credentials.user &&
			fields.get("nonce") === this.#challenge.fields.get("nonce") &&
			fields.get("response") === digestResponse(fields, credentials.password, method)
		);
	}

	async #setUp(offered: OfferedStream, wanted: string): Promise<string | null> {
		this.#offered = offered;
		if (/RTP\/AVP\/TCP/i.test(wanted)) {
			const channel = Number(/interleaved=(\d+)/.exec(wanted)?.[1] ?? 0);
			this.#transport = { kind: "tcp", channel };
			return `RTP/AVP/TCP;unicast;interleaved=${channel}-${channel + 1}`;
		}
		const port = Number(/client_port=(\d+)/.exec(wanted)?.[1]);
		const host = this.#socket.remoteAddress?.replace(/^::ffff:/, "");
		if (!port || !host || /multicast/.test(wanted)) return null;
		const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
		socket.on("error", () => this.#socket.destroy());
		await new Promise<void>((resolve) => socket.bind(0, resolve));
		this.#transport = { kind: "udp", socket, host, port };
		const own = socket.address().port;
		return `RTP/AVP;unicast;client_port=${port}-${port + 1};server_port=${own}-${own + 1}`;
	}

	/** Over this connection alone: what is said comes whole, or the connection ends. */
	#setUpSound(to: Loudspeaker, wanted: string): string | null {
		if (!/RTP\/AVP\/TCP/i.test(wanted)) return null;
		const channel = Number(/interleaved=(\d+)/.exec(wanted)?.[1] ?? 0);
		this.#speaks = { to, channel };
		return `RTP/AVP/TCP;unicast;interleaved=${channel}-${channel + 1}`;
	}

	#hear(loudspeaker: Loudspeaker, packet: Buffer) {
		if (loudspeaker.hear(Buffer.from(packet))) this.drop();
	}

	#play(offered: OfferedStream) {
		if (this.#packetizer) return;
		this.#packetizer = new RtpPacketizer();
		offered.stream.on("unit", this.#send);
		offered.stream.start();
	}

	#leave() {
		this.#offered?.stream.off("unit", this.#send);
		if (this.#transport?.kind === "udp") this.#transport.socket.close();
		this.#transport = null;
		this.#speaks?.to.leave(this);
		this.#speaks = null;
	}

	readonly #send = ({ unit, clip, shownAtMs }: DueUnit) => {
		if (!this.#transport || !this.#packetizer) return;
		const isSlow = this.#transport.kind === "tcp" && this.#socket.writableLength > mostWaitingBytes;
		if (isSlow || this.#offered?.stalled) this.#waitsForKey = true;
		if (this.#offered?.stalled || (this.#waitsForKey && !unit.key)) return;
		this.#waitsForKey = false;
		for (const packet of this.#packetizer.packets(unit, clip.codec, shownAtMs)) {
			if (this.#offered?.corrupt) randomBytes(packet.length).copy(packet, 13, 13);
			this.#sendPacket(this.#transport, packet);
		}
	};

	#sendPacket(transport: Transport, packet: Buffer) {
		if (transport.kind === "udp") {
			transport.socket.send(packet, transport.port, transport.host);
			return;
		}
		const head = Buffer.from([0x24, transport.channel, packet.length >> 8, packet.length & 0xff]);
		this.#socket.write(Buffer.concat([head, packet]));
	}
}

function makeChallenge(): Challenge {
	const header = `Digest realm="camera", nonce="${randomBytes(16).toString("hex")}"`;
	const challenge = chooseChallenge([header]);
	if (!challenge) throw new Error("a challenge of our own that we do not understand");
	return challenge;
}

/** `rtsp://host:554/yard/trackID=1` is of the stream `/yard`. */
function pathOf(uri: string): string {
	const path = /^rtsps?:\/\/[^/]*(\/.*)?$/i.exec(uri)?.[1] ?? "/";
	return path.replace(/\/?(trackID=\d+)?$/, "") || "/";
}
