import { z } from "zod";
import type { App } from "../http/app-type.ts";
import type { ServerParts } from "../server-parts.ts";
import { writeMetrics } from "./metrics.ts";

export function healthRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/healthz",
		{
			config: { access: "public" },
			schema: {
				tags: ["health"],
				summary: "Whether the server answers and its database does",
				response: { 200: z.object({ ok: z.literal(true) }) },
			},
		},
		async () => {
			parts.store.prepare("SELECT 1").get();
			return { ok: true as const };
		},
	);

	app.get(
		"/metrics",
		{ config: { access: "metrics" }, schema: { tags: ["health"], summary: "Figures for Prometheus" } },
		async (_request, reply) => reply.type("text/plain; version=0.0.4; charset=utf-8").send(await writeMetrics(parts)),
	);
}
