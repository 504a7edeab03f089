import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import { hostOf } from "#platform/host-of.ts";
import type { SendOutcome } from "./notice-channel.ts";
import { isPublicAddress, notPublic, publicLookup } from "./public-address.ts";

/** Whom a channel calls by HTTP. */
export interface CalledPlace {
	readonly timeoutMs: number;
	/** Also this machine and its network: a gateway of the site's own. */
	readonly allowPrivateAddress: boolean;
}

export interface Call {
	readonly method: "GET" | "POST";
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | Buffer;
}

export interface Answered {
	readonly status: number;
	/** The first bytes of it; empty where none were asked for. */
	readonly text: string;
}

/** Gateways answer with a short JSON; more than this is no answer of theirs. */
const mostBytes = 65_536;

/**
 * One call, without redirects. The address that is checked is the one that is connected to.
 * @param readAnswer else of the answer only its status is read
 */
export function callOut(
	{ timeoutMs, allowPrivateAddress }: CalledPlace,
	{ method, url, headers, body }: Call,
	{ signal, readAnswer = false }: { readonly signal: AbortSignal; readonly readAnswer?: boolean },
): Promise<Answered | SendOutcome> {
	const host = hostOf(url);
	if (!allowPrivateAddress && isIP(host) !== 0 && !isPublicAddress(host)) return Promise.resolve(privateAddress);
	const timeout = AbortSignal.timeout(timeoutMs);
	return new Promise((resolve) => {
		const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, {
			...{ method, agent: false, signal: AbortSignal.any([signal, timeout]) },
			headers: { "user-agent": "Keepclear", "content-length": String(Buffer.byteLength(body)), ...headers },
			...(allowPrivateAddress ? {} : { lookup: publicLookup }),
		});
		const fail = (error: NodeJS.ErrnoException) => {
			if (error.code === notPublic) return resolve(privateAddress);
			const why = timeout.aborted
				? `no answer within ${timeoutMs} ms`
				: `cannot be reached (${error.code ?? "unknown"})`;
			resolve({ sent: false, retry: true, why });
		};
		request.on("response", (response) => {
			const status = response.statusCode ?? 0;
			if (!readAnswer) {
				response.on("error", () => {}); // nothing more is read of it
				response.destroy();
				return resolve({ status, text: "" });
			}
			const chunks: Buffer[] = [];
			let bytes = 0;
			response.on("data", (chunk: Buffer) => {
				bytes += chunk.length;
				if (bytes <= mostBytes) chunks.push(chunk);
				else response.destroy(new Error("too long an answer"));
			});
			response.on("end", () => resolve({ status, text: Buffer.concat(chunks).toString("utf8") }));
			response.on("error", fail);
		});
		request.on("error", fail);
		request.end(body);
	});
}

export const wasAnswered = (outcome: Answered | SendOutcome): outcome is Answered => "status" in outcome;

export function outcomeOfStatus(status: number): SendOutcome {
	if (status >= 200 && status < 300) return { sent: true };
	const retry = status === 408 || status === 425 || status === 429 || status >= 500;
	return { sent: false, retry, why: `answered with ${status}` };
}

const privateAddress: SendOutcome = {
	sent: false,
	retry: false,
	why: "its address is a private one, which the configuration does not allow (allowPrivateAddress)",
};
