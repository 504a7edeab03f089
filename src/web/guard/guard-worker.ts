/** Lets the page open without a network. It keeps the page's own files alone: no answer of the API, no picture. */
export async function startGuardWorker(): Promise<void> {
	if (!("serviceWorker" in navigator)) return;
	try {
		await navigator.serviceWorker.register("/guard-worker.js", { scope: "/guard" });
		const { active } = await navigator.serviceWorker.ready;
		const own = performance
			.getEntriesByType("resource")
			.map((entry) => new URL(entry.name))
			.filter(({ origin, pathname }) => origin === location.origin && isShell(pathname));
		active?.postMessage({ keep: own.map(({ pathname }) => pathname) });
	} catch {
		// Without https, or in a private window: it works as long as there is a network.
	}
}

const isShell = (path: string) => path.startsWith("/assets/") || path === "/theme-first.js" || path === "/favicon.svg";
