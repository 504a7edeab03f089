import type { Logger } from "#platform/log.ts";

export interface BrokerOptions {
	readonly host: string;
	/** 0: any free one; kept over restarts of the child. */
	readonly port: number;
	/** The server's database, whose table of edges is read for their tokens. */
	readonly databaseFile: string;
	/** For retained messages; made if it is not there. */
	readonly dataFolder: string;
	/** Of the user "server": random, made anew at each start of the server. */
	readonly serverPassword: string;
	/** PEM files; then the broker speaks TLS alone. */
	readonly tls?: { readonly certificateFile: string; readonly keyFile: string } | undefined;
}

export interface SupervisedBroker {
	/** Settles once the broker accepts connections. Rejects with InputError when it cannot start at all (port in use, certificate unreadable). */
	readonly started: Promise<{ readonly port: number; readonly url: string }>;
	/** Restarts the child whenever it dies. Rejects like `started` when the first start fails. */
	run(signal: AbortSignal): Promise<void>;
	/** Of the child that runs now: for tests and the log. */
	readonly pid: number | null;
}

export function superviseBroker(options: BrokerOptions & { readonly log: Logger }): SupervisedBroker {
	void options;
	throw new Error("not yet built");
}
