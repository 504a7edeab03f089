import type { z } from "zod";
import { type EdgeConfigAnswer, edgeConfigAnswer, trustHeader } from "#contract/edge-api.ts";
import { type JobAnswer, type JobResultBody, jobAnswer, type SaidBody } from "#contract/edge-jobs.ts";
import { errorWordOf } from "#contract/error-answer.ts";
import type { EvidenceSetBody } from "#contract/evidence-set.ts";
import type { ExemptStayBody } from "#contract/exempt-stays-api.ts";
import type { WhatIfResultBody } from "#contract/live-api.ts";
import { readValue } from "#contract/read-value.ts";
import { callHttp } from "#platform/http-client.ts";
import { withinTime } from "#platform/within-time.ts";
import type { Overlay } from "../evidence/overlay.ts";

/** The server did not do what it was asked. `status`: what it answered, 0 where it did not. No secrets in the message. */
export class ServerError extends Error {
	override readonly name = "ServerError";
	readonly status: number;
	/** The server's own word for why; null where it gave none. */
	readonly word: string | null;

	constructor(message: string, status: number, { word, ...options }: ErrorOptions & { word?: string | null } = {}) {
		super(message, options);
		this.status = status;
		this.word = word ?? null;
	}
}

/** An older server has no such address; one that refuses the words will refuse them again. */
export const isFinalRefusal = ({ status }: ServerError) => [400, 403, 404, 413, 422].includes(status);

const answerWithinMs = 15_000;

/** `ca`, PEM: who alone may have signed the server's certificate; read for each call, as it may be exchanged. */
export interface ServerPlace {
	readonly url: string;
	readonly token: string;
	readonly ca?: string | null;
}

/** What the edge asks of the server over HTTP, with its token. Every call @throws ServerError */
export class ServerClient {
	readonly #server: ServerPlace;

	constructor(server: ServerPlace) {
		this.#server = server;
	}

	/** @param trusts what is kept of the authorities that it told: their SHA-256 */
	async config(signal: AbortSignal, trusts: string | null = null): Promise<EdgeConfigAnswer> {
		const headers = trusts === null ? {} : { [trustHeader]: trusts };
		return this.#read(edgeConfigAnswer, await this.#ask("GET", "/api/edge/config", signal, { headers }));
	}

	async configApplied(revision: number, signal: AbortSignal): Promise<void> {
		await this.#ask("POST", "/api/edge/config/applied", signal, json({ revision }));
	}

	async job(id: string, signal: AbortSignal): Promise<JobAnswer> {
		return this.#read(jobAnswer, await this.#ask("GET", `/api/edge/jobs/${encodeURIComponent(id)}`, signal));
	}

	async jobResult(id: string, result: JobResultBody, signal: AbortSignal): Promise<void> {
		await this.#ask("PUT", `/api/edge/jobs/${encodeURIComponent(id)}/result`, signal, json(result));
	}

	async whatIfResult(jobId: string, result: WhatIfResultBody, signal: AbortSignal): Promise<void> {
		await this.#ask("PUT", `/api/edge/jobs/${encodeURIComponent(jobId)}/what-if`, signal, json(result));
	}

	async said(jobId: string, said: SaidBody, signal: AbortSignal): Promise<void> {
		await this.#ask("PUT", `/api/edge/jobs/${encodeURIComponent(jobId)}/said`, signal, json(said));
	}

	async evidenceSet(alertId: string, body: EvidenceSetBody, signal: AbortSignal): Promise<void> {
		await this.#ask("PUT", `/api/edge/alerts/${encodeURIComponent(alertId)}/evidence-set`, signal, json(body));
	}

	async exemptStay(id: string, body: ExemptStayBody, signal: AbortSignal): Promise<void> {
		await this.#ask("PUT", `/api/edge/exempt-stays/${encodeURIComponent(id)}`, signal, json(body));
	}

	async live(cameraId: string, overlay: Overlay, jpeg: Buffer, signal: AbortSignal): Promise<void> {
		const body = { overlay, pictureBase64: jpeg.toString("base64") };
		await this.#ask("PUT", `/api/edge/cameras/${cameraId}/live`, signal, json(body));
	}

	async picture(cameraId: string, jpeg: Uint8Array, capturedAt: number, signal: AbortSignal): Promise<void> {
		await this.#ask("PUT", `/api/edge/cameras/${cameraId}/picture`, signal, {
			body: jpeg,
			headers: { "content-type": "image/jpeg", "x-captured-at": String(capturedAt) },
		});
	}

	/** The public key that this edge seals with. */
	async registerKey(publicKey: string, signal: AbortSignal): Promise<void> {
		await this.#ask("PUT", "/api/edge/key", signal, json({ publicKey }));
	}

	async manifest(
		{ chainId, sequence, signature }: { chainId: string; sequence: number; signature: Buffer },
		manifest: string,
		signal: AbortSignal,
	): Promise<void> {
		const body = { manifest, signatureBase64: signature.toString("base64") };
		await this.#ask("PUT", `/api/edge/manifests/${chainId}/${sequence}`, signal, json(body));
	}

	async #ask(method: string, path: string, signal: AbortSignal, content?: Content): Promise<unknown> {
		const { url, token, ca = null } = this.#server;
		try {
			return await withinTime(answerWithinMs, signal, async (inTime) => {
				const { status, text } = await callHttp({
					...{ method, url: url + path, ca, signal: inTime },
					headers: { authorization: `Bearer ${token}`, ...content?.headers },
					...(content?.body === undefined ? {} : { body: content.body }),
				});
				// The token goes to the configured server alone.
				if (status >= 300 && status < 400) throw new ServerError(`${method} ${path}: a redirect to elsewhere`, 0);
				if (status >= 400)
					throw new ServerError(explain(method, path, status, text), status, { word: errorWordOf(text) });
				return text ? (JSON.parse(text) as unknown) : undefined;
			});
		} catch (cause) {
			if (cause instanceof ServerError) throw cause;
			throw new ServerError(`${method} ${path}: ${unreachable(cause)}`, 0, { cause });
		}
	}

	#read<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> {
		const parsed = readValue(schema, answer);
		if (parsed.success) return parsed.data;
		throw new ServerError("the server answers in another version's words: are both of the same Keepclear?", 200);
	}
}

interface Content {
	readonly body?: string | Uint8Array;
	readonly headers: Record<string, string>;
}

const json = (value: unknown): Content => ({
	body: JSON.stringify(value),
	headers: { "content-type": "application/json" },
});

function explain(method: string, path: string, status: number, text: string): string {
	const hint = status === 401 ? " (the server does not know this edge's token)" : "";
	return `${method} ${path}: the server answered ${status}${hint}: ${text.slice(0, 300)}`;
}

function unreachable(error: unknown): string {
	const { message, code, name } = error as NodeJS.ErrnoException;
	if (name === "TimeoutError") return `the server has not answered for ${answerWithinMs / 1000} s`;
	if (error instanceof SyntaxError) return "the server's answer is not JSON";
	return message || (code ?? "no answer");
}
