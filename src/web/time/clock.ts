import { useSyncExternalStore } from "react";
import { live } from "../live/live-store.ts";

/**
 * The page's one timer: everything that counts seconds watches it. While the page is not live it stands still, so that
 * no figure pretends to be current.
 */
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function watch(watcher: () => void): () => void {
	watchers.add(watcher);
	timer ??= setInterval(() => {
		for (const each of watchers) each();
	}, 1000);
	return () => {
		watchers.delete(watcher);
		if (watchers.size > 0) return;
		clearInterval(timer);
		timer = undefined;
	};
}

/** The server's time, Unix milliseconds; stands still while the page is not live. */
export function serverNow(): number {
	const { liveness, clockOffsetMs } = live.value;
	return (liveness.state === "lost" ? liveness.stoodStillAt : Date.now()) + clockOffsetMs;
}

/** `textAt` of the current time; the component renders again only when the text changes. */
export function useTicking<T extends string | number>(textAt: (now: number) => T): T {
	return useSyncExternalStore(watch, () => textAt(serverNow()));
}
