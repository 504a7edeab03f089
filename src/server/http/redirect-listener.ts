import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { bareHeaders } from "./security-headers.ts";
import { httpOptions, patience } from "./slow-requests.ts";
import { type SecurePlace, wordWithoutTls } from "./without-tls.ts";

export interface RedirectListener {
	readonly port: number;
	close(): Promise<void>;
}

/** Who is led elsewhere needs no connection for long. */
const mostConnections = 200;

/** Listens without TLS beside the server that speaks it; reads no body. @throws what `listen` throws */
export async function openRedirectListener(
	{ host, port }: { readonly host: string; readonly port: number },
	place: SecurePlace,
): Promise<RedirectListener> {
	const server = createServer(httpOptions(patience), (request, response) => answer(request, response, place));
	server.maxConnections = mostConnections;
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen({ host, port }, resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function answer({ method = "GET", url = "/", headers }: IncomingMessage, response: ServerResponse, place: SecurePlace) {
	const word = wordWithoutTls({ method, target: url, headers }, place);
	const base = { ...bareHeaders, "cache-control": "no-store", connection: "close" };
	if (word.status === 308) {
		response.writeHead(308, { ...base, location: word.location, "content-length": 0 }).end();
		return;
	}
	const error = word.status === 403 ? "tls_required" : "bad_input";
	response.writeHead(word.status, { ...base, "content-type": "application/json; charset=utf-8" });
	response.end(JSON.stringify({ error, message: word.message }));
}
