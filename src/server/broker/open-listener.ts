import { readFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import {
	createSecureContext,
	createServer as createTlsServer,
	type SecureContextOptions,
	Server as TlsServer,
} from "node:tls";
import { InputError } from "#platform/input-error.ts";

export interface ListenerOptions {
	readonly host: string;
	readonly port: number;
	/** PEM files. */
	readonly tls?: { readonly certificateFile: string; readonly keyFile: string } | undefined;
}

export interface Listener {
	readonly port: number;
	/** Reads the files again. @throws InputError; then the one before is shown on */
	showNewCertificate(): Promise<void>;
	/** Takes no connection any more. */
	shut(): void;
	/** Cuts off whoever is still there. */
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
	const open = new Set<Socket>();
	server.on("connection", (socket: Socket) => {
		open.add(socket);
		socket.once("close", () => open.delete(socket));
	});
	const port = await listen(server, options);
	let closed: Promise<void> | null = null;
	const shut = () => (closed ??= new Promise((resolve) => server.close(() => resolve())));
	return {
		port,
		async showNewCertificate() {
			if (options.tls && server instanceof TlsServer) server.setSecureContext(await readPair(options.tls));
		},
		shut: () => void shut(),
		close() {
			for (const socket of open) socket.destroy();
			return shut();
		},
	};
}

async function createListener({ tls }: ListenerOptions): Promise<Server> {
	return tls ? createTlsServer(await readPair(tls)) : createServer();
}

async function readPair({
	certificateFile,
	keyFile,
}: NonNullable<ListenerOptions["tls"]>): Promise<SecureContextOptions> {
	const pair = {
		cert: await readPem(certificateFile),
		key: await readPem(keyFile),
		minVersion: "TLSv1.2",
	} satisfies SecureContextOptions;
	try {
		createSecureContext(pair);
		return pair;
	} catch (cause) {
		throw new InputError(`${certificateFile} and ${keyFile} are not a PEM certificate and its key`, { cause });
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
