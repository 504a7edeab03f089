import type { Socket } from "node:net";
import { type Challenge, authorize, chooseChallenge } from "#platform/rtsp/authorization.ts";
import { RtspReader, type RtspMessage, writeRtspMessage } from "#platform/rtsp/messages.ts";
import type { CameraAddress } from "../video/camera-address.ts";
import { SpeakerError } from "./speaker-error.ts";

export interface RtspAnswer {
	readonly status: number;
	readonly message: RtspMessage;
}

type Headers = readonly (readonly [string, string])[];

const answerWithinMs = 5_000;
/** Sound of four seconds: a camera that takes no more than that has stopped listening. */
const mostWaitingBytes = 32_000;

/** Our own half of a conversation with a camera, one request at a time; answers the question for the password. */
export class RtspSession {
	readonly #socket: Socket;
	readonly #credentials: CameraAddress["credentials"];
	#challenge: Challenge | null = null;
	#sequence = 0;
	#waiting: { readonly sequence: string; readonly take: (message: RtspMessage) => void } | null = null;
	readonly #ended: Promise<never>;

	/** @param socket connected; it is closed by `close` */
	constructor(socket: Socket, { credentials }: Pick<CameraAddress, "credentials">) {
		this.#socket = socket;
		this.#credentials = credentials;
		const reader = new RtspReader();
		this.#ended = new Promise((_resolve, reject) => {
			socket.on("close", () => reject(new SpeakerError("cut", "the camera closed the connection")));
		});
		this.#ended.catch(() => {}); // whoever waits for something hears of it
		socket.on("error", () => socket.destroy());
		socket.on("data", (chunk: Buffer) => {
			try {
				for (const item of reader.take(chunk)) if (item.kind === "message") this.#take(item);
			} catch {
				socket.destroy(); // not RTSP
			}
		});
	}

	get isOpen(): boolean {
		return !this.#socket.destroyed && this.#socket.writable;
	}

	/** @throws SpeakerError: cut, timeout; never for what the camera answers. */
	async request(method: string, uri: string, headers: Headers = []): Promise<RtspAnswer> {
		const first = await this.#ask(method, uri, headers);
		if (first.status !== 401 || !this.#credentials) return first;
		const challenge = chooseChallenge(first.message.headers.get("www-authenticate") ?? []);
		const isStale = challenge?.fields.get("stale")?.toLowerCase() === "true";
		if (!challenge || (this.#challenge !== null && !isStale)) return first;
		this.#challenge = challenge;
		return this.#ask(method, uri, headers);
	}

	/** RTP to the camera on this connection. @throws SpeakerError: cut, silent */
	send(channel: number, packet: Uint8Array): void {
		if (!this.isOpen) throw new SpeakerError("cut", "the camera closed the connection in the middle of it");
		if (this.#socket.writableLength > mostWaitingBytes) {
			throw new SpeakerError("silent", "the camera does not take the sound");
		}
		const head = Buffer.from([0x24, channel, packet.length >> 8, packet.length & 0xff]);
		this.#socket.write(Buffer.concat([head, packet]));
	}

	close(): void {
		this.#socket.destroy();
	}

	async #ask(method: string, uri: string, headers: Headers): Promise<RtspAnswer> {
		if (!this.isOpen) throw new SpeakerError("cut", "the camera closed the connection");
		const sequence = String((this.#sequence += 1));
		const own: [string, string][] = [
			["CSeq", sequence],
			["User-Agent", "Keepclear"],
		];
		if (this.#challenge && this.#credentials) {
			own.push(["Authorization", authorize(this.#challenge, this.#credentials, method, uri)]);
		}
		let timer: NodeJS.Timeout | undefined;
		const answered = new Promise<RtspMessage>((resolve, reject) => {
			this.#waiting = { sequence, take: resolve };
			const late = new SpeakerError("timeout", `the camera does not answer to ${method}`);
			timer = setTimeout(() => reject(late), answerWithinMs);
		});
		try {
			this.#socket.write(writeRtspMessage(`${method} ${uri} RTSP/1.0`, [...own, ...headers]));
			const message = await Promise.race([answered, this.#ended]);
			return { status: Number(/^RTSP\/\d\.\d (\d{3})/.exec(message.firstLine)?.[1] ?? 0), message };
		} finally {
			clearTimeout(timer);
			this.#waiting = null;
		}
	}

	#take(message: RtspMessage): void {
		if (message.headers.get("cseq")?.[0] === this.#waiting?.sequence) this.#waiting?.take(message);
	}
}
