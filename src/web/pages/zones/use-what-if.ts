import { useEffect, useState } from "react";
import type { ZoneBody } from "#contract/zones.ts";
import type { WhatIfAnswer } from "#contract/live-api.ts";
import { askWhatIf, loadWhatIf } from "../../api/keepclear-api.ts";

/** Whoever types a number changes it with each key: it is asked when the hand rests. */
const restMs = 700;
const pollEveryMs = 500;

type Answer = WhatIfAnswer | { readonly state: "failed"; readonly error: unknown };

/** What the last hour would have raised under the zone's rules as they stand in the editor; asked anew as they change. */
export function useWhatIf(cameraId: string, { id: zoneId, policy = {}, hours = [] }: ZoneBody, asked: boolean) {
	const [answer, setAnswer] = useState<Answer | null>(null);
	const [busy, setBusy] = useState(false);
	const question = JSON.stringify({ cameraId, zoneId, policy, hours });
	useEffect(() => {
		if (!asked) return;
		const given = new AbortController();
		const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
		const ask = async () => {
			await pause(restMs);
			if (given.signal.aborted) return;
			setBusy(true);
			try {
				let newest = await askWhatIf(JSON.parse(question) as Parameters<typeof askWhatIf>[0], given.signal);
				while (newest.state === "waiting" && !given.signal.aborted) {
					await pause(pollEveryMs);
					newest = await loadWhatIf(newest.id, given.signal);
				}
				if (!given.signal.aborted) setAnswer(newest);
			} catch (error) {
				if (!given.signal.aborted) setAnswer({ state: "failed", error });
			} finally {
				if (!given.signal.aborted) setBusy(false);
			}
		};
		void ask();
		return () => given.abort();
	}, [question, asked]);
	return { answer, busy };
}
