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

// What is given to the phone's person. Nothing of it is kept; a push without words still shows that there is something.
self.addEventListener("push", (event) => {
	const { title = "Keepclear", body = "", path = "/guard", tag } = wordsOf(event.data);
	const look = { body, tag, renotify: Boolean(tag), icon: "/guard-icon-192.png", data: { path } };
	event.waitUntil(self.registration.showNotification(title, look));
});

self.addEventListener("notificationclick", (event) => {
	event.notification.close();
	const target = new URL(event.notification.data?.path ?? "/guard", self.location.origin);
	if (target.origin !== self.location.origin) return;
	event.waitUntil(open(target.href));
});

function wordsOf(data) {
	try {
		const words = data?.json();
		return typeof words === "object" && words !== null ? words : {};
	} catch {
		return {};
	}
}

/** A page that is open is taken there; where there is none, or it cannot be led, a new one opens. */
async function open(href) {
	const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
	const page = pages.find(({ url }) => new URL(url).pathname === new URL(href).pathname) ?? pages[0];
	try {
		if (page) return await (await page.navigate(href))?.focus();
	} catch {
		// Not one of this worker's pages.
	}
	return self.clients.openWindow(href);
}

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
