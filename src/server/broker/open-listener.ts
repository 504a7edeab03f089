import { readFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { InputError } from "#platform/input-error.ts";

export interface ListenerOptions {
	readonly host: string;
	readonly port: number;
	/** PEM files. */
	readonly tls?: { readonly certificateFile: string; readonly keyFile: string } | undefined;
}

export interface Listener {
	readonly port: number;
	close(): Promise<void>;
}

const maxConnections = 2_000;

/** @throws InputError when the port is taken or a certificate cannot be read */
export async function openListener(
	options: ListenerOptions,
	onConnection: (socket: Socket) => void,
): Promise<Listener> {
	const server = await createListener(options);
	server.maxConnections = maxConnections;
	server.on(options.tls ? "secureConnection" : "connection", onConnection);
	const port = await listen(server, options);
	return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function createListener({ tls }: ListenerOptions): Promise<Server> {
	if (!tls) return createServer();
	const cert = await readPem(tls.certificateFile);
	const key = await readPem(tls.keyFile);
	try {
		return createTlsServer({ cert, key, minVersion: "TLSv1.2" });
	} catch (cause) {
		throw new InputError(`${tls.certificateFile} and ${tls.keyFile} are not a PEM certificate and its key`, { cause });
	}
}

async function readPem(file: string): Promise<Buffer> {
	try {
		return await readFile(file);
	} catch (cause) {
		throw new InputError(`${file}: cannot be read (${(cause as NodeJS.ErrnoException).code})`, { cause });
	}
}

function listen(server: Server, { host, port }: ListenerOptions): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once("error", (cause: NodeJS.ErrnoException) =>
			reject(new InputError(explain(cause, host, port), { cause })),
		);
		server.listen({ host, port }, () => {
			const address = server.address();
			resolve(typeof address === "object" && address ? address.port : port);
		});
	});
}

function explain({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
	switch (code) {
		case "EADDRINUSE":
			return `mqtt.port: ${port} on ${host} is in use by another program: choose another one, or 0 for any`;
		case "EACCES":
			return `mqtt.port: ${port} may not be opened by this user: choose one above 1023`;
		case "EADDRNOTAVAIL":
		case "ENOTFOUND":
			return `mqtt.host: ${host} is no address of this machine`;
		default:
			return `mqtt: cannot listen on ${host}:${port}: ${message}`;
	}
}
