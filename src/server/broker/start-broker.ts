import type { Socket } from "node:net";
import { Aedes, type Client } from "aedes";
import type { Logger } from "#platform/log.ts";
import type { BrokerOptions, BrokerPorts } from "./broker-options.ts";
import { EdgeCredentials } from "./edge-credentials.ts";
import { Gatekeeper } from "./gatekeeper.ts";
import { openListener } from "./open-listener.ts";
import { PacketGuard, type PacketLimits } from "./packet-guard.ts";
import { openRetainedStore } from "./retained-store.ts";

const connectTimeoutMs = 10_000;
/** Whoever was revoked is gone after so long. A look costs microseconds while nothing was written. */
const expelEveryMs = 250;
/** Our largest message is an acknowledgement of some hundred ids. */
const limits: PacketLimits = {
	...{ maxPacketBytes: 256 * 1024, packetsPerSecond: 500, burst: 5_000 },
	...{ bytesPerSecond: 2_000_000, burstBytes: 20_000_000 },
};

export interface Broker {
	readonly ports: BrokerPorts;
	/** Its files were exchanged; connections that are open stay as they are. */
	showNewCertificate(): Promise<void>;
	close(): Promise<void>;
}

/** The embedded broker, in this process. @throws InputError when the port is taken or a certificate cannot be read */
export async function startBroker(options: BrokerOptions, log: Logger): Promise<Broker> {
	const credentials = new EdgeCredentials(options.databaseFile);
	const store = await openRetainedStore(options.dataFolder, log);
	const gatekeeper = new Gatekeeper(credentials, options.serverPassword, log);
	const aedes = await Aedes.createBroker({
		persistence: store.persistence,
		connectTimeout: connectTimeoutMs,
		...gatekeeper.handlers,
	});
	aedes.on("clientError", (client, err) => log.debug({ client: client.id, err }, "a connection ended with an error"));
	aedes.on("connectionError", (_client, err) => log.debug({ err }, "a connection ended before it was made"));

	// Otherwise it would end the process: a round of last wills that failed is gone through again.
	(aedes as NodeJS.EventEmitter).on("error", (err: unknown) =>
		log.warn({ err }, "the broker could not look after last wills"),
	);
	aedes.on("client", forgetDuplicates);
	aedes.on("clientDisconnect", (client) => gatekeeper.forget(client));
	const expelling = setInterval(() => expel(gatekeeper, log), expelEveryMs);

	const take = (socket: Socket) => {
		guard(socket, log);
		aedes.handle(socket);
	};
	const outer = await openListener(options, take);
	const inner = servesLoopback(options)
		? outer
		: await openListener({ host: "127.0.0.1", port: options.innerPort ?? 0 }, take);
	return {
		ports: { port: outer.port, innerPort: inner.port },
		showNewCertificate: () => outer.showNewCertificate(),
		close: async () => {
			clearInterval(expelling);
			outer.shut();
			inner.shut();
			await new Promise<void>((resolve) => aedes.close(resolve));
			await Promise.all([outer.close(), inner.close()]); // aedes knows nothing of who has not said his name yet
			await store.close(); // what the last words of connections have begun is done first
			credentials.close();
		},
	};
}

function expel(gatekeeper: Gatekeeper, log: Logger): void {
	try {
		gatekeeper.expel();
	} catch (err) {
		log.error({ err }, "the edges' tokens cannot be looked at"); // each message is looked at all the same
	}
}

const servesLoopback = ({ host, tls }: BrokerOptions) => !tls && ["127.0.0.1", "0.0.0.0"].includes(host);

/**
 * aedes takes a message for a repetition when one with a higher number has already gone to the client. But a retained
 * message, which is first written to disk, is overtaken by others, and would then be dropped. What the check is for
 * (several brokers, overlapping filters, sessions that outlive a connection) does not occur here.
 */
function forgetDuplicates(client: Client): void {
	const never = new Proxy({}, { get: () => 0, set: () => true, deleteProperty: () => true });
	Object.defineProperty(client, "duplicates", { value: never });
}

/** Sees each chunk when aedes reads it, just before it is parsed. */
function guard(socket: Socket, log: Logger): void {
	const packets = new PacketGuard(limits);
	const from = socket.remoteAddress;
	socket.on("data", (chunk: Buffer) => {
		const reason = packets.take(chunk);
		if (reason === null || socket.destroyed) return;
		log.warn({ from, reason }, "a connection was cut off");
		socket.destroy(new Error(reason));
	});
}
