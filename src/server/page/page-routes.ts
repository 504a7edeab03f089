import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ApiError } from "../http/api-error.ts";
import type { App } from "../http/app-type.ts";
import { findSession, notSignedIn } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";

/** The built page. Every path that names no file and none of the API's is the page's own (`/alerts/…`). */
export async function pageRoutes(app: App, parts: ServerParts): Promise<void> {
	const { pageFolder, log } = parts;
	const isBuilt = () => existsSync(join(pageFolder, "index.html"));
	if (!isBuilt()) log.warn({ folder: pageFolder }, "the page is not built; run: npm run build:web");
	await app.register(fastifyStatic, {
		...{ root: pageFolder, serve: false, cacheControl: false, suppressWarning: true },
		preCompressed: true, // the build writes .br and .gz beside each file
	});

	app.route({
		method: ["GET", "HEAD"],
		url: "/*",
		config: { access: "public" },
		schema: { hide: true },
		handler: async (request, reply) => {
			const path = pathOf(request);
			if (/^\/(api|metrics|healthz|readyz)(\/|$)/.test(path)) throw refusal(request);
			if (!isBuilt()) {
				const text = "The page is not built. In Keepclear's folder run: npm run build:web\n";
				return reply.code(503).type("text/plain; charset=utf-8").send(text);
			}
			return sendPageFile(reply, isFile(path) ? path : "/index.html");
		},
	});

	app.setNotFoundHandler((request) => {
		throw refusal(request);
	});

	/** Who is not signed in does not even learn which addresses there are. */
	const refusal = (request: FastifyRequest) =>
		pathOf(request).startsWith("/api") && !findSession(request, parts)
			? notSignedIn()
			: new ApiError(404, "not_found", "There is nothing at this address.");
}

/** Files lie at the top and below assets/. A dot tells nothing: ids hold dots too (`/alerts/lane-1.mws6lrux`). */
const isFile = (path: string) => /^\/(assets\/.+|[^/]*\.\w+)$/.test(path);

/** Vite puts a hash of the content into the names below assets/. */
function sendPageFile(reply: FastifyReply, path: string): FastifyReply {
	const cache = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
	return reply.header("cache-control", cache).sendFile(path.slice(1));
}

const pathOf = (request: FastifyRequest) => request.url.split("?", 1)[0] ?? "/";
