import { useEffect, useState } from "react";
import type { CallAnswer } from "#contract/drill-packs-api.ts";
import { loadCall } from "../../api/station-api.ts";
import { onChanges } from "../../live/live-store.ts";

export interface CallNow {
	readonly answer: CallAnswer | null;
	/** When the answer came, by this machine's clock. */
	readonly heardAt: number | null;
	/** Why there is none yet. */
	readonly error: unknown;
	/** Nothing was heard for too long: whatever is shown may not be so any more. */
	readonly isStale: boolean;
	readonly reload: () => void;
}

/** Asked again without any change being told: a change that got lost is there after as long. */
const everyMs = 5_000;
/** Changes that come together are asked about once. */
const togetherMs = 250;
const staleAfterMs = 15_000;

/** Every lane of a site at this minute, kept true: asked for anew when the live feed tells of a change, and every few seconds. */
export function useCall(siteId: string): CallNow {
	const [known, setKnown] = useState<Pick<CallNow, "answer" | "heardAt" | "error">>(nothing);
	const [isStale, setStale] = useState(false);
	const [turn, setTurn] = useState(0);
	useEffect(() => {
		const ended = new AbortController();
		let timer: ReturnType<typeof setTimeout> | undefined;
		let staleTimer: ReturnType<typeof setTimeout> | undefined;
		let [asking, again] = [false, false];
		const askIn = (ms: number) => {
			clearTimeout(timer);
			timer = setTimeout(() => void ask(), ms);
		};
		async function ask(): Promise<void> {
			if (asking) {
				again = true;
				return;
			}
			[asking, again] = [true, false];
			try {
				const answer = await loadCall(siteId, ended.signal);
				setKnown({ answer, heardAt: Date.now(), error: null });
				setStale(false);
				clearTimeout(staleTimer);
				staleTimer = setTimeout(() => setStale(true), staleAfterMs);
			} catch (error) {
				if (!ended.signal.aborted) setKnown((before) => ({ ...before, error }));
			}
			asking = false;
			if (!ended.signal.aborted) askIn(again ? togetherMs : everyMs);
		}
		void ask();
		const release = onChanges((changes) => {
			const isOurs = changes.length === 0 || changes.some((each) => concerns(each, siteId));
			if (!isOurs) return;
			if (asking) again = true;
			else askIn(togetherMs);
		});
		return () => {
			release();
			ended.abort();
			clearTimeout(timer);
			clearTimeout(staleTimer);
		};
	}, [siteId, turn]);
	return { ...known, isStale, reload: () => setTurn((n) => n + 1) };
}

const nothing = { answer: null, heardAt: null, error: null };

/** Edges and cameras are of a site too, but do not say of which. */
const concerns = (change: Parameters<Parameters<typeof onChanges>[0]>[0][number], siteId: string) =>
	change.kind === "lane" || change.kind === "alert" ? change.value.siteId === siteId : true;
