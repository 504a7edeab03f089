import type { ErrorAnswer } from "#contract/error-answer.ts";

/** A refusal that the caller is told about, in the form of `errorAnswer`. */
export class ApiError extends Error {
	override readonly name = "ApiError";
	readonly status: number;
	readonly answer: ErrorAnswer;
	readonly headers: Readonly<Record<string, string>>;

	constructor(
		status: number,
		error: string,
		message: string,
		more: Omit<ErrorAnswer, "error" | "message"> & { headers?: Readonly<Record<string, string>> } = {},
	) {
		super(message);
		const { headers, ...rest } = more;
		this.status = status;
		this.answer = { error, message, ...rest };
		this.headers = headers ?? {};
	}
}

export const notFound = (what: string) => new ApiError(404, "not_found", `There is no such ${what}.`);

export const notAnEdge = () => new ApiError(401, "not_an_edge", "A valid edge token is needed.");

/** One thing in the body, the query or the path that cannot be taken. */
export const badInput = (...problems: { path: string; message: string }[]) =>
	new ApiError(400, "bad_input", "Some of what was sent cannot be taken.", { problems });
