import type { IncomingMessage, ServerOptions } from "node:http";
import type { FastifyInstance } from "fastify";

/** For how long somebody may take to say what he wants: who sends a byte now and then would hold a connection for ever. */
export interface Patience {
	/** From the connection, or the end of the request before, to the end of the headers. */
	readonly headersMs: number;
	/** For the body, and a second more for each `bytesPerS` of it that were announced: phones and edges have slow lines. */
	readonly bodyMs: number;
	readonly bytesPerS: number;
	/** At once. Open pages and edges keep some; the rest of the machine's file descriptors are for files. */
	readonly mostConnections: number;
}

export const patience: Patience = { headersMs: 15_000, bodyMs: 20_000, bytesPerS: 8_000, mostConnections: 4_000 };

/** Of Node's own server; it looks at its connections every third of the shortest time. */
export const httpOptions = ({ headersMs }: Patience): ServerOptions => ({
	headersTimeout: headersMs,
	connectionsCheckingInterval: Math.min(5_000, Math.ceil(headersMs / 3)),
});

/** Before everything else: also who is refused may not go on sending for ever. */
export function installPatience(
	app: Pick<FastifyInstance, "addHook" | "server">,
	{ bodyMs, bytesPerS, mostConnections }: Patience,
): void {
	app.server.maxConnections = mostConnections;
	app.addHook("onRequest", async ({ raw }) => {
		if (hasNoBody(raw)) return;
		const announced = Number(raw.headers["content-length"] ?? 0);
		const timer = setTimeout(() => raw.destroy(), bodyMs + (announced / bytesPerS) * 1_000);
		timer.unref();
		const over = () => clearTimeout(timer);
		raw.once("end", over);
		raw.once("close", over);
	});
}

const hasNoBody = ({ headers }: IncomingMessage) =>
	headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) === 0;
