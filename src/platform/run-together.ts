import { setMaxListeners } from "node:events";

/**
 * Runs long-lived things until `signal` is aborted. One that fails ends the others too; then its error is thrown once all
 * have stopped.
 */
export async function runTogether(
	signal: AbortSignal,
	things: readonly ((signal: AbortSignal) => Promise<void>)[],
): Promise<void> {
	const ending = new AbortController();
	setMaxListeners(0, ending.signal); // each of them listens, and what it starts
	const end = () => ending.abort(signal.reason);
	if (signal.aborted) end();
	signal.addEventListener("abort", end, { once: true });
	try {
		const ends = await Promise.allSettled(
			things.map(async (run) => {
				try {
					await run(ending.signal);
				} catch (error) {
					ending.abort(error);
					throw error;
				}
			}),
		);
		const failed = ends.find((end) => end.status === "rejected");
		if (failed) throw failed.reason;
	} finally {
		signal.removeEventListener("abort", end);
	}
}
