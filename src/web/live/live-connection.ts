import { ApiError, tellSignedOut } from "../api/http.ts";
import { loadWall } from "../api/keepclear-api.ts";
import { type FeedChange, feedChangeOf } from "./feed-change.ts";
import { live, queueChanges, takeWall } from "./live-store.ts";
import { SseParser } from "./sse-parser.ts";
import { wallPictureOf } from "./wall-picture.ts";

/** The server sends a heartbeat every 15 s; after this long without a byte the connection counts as dead. */
const silentAfterMs = 40_000;
const connectWithinMs = 15_000;
const firstRetryMs = 1_000;
const longestRetryMs = 8_000;

class SignedOut extends Error {}

let wakeUp = () => {};
/** "Reconnect now": cuts a wait before the next try short. */
export function reconnectNow(): void {
	wakeUp();
}

/**
 * Keeps the live store true until aborted, or until nobody is signed in any more: loads the wall, follows the feed, and
 * after a loss comes back where it stopped.
 */
export async function runLiveConnection(signal: AbortSignal): Promise<void> {
	let position: number | null = null;
	let retryMs = firstRetryMs;
	let heardAt = Date.now();
	while (!signal.aborted) {
		try {
			position ??= await loadWallAnew(signal);
			heardAt = Date.now();
			for await (const heard of followFeed(position, signal)) {
				heardAt = Date.now();
				retryMs = firstRetryMs;
				setLive();
				if (heard.changes.length > 0) queueChanges(heard.changes);
				position = heard.reset ? null : (heard.position ?? position);
				if (heard.reset) break;
			}
		} catch (error) {
			if (signal.aborted) return;
			if (error instanceof SignedOut) return tellSignedOut();
			if (error instanceof ApiError && error.httpStatus === 401) return; // told already
			// A change that this page cannot read must not stop it for good: load everything anew.
			if (!(error instanceof TypeError)) position = null;
			setLost(heardAt, error);
		}
		if (position === null && live.value.liveness.state === "live") continue;
		if (signal.aborted) return;
		setLost(heardAt, live.value.error);
		await pause(retryMs * (0.75 + Math.random() / 2), signal);
		retryMs = Math.min(retryMs * 2, longestRetryMs);
	}
}

interface Heard {
	readonly changes: readonly FeedChange[];
	readonly position: number | null;
	readonly reset: boolean;
}

/** Ends when the server ends the stream; throws when it is lost or silent. The first value says that it is open. */
async function* followFeed(after: number, signal: AbortSignal): AsyncGenerator<Heard> {
	const ended = new AbortController();
	const watchdog = startWatchdog(ended);
	try {
		watchdog(connectWithinMs);
		const response = await fetch(`/api/feed?after=${after}`, {
			headers: { accept: "text/event-stream" },
			cache: "no-store",
			signal: AbortSignal.any([signal, ended.signal]),
		});
		if (response.status === 401) throw new SignedOut();
		if (!response.ok || response.body === null) throw new TypeError(`feed answered ${response.status}`);
		watchdog(silentAfterMs);
		yield { changes: [], position: null, reset: false };
		const parser = new SseParser();
		const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			watchdog(silentAfterMs);
			yield heardIn(parser.push(value));
		}
	} finally {
		watchdog(null);
		ended.abort();
	}
}

function heardIn(messages: ReturnType<SseParser["push"]>): Heard {
	const changes = messages.map(feedChangeOf).filter((change) => change !== null);
	const id = messages.at(-1)?.id;
	return {
		changes: changes.filter(({ kind }) => kind !== "reset"),
		position: id != null && /^\d+$/.test(id) ? Number(id) : null,
		reset: changes.some(({ kind }) => kind === "reset"),
	};
}

function startWatchdog(ended: AbortController): (withinMs: number | null) => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	return (withinMs) => {
		clearTimeout(timer);
		if (withinMs !== null) timer = setTimeout(() => ended.abort(new TypeError("the feed went silent")), withinMs);
	};
}

async function loadWallAnew(signal: AbortSignal): Promise<number> {
	const answer = await loadWall(signal);
	takeWall(wallPictureOf(answer), answer.now);
	return answer.feedPosition;
}

function setLive(): void {
	if (live.value.liveness.state !== "live") live.set({ ...live.value, liveness: { state: "live" }, error: null });
}

function setLost(stoodStillAt: number, error: unknown): void {
	if (live.value.liveness.state === "lost" && live.value.error === error) return;
	live.set({ ...live.value, liveness: { state: "lost", stoodStillAt }, error });
}

/** Ends early when the network comes back, the tab is looked at again, or somebody asks for it. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const end = () => {
			clearTimeout(timer);
			for (const name of ["online", "pageshow"]) removeEventListener(name, end);
			signal.removeEventListener("abort", end);
			wakeUp = () => {};
			resolve();
		};
		const timer = setTimeout(end, ms);
		for (const name of ["online", "pageshow"]) addEventListener(name, end);
		signal.addEventListener("abort", end);
		wakeUp = end;
	});
}
