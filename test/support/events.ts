import type { Person } from "./server.ts";

export interface ReceivedEvent {
	readonly event: string;
	/** Null where the event carries no position. */
	readonly id: string | null;
	readonly data: unknown;
}

export interface EventStream {
	/** Grows while the stream is open. */
	readonly events: readonly ReceivedEvent[];
	/** Resolves when the server has ended it. */
	readonly ended: Promise<void>;
	close(): Promise<void>;
}

/** Reads server-sent events as a browser does; Node 20 has no EventSource. */
export async function openEvents(
	url: string,
	person: Person,
	path: string,
	headers: Record<string, string> = {},
): Promise<EventStream> {
	const leaving = new AbortController();
	const answer = await fetch(new URL(path, url), {
		headers: { cookie: person.cookie, accept: "text/event-stream", ...headers },
		signal: leaving.signal,
	});
	if (answer.status !== 200 || !answer.body) throw new Error(`${path} answered ${answer.status}`);
	const events: ReceivedEvent[] = [];
	const ended = read(answer.body, events).catch((error: unknown) => {
		if (!leaving.signal.aborted) throw error;
	});
	return {
		events,
		ended,
		async close() {
			leaving.abort();
			await ended;
		},
	};
}

async function read(body: ReadableStream<Uint8Array>, events: ReceivedEvent[]): Promise<void> {
	let text = "";
	const decoder = new TextDecoder();
	for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
		text += decoder.decode(chunk, { stream: true });
		const blocks = text.split("\n\n");
		text = blocks.pop() ?? "";
		for (const block of blocks) {
			const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
			const event = field("event");
			if (event !== undefined)
				events.push({ event, id: field("id") ?? null, data: JSON.parse(field("data") ?? "null") });
		}
	}
}
