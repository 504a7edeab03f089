import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { EdgeRow } from "../edges/edges-store.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";

/** Who may call a route. There is no default: a route without it does not start the server. */
export type Access =
	| "public"
	| "session" // whoever is signed in
	| "supervisor" // or an administrator
	| "admin"
	| "edge" // an edge worker with its token, and no person
	| "metrics"; // whoever is signed in, or the token of the configuration

declare module "fastify" {
	interface FastifyContextConfig {
		access?: Access;
	}
	interface FastifyRequest {
		signedIn: SignedIn | null;
		edge: EdgeRow | null;
	}
}

export type App = FastifyInstance<
	RawServerDefault,
	IncomingMessage,
	ServerResponse,
	FastifyBaseLogger,
	ZodTypeProvider
>;
