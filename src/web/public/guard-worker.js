// The page's own files, so that it opens without a network. Nothing of the API is ever kept.
const cacheName = "keepclear-shell-1";
const isShell = (path) =>
	path.startsWith("/assets/") || ["/theme-first.js", "/favicon.svg", "/guard.webmanifest"].includes(path);

self.addEventListener("install", (event) => {
	event.waitUntil(
		caches
			.open(cacheName)
			.then((cache) => cache.add("/guard"))
			.then(() => self.skipWaiting()),
	);
});

self.addEventListener("activate", (event) => {
	event.waitUntil(
		caches
			.keys()
			.then((names) => Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name))))
			.then(() => self.clients.claim()),
	);
});

// What the page had loaded before this worker was there. A newer page names other files: the older ones go.
self.addEventListener("message", ({ data }) => {
	const wanted = Array.isArray(data?.keep) ? data.keep.filter((path) => typeof path === "string" && isShell(path)) : [];
	void caches.open(cacheName).then(async (cache) => {
		for (const path of wanted) {
			if (!(await cache.match(path))) await cache.add(path).catch(() => undefined);
		}
	});
});

self.addEventListener("fetch", (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (request.method !== "GET" || origin !== self.location.origin) return;
	if (request.mode === "navigate") event.respondWith(pageOf(request));
	else if (isShell(pathname)) event.respondWith(fileOf(request));
});

/** The newest page there is; without a network the one that was kept. */
async function pageOf(request) {
	const cache = await caches.open(cacheName);
	try {
		const answer = await fetch(request);
		if (answer.ok) await cache.put("/guard", answer.clone());
		return answer;
	} catch (error) {
		const kept = await cache.match("/guard");
		if (kept) return kept;
		throw error;
	}
}

/** Names below assets/ hold a hash of their content: what was kept under a name is right for ever. */
async function fileOf(request) {
	const cache = await caches.open(cacheName);
	const kept = await cache.match(request);
	if (kept) return kept;
	const answer = await fetch(request);
	if (answer.ok) await cache.put(request, answer.clone());
	return answer;
}
