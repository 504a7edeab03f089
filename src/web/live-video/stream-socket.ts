import {
	lostAfterMs,
	readStreamPiece,
	type StreamForm,
	type StreamPiece,
	streamWords,
	type StreamWords,
} from "#contract/live-stream.ts";

export interface StreamSocketEvents {
	readonly onPiece: (piece: StreamPiece) => void;
	readonly onWords: (words: StreamWords) => void;
	/** Once, however it ended. `wasOpen` false: it was refused, or the server cannot be reached. */
	readonly onEnd: (wasOpen: boolean) => void;
}

/** One connection to the server for one camera's video. One that says nothing for long has ended. */
export class StreamSocket {
	readonly #socket: WebSocket;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isOver = false;

	constructor(cameraId: string, form: StreamForm, { onPiece, onWords, onEnd }: StreamSocketEvents) {
		const url = new URL(`/api/cameras/${encodeURIComponent(cameraId)}/stream?form=${form}`, location.href);
		url.protocol = url.protocol.replace("http", "ws");
		this.#socket = new WebSocket(url);
		this.#socket.binaryType = "arraybuffer";
		let wasOpen = false;
		const end = () => {
			if (this.#isOver) return;
			this.close();
			onEnd(wasOpen);
		};
		const hear = () => {
			clearTimeout(this.#timer);
			this.#timer = setTimeout(end, lostAfterMs + 2_000);
		};
		hear();
		this.#socket.onopen = () => (wasOpen = true);
		this.#socket.onclose = end;
		this.#socket.onmessage = ({ data }: MessageEvent<unknown>) => {
			if (this.#isOver) return;
			hear();
			if (data instanceof ArrayBuffer) {
				const piece = readStreamPiece(new Uint8Array(data));
				if (piece) onPiece(piece);
			} else if (typeof data === "string") {
				const words = streamWords.safeParse(parse(data));
				if (words.success) onWords(words.data); // a newer server may have words that this page does not know
			}
		};
	}

	/** Nothing is told after it. */
	close(): void {
		this.#isOver = true;
		clearTimeout(this.#timer);
		this.#socket.close();
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
