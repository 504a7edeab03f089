import { once } from "node:events";
import type { Writable } from "node:stream";
import type { Feed } from "../store/feed.ts";
import type { VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";
import { messagesOf, onlyLast, type FeedMessage } from "./feed-answers.ts";

const heartbeatEveryMs = 15_000;
/** A client that takes nothing for so long is cut off; it comes back with its `Last-Event-ID`. */
const stuckAfterMs = 30_000;

export interface FeedStream {
	readonly store: Store;
	readonly feed: Feed;
	readonly out: Writable;
	/** What its reader may know of, asked at every heartbeat and before every message: undefined ends the stream. */
	readonly sitesNow: () => VisibleSites | undefined;
	readonly signal: AbortSignal;
}

/**
 * Writes all changes after `position` until the client leaves, the session ends or `signal` is aborted. Nothing is
 * queued here for a slow client: what it has not taken yet stays in the feed's table.
 */
export async function writeFeed({ store, feed, out, sitesNow, signal }: FeedStream, position: number): Promise<void> {
	const bell = new Bell();
	const stopListening = feed.onAppend(() => bell.ring());
	const heartbeat = setInterval(() => bell.ring(), heartbeatEveryMs);
	const leave = () => bell.ring();
	signal.addEventListener("abort", leave);
	out.once("close", leave);
	try {
		let at = position;
		let quietSince = Date.now();
		await write(out, "retry: 2000\n\n");
		while (!signal.aborted && !out.destroyed) {
			const sites = sitesNow();
			if (sites === undefined) break;
			const rows = feed.since(at);
			if (rows === null) {
				at = feed.position();
				await write(out, frame({ event: "reset", data: {} }, at));
				continue;
			}
			for (const row of onlyLast(rows)) await write(out, framesOf(messagesOf(store, row, sites), row.position));
			at = rows.at(-1)?.position ?? at;
			if (rows.length > 0) {
				quietSince = Date.now();
				continue;
			}
			if (Date.now() - quietSince >= heartbeatEveryMs) {
				quietSince = Date.now();
				await write(out, ": still here\n\n");
			}
			await bell.rung();
		}
	} finally {
		stopListening();
		clearInterval(heartbeat);
		signal.removeEventListener("abort", leave);
		out.off("close", leave);
	}
}

/** Only the last of a row's messages carries the position: who was cut off between them gets them all again. */
const framesOf = (messages: readonly FeedMessage[], position: number) =>
	messages.map((message, index) => frame(message, index === messages.length - 1 ? position : null)).join("");

const frame = ({ event, data }: FeedMessage, position: number | null) =>
	`${position === null ? "" : `id: ${position}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

async function write(out: Writable, text: string): Promise<void> {
	if (text === "" || out.destroyed || out.write(text)) return;
	const signal = AbortSignal.timeout(stuckAfterMs);
	try {
		await Promise.race([once(out, "drain", { signal }), once(out, "close", { signal })]);
	} catch {
		out.destroy();
	}
}

/** Rung while nobody waits, it is remembered once. */
class Bell {
	#waiting: (() => void) | null = null;
	#isRung = false;

	ring(): void {
		this.#isRung = true;
		this.#waiting?.();
	}

	async rung(): Promise<void> {
		if (!this.#isRung) await new Promise<void>((resolve) => (this.#waiting = resolve));
		this.#waiting = null;
		this.#isRung = false;
	}
}
