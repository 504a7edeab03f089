import type { IncomingHttpHeaders } from "node:http";
import { hostOf } from "#platform/host-of.ts";
import { isName } from "../tls/names.ts";

/** Where TLS is spoken. */
export interface SecurePlace {
	readonly port: number;
	/** How browsers reach the page; absent: by the name under which they came here. */
	readonly publicUrl: string | undefined;
}

interface Asked {
	readonly method: string;
	/** As it stands in the request: path and query. */
	readonly target: string;
	readonly headers: IncomingHttpHeaders;
}

export type WordWithoutTls =
	{ readonly status: 308; readonly location: string } | { readonly status: 400 | 403; readonly message: string };

/**
 * What is said to somebody who came without TLS. A person who looks for the page is led to it. Whatever else is asked is
 * refused and not led on: what it brought has travelled in the clear, and whoever is led on quietly never hears of it.
 */
export function wordWithoutTls({ method, target, headers }: Asked, place: SecurePlace): WordWithoutTls {
	const base = secureBase(headers.host, place);
	if (base === null || !target.startsWith("/")) return { status: 400, message: "This address cannot be read." };
	const isSimple = (method === "GET" || method === "HEAD") && headers.authorization === undefined;
	if (!isSimple || /^\/+api(\/|$)/i.test(target)) {
		const change = isSimple
			? ""
			: " A password or token that was sent with it was not protected on its way: change it.";
		return { status: 403, message: `Nothing is taken without TLS: use ${base}.${change}` };
	}
	return { status: 308, location: base + target.replace(/^\/+/, "/") };
}

function secureBase(host: string | undefined, { port, publicUrl }: SecurePlace): string | null {
	if (publicUrl !== undefined) return new URL(publicUrl).origin;
	if (host === undefined || !URL.canParse(`http://${host}`)) return null;
	const url = new URL(`http://${host}`);
	if (url.href !== `http://${url.host}/` || !isName(hostOf(url))) return null;
	return `https://${url.hostname}${port === 443 ? "" : `:${port}`}`;
}
