import type { FastifyRequest } from "fastify";
import { rightsAmong } from "#core/roles/role-table.ts";
import type { Right } from "#core/roles/role-words.ts";
import { attendedHeader } from "#contract/session-api.ts";
import { refuseWhoOwes } from "../accounts/owed.ts";
import { onlyShows, rightsOfSession, sessionOf, type Visitor } from "../accounts/sessions-actions.ts";
import { recordChange } from "../audit/record-change.ts";
import { edgeOfToken } from "../edges/edges-actions.ts";
import type { EdgeRow } from "../edges/edges-store.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { admitInBody, admitNamed, refuseForgottenObjects, rightsAsked } from "../scope/admit-objects.ts";
import type { ServerParts } from "../server-parts.ts";
import { ApiError, notAnEdge } from "./api-error.ts";
import type { Access, App, ByRight } from "./app-type.ts";
import { browserCookieName, readCookie, sessionCookieName, ticketCookieName } from "./cookies.ts";
import { isChanging, refuseForeignOrigin } from "./origin.ts";
import { sameSecret } from "./secrets.ts";

export interface GuardedRoute {
	readonly method: string;
	readonly url: string;
	readonly access: Access;
}

/** Lets through whom the route's `config.access` names, before its body is read. */
export function installGuard(app: App, parts: ServerParts, metricsToken: string | null): readonly GuardedRoute[] {
	const routes: GuardedRoute[] = [];
	app.decorateRequest("signedIn", null);
	app.decorateRequest("edge", null);
	app.addHook("onRoute", (route) => {
		const access = route.config?.access;
		if (!access) throw new Error(`${String(route.method)} ${route.url} does not say who may call it`);
		if (isForAnyPerson(access) && route.url.includes(":")) {
			throw new Error(`${String(route.method)} ${route.url} names an object and is for everybody`);
		}
		if (typeof access === "object") refuseForgottenObjects(route, access);
		for (const method of [route.method].flat()) routes.push({ method, url: route.url, access });
	});
	app.addHook("onRequest", async (request) => {
		const access = request.routeOptions.config.access;
		if (!request.is404 && access) admit(request, access, parts, metricsToken);
	});
	app.addHook("preHandler", async (request) => {
		const access = request.routeOptions.config.access;
		if (typeof access !== "object" || !request.signedIn) return;
		admitInBody(parts, request, access, request.signedIn);
		recordChange(parts, request, access, request.signedIn);
	});
	return routes;
}

const isForAnyPerson = (access: Access) => access === "session" || access === "entered" || access === "own_password";

/** The one who is signed in, in a route whose access is neither public nor an edge's. */
export function personOf(request: FastifyRequest): SignedIn {
	if (!request.signedIn) throw new Error("a route that needs a person let nobody in");
	return request.signedIn;
}

/** The edge that calls, in a route whose access is `edge`. */
export function edgeOf(request: FastifyRequest): EdgeRow {
	if (!request.edge) throw new Error("a route that needs an edge let nobody in");
	return request.edge;
}

export const notSignedIn = () => new ApiError(401, "not_signed_in", "Sign in first.");

function admit(request: FastifyRequest, access: Access, parts: ServerParts, metricsToken: string | null): void {
	if (typeof access === "object") return admitByRight(request, access, parts);
	switch (access) {
		case "public":
			if (isChanging(request.method)) refuseForeignOrigin(request, parts.config.publicUrl);
			return;
		case "entered":
		case "own_password":
		case "session": {
			const person = admitPerson(request, parts);
			if (access !== "entered") refuseWhoOwes(parts, person, access === "own_password" ? "factor" : undefined);
			refuseScreen(request, person);
			return;
		}
		case "edge":
			return admitEdge(request, parts);
		case "metrics": {
			const token = bearer(request);
			if (token && metricsToken && sameSecret(token, metricsToken)) return;
			return admitByRight(request, { right: "administer", everySite: true }, parts);
		}
	}
}

/** Says no to a role before it looks at any object: a refusal tells nothing of what there is. */
function admitByRight(request: FastifyRequest, access: ByRight, parts: ServerParts): void {
	const person = admitPerson(request, parts);
	refuseWhoOwes(parts, person);
	if (rightsAmong(person.user.role, rightsAsked(access)).length === 0) {
		throw new ApiError(403, "not_allowed", "Your role may not do this.");
	}
	refuseScreen(request, person, rightsAsked(access));
	if (access.everySite && person.sites !== null) {
		throw new ApiError(403, "not_allowed", "This holds for every site: only who answers for all of them may do it.");
	}
	admitNamed(parts, request, access, person);
}

/** A screen on a wall looks, and signs out. */
function refuseScreen(request: FastifyRequest, { user, isScreen }: SignedIn, asked?: readonly Right[]): void {
	const { url = "" } = request.routeOptions;
	if (!isScreen || url === "/api/session") return;
	const held = rightsOfSession(user.role, isScreen);
	const mayLook = asked ? asked.some((right) => held.includes(right)) : !url.startsWith("/api/account");
	if (isChanging(request.method) || !mayLook) throw onlyShows();
}

function admitPerson(request: FastifyRequest, parts: ServerParts): SignedIn {
	const signedIn = findSession(request, parts);
	if (!signedIn) throw notSignedIn();
	refuseForeignOrigin(request, parts.config.publicUrl); // also of what only reads: events and live video go on for hours
	if (isChanging(request.method)) {
		const token = request.headers["x-csrf-token"];
		if (typeof token !== "string" || !sameSecret(token, signedIn.csrfToken)) {
			throw new ApiError(403, "csrf_token_missing", "The header x-csrf-token is missing or is not this session's.");
		}
	}
	request.signedIn = signedIn;
	return signedIn;
}

/** `attended` is said by the request itself, once: a stream that looks again later is no person. */
export function findSession(request: FastifyRequest, parts: ServerParts, { again = false } = {}): SignedIn | null {
	const cookie = readCookie(request.headers.cookie, sessionCookieName(isSecure(parts)));
	const attended = !again && (isChanging(request.method) || request.headers[attendedHeader] !== undefined);
	return cookie ? sessionOf(parts, cookie, { attended, address: request.ip }) : null;
}

export function visitorOf(request: FastifyRequest, parts: ServerParts): Visitor {
	const { cookie, "user-agent": agent = "" } = request.headers;
	const secure = isSecure(parts);
	return {
		...{ address: request.ip, agent },
		session: readCookie(cookie, sessionCookieName(secure)),
		browser: readCookie(cookie, browserCookieName(secure)),
		ticket: readCookie(cookie, ticketCookieName(secure)),
	};
}

/** Whether people come by TLS: ours, or a proxy's in front. */
export const isSecure = ({ config }: Pick<ServerParts, "config">): boolean =>
	config.tls.kind !== "off" || (config.publicUrl?.startsWith("https:") ?? false);

function admitEdge(request: FastifyRequest, parts: ServerParts): void {
	const token = bearer(request);
	const edge = token ? edgeOfToken(parts.store, token) : null;
	if (!edge) throw notAnEdge();
	request.edge = edge;
}

const bearer = (request: FastifyRequest) => /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? null;
