import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ApiError, notFound } from "./api-error.ts";

export interface FileToSend {
	readonly file: string;
	readonly bytes: number;
	readonly contentType: string;
	/** Changes when the content does. */
	readonly etag: string;
	/** How a browser names it when it is saved. */
	readonly name: string;
}

/** Sends a file, or the one part of it that `Range` asks for: video players jump by it. */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, sent: FileToSend): Promise<FastifyReply> {
	const { file, bytes, contentType, etag, name } = sent;
	void reply
		.header("etag", etag)
		.header("cache-control", "private, no-cache")
		.header("accept-ranges", "bytes")
		.header("content-disposition", `attachment; filename="${name}"`)
		.type(contentType);
	if (request.headers["if-none-match"] === etag) return reply.code(304).send();
	const fresh = request.headers["if-range"] === undefined || request.headers["if-range"] === etag;
	const range = fresh ? parseRange(request.headers.range, bytes) : null;
	if (range === "outside") {
		throw new ApiError(416, "bad_range", `The file has ${bytes} bytes.`, {
			headers: { "content-range": `bytes */${bytes}`, "content-type": "application/json" },
		});
	}
	const { first, last } = range ?? { first: 0, last: bytes - 1 };
	const content = (await openItself(file)).createReadStream({ start: first, end: last });
	if (range) void reply.code(206).header("content-range", `bytes ${first}-${last}/${bytes}`);
	return reply.header("content-length", last - first + 1).send(content);
}

/** What was put in a file's place as a link to another is not the file. */
async function openItself(file: string): Promise<FileHandle> {
	try {
		return await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ELOOP") throw notFound("file");
		throw error;
	}
}

/** Null: no range, one that we do not understand, or several: then the whole file is the answer. */
export function parseRange(
	header: string | undefined,
	bytes: number,
): { first: number; last: number } | "outside" | null {
	const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "");
	const [, from = "", to = ""] = match ?? [];
	if (!match || (from === "" && to === "")) return null;
	const first = from === "" ? Math.max(0, bytes - Number(to)) : Number(from);
	const last = from === "" || to === "" ? bytes - 1 : Math.min(Number(to), bytes - 1);
	if (from !== "" && to !== "" && Number(from) > Number(to)) return null;
	return first > last ? "outside" : { first, last };
}
