import { z } from "zod";
import { type ErrorAnswer, errorAnswer } from "#contract/error-answer.ts";
import { attendedHeaders } from "../attendance.ts";

// The content security policy forbids eval; without this zod would try it, and the browser would log a violation.
z.config({ jitless: true });

const answerWithinMs = 20_000;

export type ApiProblem = { readonly path: string; readonly message: string };

interface ApiErrorDetail {
	readonly httpStatus?: number;
	readonly problems?: readonly ApiProblem[];
	readonly retryAfterS?: number | null;
	readonly first?: ErrorAnswer["first"];
	readonly meanwhile?: NonNullable<ErrorAnswer["meanwhile"]>;
	readonly cause?: unknown;
}

/** An answer other than success, or none. `code` is a word of the server's or one of ours (`offline`, `timeout`, `bad_answer`). */
export class ApiError extends Error {
	readonly code: string;
	readonly httpStatus: number;
	readonly problems: readonly ApiProblem[];
	readonly retryAfterS: number | null;
	/** Who said it before, with `already_said`. */
	readonly first: ErrorAnswer["first"];
	/** What others did, with `changed_meanwhile`. */
	readonly meanwhile: NonNullable<ErrorAnswer["meanwhile"]>;

	constructor(code: string, message: string, detail: ApiErrorDetail = {}) {
		super(message, { cause: detail.cause });
		this.code = code;
		this.httpStatus = detail.httpStatus ?? 0;
		this.problems = detail.problems ?? [];
		this.retryAfterS = detail.retryAfterS ?? null;
		this.first = detail.first;
		this.meanwhile = detail.meanwhile ?? [];
	}
}

let csrfToken: string | null = null;
const signedOutListeners = new Set<() => void>();

export function setCsrfToken(token: string | null): void {
	csrfToken = token;
}

/** Told whenever an answer says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): () => void {
	signedOutListeners.add(listener);
	return () => signedOutListeners.delete(listener);
}

export function tellSignedOut(): void {
	for (const listener of signedOutListeners) listener();
}

const owingListeners = new Set<() => void>();

/** Told whenever an answer says that a password of one's own, or a second factor, comes first. */
export function onOwing(listener: () => void): () => void {
	owingListeners.add(listener);
	return () => owingListeners.delete(listener);
}

export interface RequestOptions {
	/** Sent as JSON; a file as it is, under its own type. */
	readonly body?: unknown;
	/** How long the answer may take. */
	readonly withinMs?: number;
	readonly signal?: AbortSignal | undefined;
	/** Signing in answers 401 without meaning that a session ended. */
	readonly mayBeSignedOut?: boolean;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One request. Throws ApiError, or the signal's reason when the caller gave up. */
export async function request<T>(
	method: Method,
	path: string,
	schema: z.ZodType<T>,
	{ body, signal, mayBeSignedOut = false, withinMs = answerWithinMs }: RequestOptions = {},
): Promise<T> {
	const response = await send(method, path, body, withinMs, signal);
	if (!response.ok) {
		if (response.status === 401 && !mayBeSignedOut) tellSignedOut();
		const error = await errorOf(response);
		if (error.code === "password_due" || error.code === "factor_due") for (const listener of owingListeners) listener();
		throw error;
	}
	const answer: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
	const parsed = schema.safeParse(answer);
	if (!parsed.success) throw new ApiError("bad_answer", `${method} ${path}: ${parsed.error.message}`);
	return parsed.data;
}

/** A file, however long it takes to come. Throws ApiError. */
export async function requestFile(path: string): Promise<Blob> {
	const response = await fetch(path, { credentials: "same-origin", cache: "no-store" }).catch((cause: unknown) => {
		throw new ApiError("offline", `GET ${path} got no answer`, { cause });
	});
	if (response.ok) return response.blob();
	if (response.status === 401) tellSignedOut();
	throw await errorOf(response);
}

async function send(
	method: Method,
	path: string,
	body: unknown,
	withinMs: number,
	signal: AbortSignal | undefined,
): Promise<Response> {
	const timeout = AbortSignal.timeout(withinMs);
	const headers: Record<string, string> = { accept: "application/json", ...attendedHeaders() };
	if (body !== undefined) headers["content-type"] = body instanceof Blob ? body.type : "application/json";
	if (method !== "GET" && csrfToken !== null) headers["x-csrf-token"] = csrfToken;
	try {
		return await fetch(path, {
			method,
			headers,
			credentials: "same-origin",
			cache: "no-store",
			signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
			...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
		});
	} catch (cause) {
		if (signal?.aborted) throw cause;
		throw new ApiError(timeout.aborted ? "timeout" : "offline", `${method} ${path} got no answer`, { cause });
	}
}

async function errorOf(response: Response): Promise<ApiError> {
	const parsed = errorAnswer.safeParse(await response.json().catch(() => undefined));
	const retryAfter = Number(response.headers.get("retry-after"));
	return new ApiError(parsed.data?.error ?? "", parsed.data?.message ?? response.statusText, {
		httpStatus: response.status,
		problems: parsed.data?.problems ?? [],
		first: parsed.data?.first,
		meanwhile: parsed.data?.meanwhile ?? [],
		retryAfterS: Number.isFinite(retryAfter) && retryAfter > 0 ? Math.ceil(retryAfter) : null,
	});
}
