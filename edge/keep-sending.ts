import { backoffMs, wait } from "#platform/wait.ts";
import type { Bell } from "./bell.ts";

export interface Sending {
	/** Everything that can be sent now. @throws where it has to be tried again later */
	readonly send: () => Promise<void>;
	readonly news: Bell;
	/** It is looked anew after so long without news, too. */
	readonly lookEveryMs: number;
	/** The first failure after a success. */
	readonly onTrouble: (error: unknown) => void;
	readonly onRecovery?: () => void;
}

/** Sends until the signal says otherwise; a failure waits longer each time, up to a minute, and is said once. */
export async function keepSending(sending: Sending, signal: AbortSignal): Promise<void> {
	let failures = 0;
	while (!signal.aborted) {
		try {
			await sending.send();
			if (failures > 0) sending.onRecovery?.();
			failures = 0;
			await sending.news.wait(sending.lookEveryMs, signal);
		} catch (error) {
			if (signal.aborted) return;
			if (failures === 0) sending.onTrouble(error);
			await wait(backoffMs(failures++, 1_000, 60_000), signal);
		}
	}
}
