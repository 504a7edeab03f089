/**
 * Catches the browser's "back" before the router hears of it. The router listens from its first rendering on, and
 * listeners are called in the order in which they came: hence this one is added when the page starts.
 */
let guard: ((to: string) => void) | null = null;
let guardedUrl = "";

export function startBackGuard(): void {
	addEventListener(
		"popstate",
		(event) => {
			if (!guard) return;
			event.stopImmediatePropagation();
			const to = location.pathname + location.search;
			// The address has changed already; put it back.
			history.pushState(null, "", guardedUrl);
			guard(to);
		},
		true,
	);
}

/** Until the answer is called, "back" leads nowhere but to `onBack`, which is told where it would have led. */
export function guardBack(onBack: (to: string) => void): () => void {
	guard = onBack;
	guardedUrl = location.href;
	return () => {
		if (guard === onBack) guard = null;
	};
}
