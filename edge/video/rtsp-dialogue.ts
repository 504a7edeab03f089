import { type Challenge, authorize, chooseChallenge } from "#platform/rtsp/authorization.ts";
import { type RtspMessage, writeRtspMessage } from "#platform/rtsp/messages.ts";
import type { CameraAddress } from "./camera-address.ts";
import type { CameraError } from "./camera-error.ts";
import { problemOfAnswer } from "./rtsp-answers.ts";

/** What becomes of a message: sent on to the other side, or answered to the side it came from. */
export interface Passed {
	readonly onward?: Buffer;
	readonly back?: Buffer;
}

interface Request {
	readonly method: string;
	readonly message: RtspMessage;
	readonly wasAuthorized: boolean;
}

/** The relay's half of the conversation: translates requests and answers. No I/O. */
export class RtspDialogue {
	readonly #address: CameraAddress;
	readonly #ownUrl: string;
	readonly #cameraHost: string;
	readonly #open = new Map<string, Request>();
	#challenge: Challenge | null = null;
	#sequence = 0;
	#problem: CameraError | null = null;

	/** @param ownUrl what the viewer was told; @param cameraHost the camera's number, where its UDP comes from. */
	constructor(address: CameraAddress, ownUrl: string, cameraHost: string) {
		this.#address = address;
		this.#ownUrl = ownUrl;
		this.#cameraHost = cameraHost.replace(/^::ffff:/, "");
	}

	get problem(): CameraError | null {
		return this.#problem;
	}

	fromViewer(message: RtspMessage): Passed {
		return { onward: this.#ask(message) };
	}

	fromCamera(message: RtspMessage): Passed {
		const status = Number(/^RTSP\/\d\.\d (\d{3})/.exec(message.firstLine)?.[1]);
		const sequence = message.headers.get("cseq")?.[0] ?? "";
		const request = this.#open.get(sequence);
		if (!status || !request) return {}; // a request of the camera's own (rare, of no use to us), or an answer to nothing
		this.#open.delete(sequence);
		if (status === 401 && this.#address.credentials && this.#mayAskAgain(request, message)) {
			return { back: this.#ask(request.message) };
		}
		this.#problem ??= problemOfAnswer(request.method, status, message, this.#address.credentials !== null);
		return { onward: this.#answer(request, message) };
	}

	/** With the camera's question for the password; a password that was refused once is refused. */
	#mayAskAgain(request: Request, { headers }: RtspMessage): boolean {
		const challenge = chooseChallenge(headers.get("www-authenticate") ?? []);
		const isStale = challenge?.fields.get("stale")?.toLowerCase() === "true";
		if (!challenge || (request.wasAuthorized && !isStale)) return false;
		this.#challenge = challenge;
		return true;
	}

	#ask(message: RtspMessage): Buffer {
		const [method = "", uri = "", version = "RTSP/1.0"] = message.firstLine.split(" ");
		const sequence = String((this.#sequence += 1));
		const target = this.#translate(uri);
		const { credentials } = this.#address;
		const headers = [...without(message, "cseq", "authorization"), ["CSeq", sequence] as const];
		const isAuthorized = this.#challenge !== null && credentials !== null;
		if (this.#challenge && credentials) {
			headers.push(["Authorization", authorize(this.#challenge, credentials, method, target)]);
		}
		this.#open.set(sequence, { method, message, wasAuthorized: isAuthorized });
		return writeRtspMessage(`${method} ${target} ${version}`, headers, message.body);
	}

	/** Only what ffmpeg made from our own URL; from a Content-Base of the camera's it makes the right ones by itself. */
	#translate(uri: string): string {
		return uri.startsWith(this.#ownUrl) ? this.#address.requestUri + uri.slice(this.#ownUrl.length) : uri;
	}

	#answer({ message: asked }: Request, answer: RtspMessage): Buffer {
		const headers = without(answer, "cseq", "www-authenticate", "location", "transport");
		headers.unshift(["CSeq", asked.headers.get("cseq")?.[0] ?? "0"]);
		for (const transport of answer.headers.get("transport") ?? []) headers.push(["Transport", this.#place(transport)]);
		return writeRtspMessage(answer.firstLine, headers, answer.body);
	}

	/**
	 * With UDP ffmpeg would take us for the sender and send its reports to us. They go to where we are connected, and nowhere
	 * else: a camera that names another host would have us send to that one.
	 */
	#place(transport: string): string {
		const own = transport.replaceAll(/;\s*(?:source|destination)=[^;]*/gi, "");
		return /client_port=/i.test(own) && this.#cameraHost ? `${own};source=${this.#cameraHost}` : own;
	}
}

const without = ({ headers }: RtspMessage, ...names: string[]): (readonly [string, string])[] =>
	[...headers].flatMap(([name, values]) =>
		names.includes(name) ? [] : values.map((value) => [capitalize(name), value] as const),
	);

/** Header names are free in their case by the standard; not every camera knows. */
const capitalize = (name: string) => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
