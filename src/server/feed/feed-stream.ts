import { once } from "node:events";
import type { Writable } from "node:stream";
import { wait } from "#platform/wait.ts";
import type { Feed } from "../store/feed.ts";
import type { VisibleSites } from "../scope/visible-sites.ts";
import type { SharedAnswers } from "./shared-answers.ts";

const heartbeatEveryMs = 15_000;
/**
 * What comes within so long of something told is told together, once a thing: many pages cost less than many changes. The
 * more pages are open the longer it is, for what a page costs is being told at all, not how much.
 */
const togetherMs = { least: 40, aPage: 1, most: 250 };
/** A client that takes nothing for so long is cut off; it comes back with its `Last-Event-ID`. */
const stuckAfterMs = 30_000;

export interface FeedStream {
	readonly feed: Feed;
	readonly answers: SharedAnswers;
	readonly out: Writable;
	/** What its reader may know of, asked at every heartbeat and before every message: undefined ends the stream. */
	readonly sitesNow: () => VisibleSites | undefined;
	readonly signal: AbortSignal;
	/** Pages that are told now. */
	readonly openStreams: () => number;
}

/**
 * Writes all changes after `position` until the client leaves, the session ends or `signal` is aborted. Nothing is
 * queued here for a slow client: what it has not taken yet stays in the feed's table.
 */
export async function writeFeed(
	{ feed, answers, out, sitesNow, signal, openStreams }: FeedStream,
	position: number,
): Promise<void> {
	const bell = new Bell();
	const stopListening = feed.onAppend(() => bell.ring());
	const heartbeat = setInterval(() => bell.ring(), heartbeatEveryMs);
	const leave = () => bell.ring();
	signal.addEventListener("abort", leave);
	out.once("close", leave);
	try {
		let at = position;
		let quietSince = performance.now();
		await write(out, "retry: 2000\n\n");
		while (!signal.aborted && !out.destroyed) {
			const sites = sitesNow();
			if (sites === undefined) break;
			const news = answers.newsAfter(at);
			if (news === null) {
				at = feed.position();
				await write(out, resetAt(at));
				continue;
			}
			if (news.rows.length > 0) {
				let frames = "";
				for (const row of news.rows) {
					frames += answers.framesOf(row, sites);
					if (frames.length < out.writableHighWaterMark) continue;
					await write(out, frames);
					frames = "";
				}
				await write(out, frames);
				at = news.position;
				quietSince = performance.now();
				// Who has much to catch up on waits for nobody, but lets the others have their turn.
				const together = Math.min(togetherMs.most, Math.max(togetherMs.least, openStreams() * togetherMs.aPage));
				await wait(news.more ? 0 : together, signal);
				continue;
			}
			if (performance.now() - quietSince >= heartbeatEveryMs) {
				quietSince = performance.now();
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

const resetAt = (position: number) => `id: ${position}\nevent: reset\ndata: {}\n\n`;

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
