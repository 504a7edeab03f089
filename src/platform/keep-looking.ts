import { wait } from "./wait.ts";

/** A round that failed waits for so much longer, unless somebody says otherwise. */
const usualRestMs = 5_000;

export interface Looking {
	/** What is due at `now`. @throws where it has to be tried again later */
	readonly round: (now: number) => Promise<void>;
	readonly everyMs: number;
	/** How much longer after a round that failed. */
	readonly restMs?: number;
	/** Unix ms. Default: the wall clock. */
	readonly now?: () => number;
	readonly onTrouble: (error: unknown) => void;
}

/** Does what is due, round after round, until the signal says otherwise. */
export async function keepLooking(
	{ round, everyMs, restMs = usualRestMs, now = Date.now, onTrouble }: Looking,
	signal: AbortSignal,
): Promise<void> {
	while (!signal.aborted) {
		try {
			await round(now());
		} catch (error) {
			onTrouble(error);
			await wait(restMs, signal);
		}
		await wait(everyMs, signal);
	}
}
