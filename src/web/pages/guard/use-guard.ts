import { useEffect, useState } from "react";
import { type Account, askWhoIsSignedIn } from "../../account.ts";
import { loadDispatches } from "../../api/handling-api.ts";
import { ApiError } from "../../api/http.ts";
import { queue, readQueue, sendQueue } from "../../guard/guard-queue.ts";
import { keepDispatches, type KeptDispatches, keptDispatches } from "../../guard/guard-store.ts";
import { keepPicturesOf } from "../../guard/kept-pictures.ts";
import { live } from "../../live/live-store.ts";
import { useObservable } from "../../observable.ts";

const askEveryMs = 10_000;

const takeOffset = (clockOffsetMs: number) => live.set({ ...live.value, clockOffsetMs });

export interface GuardNow {
	/** Whose phone it is: who is signed in, or without a network who was; null: nobody known, undefined: being read. */
	readonly user: { readonly id: string; readonly name: string } | null | undefined;
	readonly dispatches: KeptDispatches | null;
	/** The server answered the last time. */
	readonly isOnline: boolean;
	readonly reload: () => void;
}

/** Asks what is to be done, sends what was done, and without a network goes on with what was kept. */
export function useGuard(who: Account): GuardNow {
	const [kept, setKept] = useState<KeptDispatches | null | undefined>(undefined);
	const [isOnline, setOnline] = useState(navigator.onLine);
	const [turn, setTurn] = useState(0);
	const signedIn = who.state === "signed_in" && !who.expired ? who.user : null;
	const userId = signedIn?.id ?? null;
	const userName = signedIn?.name ?? "";
	const waiting = useObservable(queue).length;

	useEffect(() => {
		void readQueue().catch(() => undefined);
		void keptDispatches().then(
			(value) => {
				if (value?.clockOffsetMs !== undefined && live.value.clockOffsetMs === 0) takeOffset(value.clockOffsetMs);
				setKept((known) => known ?? value ?? null);
			},
			() => setKept(null),
		);
	}, []);

	useEffect(() => {
		const given = new AbortController();
		const look = async () => {
			if (userId === null) {
				if (navigator.onLine && who.state === "unreachable") await askWhoIsSignedIn({ quietly: true });
				return;
			}
			try {
				await sendQueue(userId);
				const { now, mine, others } = await loadDispatches(given.signal);
				if (given.signal.aborted) return;
				const at = Date.now();
				takeOffset(now - at);
				const value = { userId, userName, at, clockOffsetMs: now - at, mine, others };
				setKept(value);
				setOnline(true);
				await keepDispatches(value);
				await keepPicturesOf(mine).catch(() => {}); // the network went, or the phone is full: without a picture then
			} catch (error) {
				if (error instanceof ApiError && !given.signal.aborted)
					setOnline(error.code !== "offline" && error.code !== "timeout");
			}
		};
		void look();
		const timer = setInterval(() => void look(), askEveryMs);
		const soon = () => void look();
		const off = () => setOnline(false);
		addEventListener("online", soon);
		addEventListener("offline", off);
		document.addEventListener("visibilitychange", soon);
		return () => {
			given.abort();
			clearInterval(timer);
			removeEventListener("online", soon);
			removeEventListener("offline", off);
			document.removeEventListener("visibilitychange", soon);
		};
	}, [userId, userName, who.state, turn, waiting === 0]);

	const own = kept && (userId === null || kept.userId === userId) ? kept : null;
	const user = signedIn ?? (kept === undefined ? undefined : own ? { id: own.userId, name: own.userName } : null);
	return { user, dispatches: own, isOnline, reload: () => setTurn((n) => n + 1) };
}
