/** It opens the page without a network, and shows what is pushed. */
export const guardWorker = () => navigator.serviceWorker.register("/guard-worker.js", { scope: "/guard" });

/** Lets the page open without a network. It keeps the page's own files alone: no answer of the API. */
export async function startGuardWorker(): Promise<void> {
	if (!("serviceWorker" in navigator)) return;
	try {
		const { installing, waiting, active } = await guardWorker();
		// Not `ready`: that waits for ever where the page was opened elsewhere and came here by a link.
		const worker = installing ?? waiting ?? active;
		const own = performance
			.getEntriesByType("resource")
			.map((entry) => new URL(entry.name))
			.filter(({ origin, pathname }) => origin === location.origin && isShell(pathname));
		worker?.postMessage({ keep: own.map(({ pathname }) => pathname) });
	} catch {
		// Without https, or in a private window: it works as long as there is a network.
	}
}

const isShell = (path: string) => path.startsWith("/assets/") || path === "/theme-first.js" || path === "/favicon.svg";
