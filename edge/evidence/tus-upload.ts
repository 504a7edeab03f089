import type { ReadStream } from "node:fs";
import { DefaultHttpStack, DetailedError, Upload } from "tus-js-client";
import { errorWordOf } from "#contract/error-answer.ts";

export interface UploadTarget {
	/** Without a slash at its end. */
	readonly serverUrl: string;
	readonly token: string;
	/** PEM: who alone may have signed the server's certificate. */
	readonly ca?: string | null;
}

/** An upload that did not succeed. `status`: what the server answered, 0 where it did not; `word`: its word for why. */
export class UploadError extends Error {
	override readonly name = "UploadError";
	readonly status: number;
	readonly word: string | null;

	constructor(message: string, status: number, word: string | null = null) {
		super(message);
		this.status = status;
		this.word = word;
	}
}

/** tus-js-client has no time-out of its own: a connection that went silent would hold the queue for ever. */
const silentAfterMs = 60_000;

/**
 * Sends one file by tus; goes on with an upload that was begun (`url`), and begins a new one where the server has
 * forgotten it. Resolves when the server has answered the last byte. @throws UploadError
 */
export function sendByTus(
	{ serverUrl, token, ca = null }: UploadTarget,
	file: {
		open: () => ReadStream;
		bytes: number;
		metadata: Record<string, string>;
		url: string | null;
		onUrl: (url: string) => void;
		signal: AbortSignal;
	},
): Promise<void> {
	return new Promise((resolve, reject) => {
		const stream = file.open();
		const finish = (end: () => void) => {
			clearTimeout(watchdog);
			file.signal.removeEventListener("abort", onAbort);
			stream.destroy();
			end();
		};
		const giveUp = (why: string) => {
			void upload.abort().catch(() => undefined);
			finish(() => reject(new UploadError(why, 0)));
		};
		const onAbort = () => giveUp("the edge is being stopped");
		const watchdog = setTimeout(() => giveUp("the server has gone silent"), silentAfterMs);
		const upload = new Upload(stream, {
			endpoint: `${serverUrl}/api/edge/evidence`,
			...(ca === null ? {} : { httpStack: new DefaultHttpStack({ ca }) }),
			uploadUrl: file.url,
			uploadSize: file.bytes,
			metadata: file.metadata,
			headers: { authorization: `Bearer ${token}` },
			retryDelays: null, // the uploader's loop decides about retry
			storeFingerprintForResuming: false,
			onUploadUrlAvailable: () => {
				if (!upload.url) return;
				const url = atServer(upload.url, serverUrl);
				file.onUrl(url);
				if (url !== upload.url) giveUp("the server names another address than the one we know");
			},
			onProgress: () => watchdog.refresh(),
			onSuccess: () => finish(resolve),
			onError: (cause) => finish(() => reject(uploadError(cause))),
		});
		if (file.signal.aborted) return onAbort();
		file.signal.addEventListener("abort", onAbort, { once: true });
		upload.start();
	});
}

/**
 * Behind a proxy a server may name itself wrongly. The token goes only where the configuration says, so the next try
 * goes there too.
 */
const atServer = (url: string, serverUrl: string) => {
	const { pathname, search } = new URL(url);
	return new URL(pathname + search, serverUrl).href;
};

function uploadError(cause: Error): UploadError {
	if (!(cause instanceof DetailedError)) return new UploadError(cause.message, 0);
	const status = cause.originalResponse?.getStatus() ?? 0;
	const said = cause.originalResponse?.getBody().slice(0, 2_000) ?? "";
	// The library's own message names the request with its identifiers; ours says what the operator needs.
	return status === 0
		? new UploadError(`the server cannot be reached: ${cause.causingError?.message ?? "no answer"}`, 0)
		: new UploadError(`the server answered ${status}: ${said}`, status, errorWordOf(said));
}
