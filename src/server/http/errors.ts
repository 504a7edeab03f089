import { randomBytes } from "node:crypto";
import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaCompiler } from "fastify";
import type { z } from "zod";
import type { ErrorAnswer } from "#contract/error-answer.ts";
import { readValue } from "#contract/read-value.ts";
import { InputError, problemsOf } from "#platform/input-error.ts";
import { redactSecrets } from "#platform/redact.ts";
import { ApiError, badInput } from "./api-error.ts";
import type { App } from "./app-type.ts";

/** Every error answer has the form of `errorAnswer`; what we did not foresee is 500 with an id that the log has too. */
export function installErrors(app: App): void {
	app.setValidatorCompiler(listAllProblems);
	app.setErrorHandler((error, request, reply) => answerError(error as FastifyError, request, reply));
}

const listAllProblems: FastifySchemaCompiler<z.ZodType> =
	({ schema }) =>
	(data) => {
		const parsed = readValue(schema, data ?? {});
		return parsed.success ? { value: parsed.data } : { error: badInput(...problemsOf(parsed.error)) };
	};

export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
	void reply.header("cache-control", "no-store");
	const known = asApiError(error);
	if (known) return reply.code(known.status).headers(known.headers).send(known.answer);
	const id = randomBytes(6).toString("hex");
	request.log.error({ err: error, errorId: id, route: request.routeOptions.url }, "a request failed unexpectedly");
	const answer: ErrorAnswer = { error: "internal", message: `Something went wrong here. The log has it as ${id}.` };
	return reply.code(500).send(answer);
}

function asApiError(error: FastifyError): ApiError | null {
	if (error instanceof ApiError) return error;
	if (error instanceof InputError) {
		return badInput(...error.problems.map((message) => ({ path: "", message: redactSecrets(message) })));
	}
	if (isStorageFailure(error)) return storageFailure(error);
	if (error.statusCode && error.statusCode < 500) return fromFastify(error, error.statusCode);
	return null;
}

function fromFastify(error: FastifyError, status: number): ApiError {
	if (error.code === "FST_ERR_BAD_URL") return unreadable("This address cannot be read."); // its own words hold all of it
	switch (status) {
		case 413:
			return new ApiError(413, "too_large", "What was sent is too large.");
		case 415:
			return new ApiError(415, "unsupported_media_type", "This type of content cannot be taken here.");
		default:
			return unreadable(redactSecrets(error.message), status);
	}
}

const unreadable = (message: string, status = 400) =>
	new ApiError(status, "bad_input", "The request cannot be read.", { problems: [{ path: "", message }] });

const storageCodes = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "EIO", "SQLITE_FULL", "SQLITE_READONLY"]);

export const isStorageFailure = (error: unknown) => storageCodes.has((error as { code?: string }).code ?? "");

/** 507: to be tried again once a person has made room or mended the disk. */
export function storageFailure(error: unknown): ApiError {
	const code = (error as { code?: string }).code ?? "";
	return ["ENOSPC", "EDQUOT", "SQLITE_FULL"].includes(code)
		? new ApiError(507, "disk_full", "The server's disk is full.")
		: new ApiError(507, "storage_failed", `The server cannot write to its data folder (${code}).`);
}
