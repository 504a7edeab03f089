import { createHmac } from "node:crypto";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import type { NoticeChannel, OutgoingNotice, SendOutcome } from "./notice-channel.ts";
import { isPublicAddress, notPublic, publicLookup } from "./public-address.ts";

export interface Webhook {
	readonly name: string;
	readonly url: string;
	readonly secret: string;
	readonly timeoutMs: number;
	readonly mostAttempts: number;
	/** Also this machine and its network: a gateway of the site's own. */
	readonly allowPrivateAddress: boolean;
}

/**
 * `POST url` with the notice as JSON. The receiver checks
 * `x-keepclear-signature: sha256=<HMAC-SHA-256 of "<x-keepclear-timestamp>.<body>" by the shared secret, hexadecimal>`
 * and takes an `x-keepclear-notice` id once. Redirects are not followed; of the answer only its status is read.
 */
export function webhookChannel(webhook: Webhook, now: () => number = Date.now): NoticeChannel {
	const { name, mostAttempts } = webhook;
	return {
		...{ name, kind: "webhook", mostAttempts },
		send: async (notice, signal) => {
			const url = new URL(webhook.url);
			const host = url.hostname.replace(/^\[|\]$/g, "");
			if (!webhook.allowPrivateAddress && isIP(host) !== 0 && !isPublicAddress(host)) return privateAddress;
			return post(url, webhook, bodyOf(notice, webhook.secret, now()), signal);
		},
	};
}

const privateAddress: SendOutcome = {
	sent: false,
	retry: false,
	why: "its address is a private one, which the configuration does not allow (allowPrivateAddress)",
};

function bodyOf(notice: OutgoingNotice, secret: string, at: number) {
	const body = JSON.stringify({ v: 1, ...notice });
	const signature = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
	const headers = {
		"content-type": "application/json; charset=utf-8",
		"content-length": String(Buffer.byteLength(body)),
		"user-agent": "Keepclear",
		"x-keepclear-notice": notice.id,
		"x-keepclear-timestamp": String(at),
		"x-keepclear-signature": `sha256=${signature}`,
	};
	return { body, headers };
}

function post(
	url: URL,
	{ timeoutMs, allowPrivateAddress }: Webhook,
	{ body, headers }: ReturnType<typeof bodyOf>,
	signal: AbortSignal,
): Promise<SendOutcome> {
	const timeout = AbortSignal.timeout(timeoutMs);
	return new Promise((resolve) => {
		const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, {
			...{ method: "POST", headers, agent: false, signal: AbortSignal.any([signal, timeout]) },
			...(allowPrivateAddress ? {} : { lookup: publicLookup }),
		});
		request.on("response", (response) => {
			response.on("error", () => {}); // nothing more is read of it
			response.destroy();
			resolve(outcomeOf(response.statusCode ?? 0));
		});
		request.on("error", (error: NodeJS.ErrnoException) => {
			if (error.code === notPublic) return resolve(privateAddress);
			const why = timeout.aborted
				? `no answer within ${timeoutMs} ms`
				: `cannot be reached (${error.code ?? "unknown"})`;
			resolve({ sent: false, retry: true, why });
		});
		request.end(body);
	});
}

function outcomeOf(status: number): SendOutcome {
	if (status >= 200 && status < 300) return { sent: true };
	const retry = status === 408 || status === 425 || status === 429 || status >= 500;
	return { sent: false, retry, why: `answered with ${status}` };
}
