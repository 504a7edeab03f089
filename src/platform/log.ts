import { pino, type Logger } from "pino";
import { redactSecrets } from "./redact.ts";

export type { Logger };

/**
 * Structured log on standard error: a sentence for the operator, fields for the machine. Whatever text passes through,
 * passwords in URLs are taken out of it.
 */
export function createLog(program: string, level = process.env["KEEPCLEAR_LOG_LEVEL"] ?? "info"): Logger {
	return pino(
		{
			level,
			base: { program },
			serializers: { err: pino.stdSerializers.err },
			hooks: { streamWrite: redactSecrets },
		},
		pino.destination({ dest: 2, sync: true }),
	);
}
