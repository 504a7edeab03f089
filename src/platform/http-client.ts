import { type IncomingMessage, request as requestPlainly } from "node:http";
import { request as requestByTls } from "node:https";

export interface HttpCall {
	readonly method: string;
	readonly url: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string | Uint8Array;
	readonly signal: AbortSignal;
	/** PEM: who alone may have signed the server's certificate. Null: those that Node trusts. */
	readonly ca?: string | null;
	/** For whoever proves by other means whom he speaks with: any certificate does. */
	readonly trustsAnybody?: true;
}

export interface HttpAnswer {
	readonly status: number;
	readonly headers: IncomingMessage["headers"];
	readonly text: string;
}

const mostAnswerBytes = 32 << 20;

/**
 * One request of one program to another: Node's own `fetch` cannot be told which authority to trust. Redirects are answers
 * like others: what is sent goes where the configuration says.
 *
 * @throws the signal's reason, or Node's error with its `code`
 */
export async function callHttp(call: HttpCall): Promise<HttpAnswer> {
	try {
		return await callOnce(call, false);
	} catch (error) {
		if (call.signal.aborted) throw call.signal.reason;
		if (!(error instanceof StaleConnection)) throw error;
		return callOnce(call, true);
	}
}

/** The server had closed a kept connection while we began to use it again. */
class StaleConnection extends Error {}

function callOnce(call: HttpCall, anew: boolean): Promise<HttpAnswer> {
	const { method, url, headers = {}, body, signal, ca = null, trustsAnybody = false } = call;
	const begin = url.startsWith("https:") ? requestByTls : requestPlainly;
	return new Promise((resolve, reject) => {
		const request = begin(url, {
			...{ method, signal },
			headers: body === undefined ? headers : { ...headers, "content-length": String(Buffer.byteLength(body)) },
			...(ca === null ? {} : { ca }),
			...(trustsAnybody ? { rejectUnauthorized: false } : {}),
			...(anew || trustsAnybody ? { agent: false } : {}),
		});
		request.on("error", (error: NodeJS.ErrnoException) =>
			reject(request.reusedSocket && error.code === "ECONNRESET" ? new StaleConnection() : error),
		);
		request.once("response", (response) => {
			readText(response).then(
				(text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
				reject,
			);
		});
		request.end(body);
	});
}

async function readText(response: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of response as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > mostAnswerBytes) throw new Error(`the answer has more than ${mostAnswerBytes} bytes`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}
