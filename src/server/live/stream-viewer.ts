import type { WebSocket } from "ws";
import { streamCloseCodes, type StreamPiece, type StreamWords } from "#contract/live-stream.ts";
import { liveLimits } from "./live-limits.ts";

/** One page that watches. Begins at a key frame; whoever takes too little goes on at a later one, and costs no memory. */
export class StreamViewer {
	readonly userId: string;
	readonly #socket: WebSocket;
	readonly #mayGoOn: () => boolean;
	#isBehind = true;

	/** @param mayGoOn whether the person is still signed in and may see the camera */
	constructor(socket: WebSocket, userId: string, mayGoOn: () => boolean) {
		this.#socket = socket;
		this.userId = userId;
		this.#mayGoOn = mayGoOn;
		socket.on("error", () => socket.terminate());
		socket.on("message", () => socket.close(1008)); // a page has nothing to say
	}

	give(message: Uint8Array, kind: StreamPiece["kind"]): void {
		if (this.#socket.readyState !== this.#socket.OPEN) return;
		if (this.#socket.bufferedAmount > liveLimits.queuedBytesPerViewer) this.#isBehind = true;
		else if (kind === "key") this.#isBehind = false;
		if (kind === "head" || !this.#isBehind) this.#socket.send(message);
		if (kind === "head") this.#isBehind = true;
	}

	say(words: StreamWords): void {
		// Who takes nothing is told nothing either: that would grow as well.
		if (this.#socket.bufferedAmount > liveLimits.queuedBytesPerViewer) return;
		if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(words));
	}

	/** Ends where the session has ended. */
	check(): void {
		if (!this.#mayGoOn()) this.close(streamCloseCodes.signedOut);
	}

	close(code: number): void {
		this.#socket.close(code);
		setTimeout(() => this.#socket.terminate(), 2_000).unref(); // who does not answer is cut off
	}
}
