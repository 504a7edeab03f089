import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";

const compress = promisify(gzip);
/** Below it compression saves no packet. */
const leastBytes = 1_400;

/**
 * `onSend` of a route: a large answer as gzip where the caller takes it; 500 lanes are a tenth so. Off the main thread, at
 * a level that takes a few milliseconds. Only for answers that hold no secret: of what is compressed together with what
 * others say, lengths tell.
 */
export async function compressAnswer(
	{ headers }: FastifyRequest,
	reply: FastifyReply,
	answer: unknown,
): Promise<unknown> {
	if (typeof answer !== "string" || answer.length < leastBytes) return answer;
	void reply.header("vary", "accept-encoding");
	const takesGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(headers["accept-encoding"] ?? ""));
	if (!takesGzip) return answer;
	const bytes = await compress(answer, { level: 4 });
	void reply.header("content-encoding", "gzip");
	return bytes;
}
