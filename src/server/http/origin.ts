import type { FastifyRequest } from "fastify";
import { ApiError } from "./api-error.ts";

const changing = new Set(["POST", "PUT", "PATCH", "DELETE"]);
export const isChanging = (method: string) => changing.has(method);

/**
 * Another site's page may not make a browser change something here, nor read. Browsers send `Origin` with every such
 * request; programs that send none have no cookie of a person either, or had to be given it.
 */
export function refuseForeignOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
	const { origin } = request.headers;
	if (request.headers["sec-fetch-site"] === "cross-site" || (origin && !isOurs(origin, request, publicUrl))) {
		throw new ApiError(403, "foreign_origin", "This request came from another site's page.");
	}
}

function isOurs(origin: string, request: FastifyRequest, publicUrl: string | undefined): boolean {
	if (!URL.canParse(origin)) return false; // "null": a sandboxed frame or a file
	const { host } = new URL(origin);
	return host === request.headers.host || (publicUrl !== undefined && origin === new URL(publicUrl).origin);
}
