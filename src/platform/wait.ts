/** Resolves after `ms`, or at once when `signal` is aborted. Never rejects: the caller's loop looks at the signal. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal?.aborted) return resolve();
		const done = () => {
			clearTimeout(timer);
			signal?.removeEventListener("abort", done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		signal?.addEventListener("abort", done, { once: true });
	});
}

/** Exponential back-off with full jitter: 0.5 to 1 times `first * 2^attempt`, at most `most`. */
export function backoffMs(attempt: number, first = 500, most = 30_000, random: () => number = Math.random): number {
	return Math.min(most, first * 2 ** attempt) * (0.5 + random() / 2);
}
