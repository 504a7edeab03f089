/** One message of a `text/event-stream`. */
export interface SseMessage {
	readonly id: string | null;
	readonly event: string;
	readonly data: string;
}

/**
 * Reads a `text/event-stream` that arrives in pieces of any size (WHATWG HTML, 9.2.6). The page reads the stream itself
 * and not through EventSource, because EventSource tells neither the HTTP status (signed out or server down?) nor the
 * heartbeat comments (is a silent connection alive?).
 */
export class SseParser {
	#rest = "";
	#id: string | null = null;
	#event = "";
	#data: string[] = [];

	push(text: string): readonly SseMessage[] {
		const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
		this.#rest = lines.pop() ?? "";
		const messages: SseMessage[] = [];
		for (const line of lines) {
			if (line !== "") this.#field(line);
			else if (this.#data.length > 0 || this.#event !== "") messages.push(this.#finish());
		}
		return messages;
	}

	#field(line: string): void {
		const colon = line.indexOf(":");
		if (colon === 0) return; // a comment: the server's heartbeat
		const name = colon < 0 ? line : line.slice(0, colon);
		const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
		if (name === "id") this.#id = value;
		else if (name === "event") this.#event = value;
		else if (name === "data") this.#data.push(value);
	}

	#finish(): SseMessage {
		const message = { id: this.#id, event: this.#event || "message", data: this.#data.join("\n") };
		this.#event = "";
		this.#data = [];
		return message;
	}
}
