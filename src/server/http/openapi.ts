import swagger from "@fastify/swagger";
import { jsonSchemaTransform } from "fastify-type-provider-zod";
import type { App } from "./app-type.ts";

/** Gathers the routes that are registered after it. */
export async function installOpenApi(app: App, name: string): Promise<void> {
	await app.register(swagger, {
		openapi: {
			openapi: "3.1.0",
			info: { title: `${name}: HTTP API`, version: "1" },
			components: {
				securitySchemes: {
					session: { type: "apiKey", in: "cookie", name: "keepclear" },
					edge: { type: "http", scheme: "bearer" },
				},
			},
		},
		transform: jsonSchemaTransform,
	});
}

export function openApiRoute(app: App): void {
	app.get(
		"/api/openapi.json",
		{ config: { access: "session" }, schema: { tags: ["health"], summary: "This document" } },
		async (_request, reply) => reply.type("application/json").send(JSON.stringify(app.swagger())),
	);
}
