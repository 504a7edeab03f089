/**
 * Gives `act` a signal that is aborted with the caller's, or after `ms` (with a `TimeoutError`). Leaves nothing behind on
 * the caller's signal, which may live as long as the program.
 */
export async function withinTime<T>(
	ms: number,
	signal: AbortSignal,
	act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const controller = new AbortController();
	const stop = () => controller.abort(signal.reason);
	const timer = setTimeout(() => controller.abort(new DOMException(`not done in ${ms} ms`, "TimeoutError")), ms);
	if (signal.aborted) stop();
	signal.addEventListener("abort", stop, { once: true });
	try {
		return await act(controller.signal);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener("abort", stop);
	}
}
