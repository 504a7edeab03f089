import type { App } from "../http/app-type.ts";
import type { Store } from "../store/open-store.ts";
import { metersOf } from "./meters.ts";

/** By route template, never by address: addresses hold ids, and are without end. */
export function countRequests(app: App, store: Store): void {
	const meters = metersOf(store);
	app.addHook("onResponse", async (request, reply) => {
		const route = request.is404 ? "none" : (request.routeOptions.url ?? "none");
		const { method } = request;
		meters.requests.add({ method, route, status: `${Math.floor(reply.statusCode / 100)}xx` });
		const lasts =
			request.headers.upgrade !== undefined ||
			String(reply.getHeader("content-type") ?? "").startsWith("text/event-stream");
		if (!lasts) meters.requestSeconds.observe({ method, route }, reply.elapsedTime / 1000);
	});
}
