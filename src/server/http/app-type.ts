import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Right } from "#core/roles/role-words.ts";
import type { EdgeRow } from "../edges/edges-store.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import type { ObjectKind } from "../scope/objects.ts";

/** Who may call a route. There is no default: a route without it does not start the server. */
export type Access =
	| "public"
	| "entered" // whoever gave what the sign-in asked for, whatever he owes: who it is, sign out, a password of one's own
	| "own_password" // the same once the password is his own: a second factor is set up
	| "session" // whoever is signed in and owes nothing: what is of no site and of no role
	| ByRight
	| "edge" // an edge worker with its token, and no person
	| "metrics"; // an administrator of every site, or the token of the configuration

/** Persons with a right, as far as the objects that they name are of their sites. */
export interface ByRight {
	/** Any of them lets a person in. */
	readonly right: Right | readonly Right[];
	/**
	 * What the address' parameters and the body name: `{ id: "alert" }`, `{ "body.laneId": "lane" }`. A parameter that is
	 * missing here does not start the server. Lists name nothing: they show what `personOf(request).sites` lets them.
	 */
	readonly of?: Readonly<Record<string, ObjectKind>>;
	/** It holds for all sites at once: for those alone who answer for all of them. */
	readonly everySite?: true;
}

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
