import type { FastifyRequest, RouteOptions } from "fastify";
import { madeIdSchema } from "#contract/ids.ts";
import type { Right } from "#core/roles/role-words.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { badInput, notFound } from "../http/api-error.ts";
import type { ByRight } from "../http/app-type.ts";
import type { ServerParts } from "../server-parts.ts";
import { type ObjectKind, objects } from "./objects.ts";
import { reaches } from "./reach.ts";

type Parts = Pick<ServerParts, "store">;
const fromBody = "body.";

export const rightsAsked = ({ right }: ByRight): readonly Right[] => [right].flat();

/**
 * What an address names must be there and within reach: what is not is answered alike, before the body is read. That goes
 * for a text that cannot be an id too: whatever a route's own schema would make of it, nobody has looked at that.
 * @throws ApiError 404
 */
export function admitNamed(parts: Parts, request: FastifyRequest, access: ByRight, person: SignedIn): void {
	const params = request.params as Readonly<Record<string, string | undefined>>;
	for (const [name, kind] of namedObjects(access)) {
		if (name.startsWith(fromBody)) continue;
		const id = madeIdSchema.safeParse(params[name]);
		if (!id.success || !reaches(parts, person, rightsAsked(access), kind, id.data)) throw notFound(objects[kind].word);
	}
}

/** The same of what a body names, once it has been read. @throws ApiError 400 */
export function admitInBody(parts: Parts, request: FastifyRequest, access: ByRight, person: SignedIn): void {
	const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
	const problems = namedObjects(access).flatMap(([name, kind]) => {
		if (!name.startsWith(fromBody)) return [];
		const path = name.slice(fromBody.length);
		const id = body[path];
		if (typeof id !== "string" || reaches(parts, person, rightsAsked(access), kind, id)) return [];
		return [{ path, message: `there is no ${objects[kind].word} ${id}` }];
	});
	if (problems.length > 0) throw badInput(...problems);
}

/** Parameters that are a word or a file's name, not an object's id. */
const plainParameters = new Set(["word", "step", "kind", "name"]);
/** What such a key of a body names is an object. */
const namesAnObject = /^(alert|lane|camera|edge|site|permit|user|party|street|district)(Id)?$/;

/** @throws Error at the start of the program, for a route that forgets an object */
export function refuseForgottenObjects(route: RouteOptions, access: ByRight): void {
	const where = `${String(route.method)} ${route.url}`;
	const named = new Set(Object.keys(access.of ?? {}));
	const parameters = [...route.url.matchAll(/:(\w+)/g)].map(([, name]) => name ?? "");
	for (const name of parameters) {
		if (!named.has(name) && !plainParameters.has(name)) throw new Error(`${where} does not say what :${name} names`);
	}
	for (const name of named) {
		if (!name.startsWith(fromBody) && !parameters.includes(name)) throw new Error(`${where} has no :${name}`);
	}
	if (access.everySite) return;
	for (const key of keysOf(route.schema?.body)) {
		if (namesAnObject.test(key) && !named.has(fromBody + key)) {
			throw new Error(`${where} does not say what ${key} in its body names`);
		}
	}
}

const keysOf = (schema: unknown): readonly string[] =>
	Object.keys((schema as { shape?: object } | undefined)?.shape ?? {});

const namedObjects = ({ of = {} }: ByRight): readonly (readonly [string, ObjectKind])[] =>
	Object.entries<ObjectKind>(of);
