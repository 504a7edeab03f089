import { z } from "zod";
import type { App } from "../http/app-type.ts";
import type { ServerParts } from "../server-parts.ts";
import type { CertificateKeeper } from "../tls/certificate-keeper.ts";
import { writeMetrics } from "./metrics.ts";
import { watchEventLoop } from "./process-metrics.ts";
import { readinessParts, readinessProblems } from "./readiness.ts";

const readiness = z.object({
	ready: z.boolean(),
	problems: z.array(z.object({ part: z.enum(readinessParts), message: z.string() })),
});

/** @param certificates null: no TLS of ours */
export function healthRoutes(app: App, parts: ServerParts, certificates: CertificateKeeper | null): void {
	watchEventLoop();

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
		"/readyz",
		{
			config: { access: "public" },
			schema: {
				tags: ["health"],
				summary: "Whether all is there that alerts and evidence need, and what is not",
				response: { 200: readiness, 503: readiness },
			},
		},
		async (_request, reply) => {
			const problems = [...(await readinessProblems(parts))];
			const ready = problems.length === 0;
			return reply
				.code(ready ? 200 : 503)
				.header("cache-control", "no-store")
				.send({ ready, problems });
		},
	);

	app.get(
		"/metrics",
		{ config: { access: "metrics" }, schema: { tags: ["health"], summary: "Figures for Prometheus" } },
		async (_request, reply) =>
			reply.type("text/plain; version=0.0.4; charset=utf-8").send(await writeMetrics(parts, certificates)),
	);
}
