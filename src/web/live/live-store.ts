import type { FeedChange } from "./feed-change.ts";
import { Observable } from "../observable.ts";
import { changedWallPicture, type WallPicture } from "./wall-picture.ts";

/** Whether what the page shows is what is. */
export type Liveness =
	| { readonly state: "connecting" }
	| { readonly state: "live" }
	/** `stoodStillAt`: when the server was last heard; `error`: why it cannot be reached, if the wall never loaded. */
	| { readonly state: "lost"; readonly stoodStillAt: number };

export interface LiveState {
	/** Null until the wall has been loaded once. */
	readonly picture: WallPicture | null;
	readonly liveness: Liveness;
	/** The last failure to load the wall; null when it went well. */
	readonly error: unknown;
	/** Add to this machine's clock to get the server's, milliseconds. */
	readonly clockOffsetMs: number;
}

export const initialLiveState: LiveState = {
	picture: null,
	liveness: { state: "connecting" },
	error: null,
	clockOffsetMs: 0,
};

/** The one copy of what the server tells, shared by all pages. */
export const live = new Observable<LiveState>(initialLiveState);

type ChangesListener = (changes: readonly FeedChange[], before: WallPicture, after: WallPicture) => void;
const changesListeners = new Set<ChangesListener>();

/** Told after each batch of changes, and after the wall was loaded anew (with no changes then). */
export function onChanges(listener: ChangesListener): () => void {
	changesListeners.add(listener);
	return () => changesListeners.delete(listener);
}

function tell(changes: readonly FeedChange[], before: WallPicture, after: WallPicture): void {
	for (const listener of changesListeners) listener(changes, before, after);
}

let queued: FeedChange[] = [];
let flushing: { frame: number; timer: ReturnType<typeof setTimeout> } | null = null;
/** A page in the background has no frames. */
const noFrameWithinMs = 250;

/** Takes over what the feed tells: all that comes before the next frame at once, so that a storm costs one rendering. */
export function queueChanges(changes: readonly FeedChange[]): void {
	queued.push(...changes);
	flushing ??= { frame: requestAnimationFrame(flush), timer: setTimeout(flush, noFrameWithinMs) };
}

function flush(): void {
	if (flushing) {
		cancelAnimationFrame(flushing.frame);
		clearTimeout(flushing.timer);
	}
	flushing = null;
	const changes = queued;
	queued = [];
	if (changes.length > 0) apply(changes);
}

/** Takes over the answer to something that this page itself has changed. */
export function takeChanges(changes: readonly FeedChange[]): void {
	flush(); // what was told before is older
	apply(changes);
}

function apply(changes: readonly FeedChange[]): void {
	const before = live.value.picture;
	if (!before) return;
	const picture = changedWallPicture(before, changes);
	live.set({ ...live.value, picture });
	tell(changes, before, picture);
}

/** Takes over a wall that was loaded as a whole. */
export function takeWall(picture: WallPicture, serverNow: number): void {
	queued = []; // the wall knows it
	const before = live.value.picture;
	live.set({ ...live.value, picture, error: null, clockOffsetMs: serverNow - Date.now() });
	if (before) tell([], before, picture);
}
