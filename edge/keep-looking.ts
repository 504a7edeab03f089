import { wait } from "#platform/wait.ts";

/** From round to round; a round that failed waits for so much longer. */
const tryAgainMs = 5_000;

export interface Looking {
	/** What is due at `now`. @throws where it has to be tried again later */
	readonly round: (now: number) => Promise<void>;
	readonly everyMs: number;
	readonly onTrouble: (error: unknown) => void;
}

/** Does what is due, round after round, until the signal says otherwise. */
export async function keepLooking({ round, everyMs, onTrouble }: Looking, signal: AbortSignal): Promise<void> {
	while (!signal.aborted) {
		try {
			await round(Date.now());
		} catch (error) {
			onTrouble(error);
			await wait(tryAgainMs, signal);
		}
		await wait(everyMs, signal);
	}
}
