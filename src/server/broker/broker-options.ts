/** What the broker's process is told by the server, over the pipe between them: nothing of it shows in `ps`. */
export interface BrokerOptions {
	readonly host: string;
	/** 0: any free one; kept over restarts of the child. */
	readonly port: number;
	/** Of an earlier run, to be used again. Absent: any free one. */
	readonly innerPort?: number;
	/** The server's database, whose table of edges is read for their tokens. */
	readonly databaseFile: string;
	/** For retained messages; made if it is not there. */
	readonly dataFolder: string;
	/** Of the user "server": random, made anew at each start of the server. */
	readonly serverPassword: string;
	/** PEM files; then the broker speaks TLS alone, save to the server itself (`innerPort`). */
	readonly tls?: { readonly certificateFile: string; readonly keyFile: string } | undefined;
}

/**
 * Where a broker listens. `innerPort` is for the server, on 127.0.0.1 and without TLS: the certificate bears a name
 * under which edges know the machine, which need not lead to it from itself. Without TLS it may be the same port.
 */
export interface BrokerPorts {
	readonly port: number;
	readonly innerPort: number;
}

/** Said to it later: its certificate's files were exchanged. */
export const showNewCertificate = "show new certificate";

/** What the broker's process answers. */
export type BrokerReport =
	| ({ readonly kind: "ready" } & BrokerPorts)
	/** It cannot start, and why, in words. `mendable`: by who configures it. */
	| { readonly kind: "failed"; readonly problem: string; readonly mendable: boolean };
