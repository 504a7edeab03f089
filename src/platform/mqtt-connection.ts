import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import type { Logger } from "./log.ts";
import { explainMqttError } from "./mqtt-error.ts";
import { backoffMs, wait } from "./wait.ts";

/** Where a broker is and how to sign in to it. Certificates and keys are PEM texts. */
export interface MqttAccess {
	readonly url: string;
	readonly username: string;
	readonly password: string;
	/** Authority that signed the broker's certificate. Absent: those that Node trusts. */
	readonly ca?: string | null | undefined;
	/** Our own certificate and key, where the broker asks for one. */
	readonly cert?: string | null | undefined;
	readonly key?: string | null | undefined;
}

export interface KeepMqttOptions {
	readonly access: MqttAccess;
	readonly clientId: string;
	/** Asked anew for each attempt. */
	readonly will?: () => NonNullable<IClientOptions["will"]>;
	readonly log: Logger;
	/** One connection: subscribes, publishes, and returns when `closed` is aborted (lost, or `run`'s signal). */
	readonly session: (client: MqttClient, closed: AbortSignal) => Promise<void>;
}

/** A connection that lasted so long was a good one: the next attempt comes at once. */
const goodConnectionMs = 5_000;
const firstWaitMs = 250;
const longestWaitMs = 8_000;
const endPatienceMs = 2_000;
/** The same trouble is told again after so long. */
const repeatComplaintMs = 300_000;

/**
 * Connects, and connects again with back-off and jitter, until `signal` is aborted.
 *
 * Each connection is a new client with a clean session: what must not be lost is in a database and is sent again from
 * there, so that neither mqtt.js's queue in memory nor the broker's own queue (which brokers cut without a word) holds
 * anything that we rely on. MQTT 3.1.1, since the embedded broker knows no other.
 */
export async function keepMqttConnection(options: KeepMqttOptions, signal: AbortSignal): Promise<void> {
	const complain = complaints(options.log);
	for (let attempt = 0; !signal.aborted; attempt++) {
		const startedAt = performance.now();
		try {
			await connectOnce(options, signal, () => complain(null));
			if (!signal.aborted) complain("the broker closed the connection");
		} catch (error) {
			complain(explainMqttError(error, options.access.url));
		}
		if (performance.now() - startedAt > goodConnectionMs) attempt = 0;
		await wait(backoffMs(attempt, firstWaitMs, longestWaitMs), signal);
	}
}

async function connectOnce(
	{ access, clientId, will, session }: KeepMqttOptions,
	signal: AbortSignal,
	onConnected: () => void,
): Promise<void> {
	const client = mqtt.connect(access.url, {
		clientId,
		username: access.username,
		password: access.password,
		protocolVersion: 4,
		clean: true,
		reconnectPeriod: 0,
		connectTimeout: 10_000,
		keepalive: 20,
		resubscribe: false,
		queueQoSZero: false,
		...(access.ca ? { ca: access.ca } : {}),
		...(access.cert && access.key ? { cert: access.cert, key: access.key } : {}),
		...(will ? { will: will() } : {}),
	});
	const closed = new AbortController();
	const close = () => closed.abort();
	signal.addEventListener("abort", close, { once: true });
	client.on("close", close);
	let trouble: Error | null = null;
	client.on("error", (error) => {
		trouble ??= error;
		close();
	});
	try {
		await connected(client, closed.signal);
		if (!closed.signal.aborted) {
			onConnected();
			await session(client, closed.signal);
		}
		if (trouble) throw trouble as Error;
	} finally {
		signal.removeEventListener("abort", close);
		await ended(client);
	}
}

function connected(client: MqttClient, closed: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		client.once("connect", () => resolve());
		closed.addEventListener("abort", () => resolve(), { once: true });
	});
}

/** Resolves when `signal` is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener("abort", () => resolve(), { once: true });
	});
}

/** Subscribes with QoS 1. @throws Error that names what the broker does not let us read */
export async function subscribeAll(client: MqttClient, filters: readonly string[]): Promise<void> {
	for (const filter of filters) {
		const granted = await client.subscribeAsync(filter, { qos: 1 }).catch(() => null);
		if (!client.connected) return;
		if (!granted?.every(({ qos }) => qos === 1)) {
			throw new Error(`the broker does not let us read ${filter}: look at its access rules`);
		}
	}
}

/**
 * Ends with a DISCONNECT, which makes the broker forget the last will, once what is on its way has arrived. A connection
 * that is lost, or hangs, is cut off: mqtt.js would wait for ever for what can no longer arrive.
 */
async function ended(client: MqttClient): Promise<void> {
	const done = new Promise<void>((resolve) => client.end(!client.connected, () => resolve()));
	await Promise.race([done, wait(endPatienceMs)]);
	client.stream.destroy();
}

/** Says what is wrong once, again when it changes or goes on for long, and when it is over. */
function complaints(log: Logger): (trouble: string | null) => void {
	let last: { trouble: string; saidAt: number } | null = null;
	return (trouble) => {
		if (trouble === null) {
			last = null;
			return log.info("connected to the broker");
		}
		if (last?.trouble === trouble && performance.now() - last.saidAt < repeatComplaintMs) return;
		last = { trouble, saidAt: performance.now() };
		log.warn({ trouble }, `no connection to the broker: ${trouble}. Trying on`);
	};
}
