import type { AedesOptions, Client } from "aedes";
import { readTopic } from "#contract/read-topic.ts";
import { edgeClientId, serverUsername } from "#contract/topics.ts";
import type { Logger } from "#platform/log.ts";
import { type BrokerUser, mayPublish, maySubscribe } from "./broker-access.ts";
import { type EdgeCredentials, type EdgeIdentity, sameSecret } from "./edge-credentials.ts";

type Handlers = Required<Pick<AedesOptions, "preConnect" | "authenticate" | "authorizePublish" | "authorizeSubscribe">>;

/** One line about a refused user a minute is enough: whoever guesses must not fill the disk. */
const sayAgainMs = 60_000;

/** Lanes and cameras of one edge, many times over. */
export const mostRetainedOfOne = 5_000;

/** Lets in the server and the edges that it knows, and keeps each to its own topics. */
export class Gatekeeper {
	readonly #credentials: EdgeCredentials;
	readonly #serverPassword: Buffer;
	readonly #log: Logger;
	readonly #users = new WeakMap<Client, BrokerUser>();
	readonly #identities = new Map<Client, EdgeIdentity>();
	/** Of connections that are being made: what their last wills would speak under. */
	readonly #wills = new WeakMap<Client, string>();
	/** By edge; since the start. */
	readonly #retained = new Map<string, Set<string>>();
	#saidAt = Number.NEGATIVE_INFINITY;

	constructor(credentials: EdgeCredentials, serverPassword: string, log: Logger) {
		this.#credentials = credentials;
		this.#serverPassword = Buffer.from(serverPassword);
		this.#log = log;
	}

	readonly handlers: Handlers = {
		preConnect: (client, { will }, done) => {
			if (will) this.#wills.set(client, will.topic);
			done(null, true);
		},

		authenticate: (client, username, password, done) => {
			const user = username && password ? this.#identify(client, username, password) : null;
			if (user) {
				this.#users.set(client, user);
				return done(null, true);
			}
			this.#sayRefused(client, username);
			done(null, false); // CONNACK 5, not authorised
		},

		/** 3.1.1 knows no refusal of a message: an error closes the connection. */
		authorizePublish: (client, packet, done) => {
			if (!client) return done(isOwnWill(packet) ? null : new Error("not allowed"));
			const { topic, retain, payload } = packet;
			const user = this.#users.get(client);
			const trouble = !this.#stillCounts(client)
				? "the token of a connected edge no longer counts: the connection is closed"
				: !user || !mayPublish(user, topic)
					? "a message on a foreign topic was refused: the connection is closed"
					: retain && user.kind === "edge" && !this.#mayRetain(user.address.edgeId, topic, payload.length === 0)
						? "an edge keeps too many topics at the broker: the connection is closed"
						: null;
			if (trouble === null) return done(null);
			this.#log.warn({ client: client.id, topic: topic.slice(0, 200) }, trouble);
			done(new Error("not allowed"));
		},

		authorizeSubscribe: (client, subscription, done) => {
			const user = this.#users.get(client);
			if (user && maySubscribe(user, subscription.topic)) return done(null, subscription);
			const filter = subscription.topic.slice(0, 200);
			this.#log.warn({ client: client.id, filter }, "a subscription to foreign topics was refused");
			done(null, null);
		},
	};

	/** Ends the connections of edges that were revoked or got other credentials, whoever wrote that down. */
	expel(): void {
		for (const client of this.#identities.keys()) if (client.closed) this.forget(client);
		const connected = [...this.#identities].map(([client, identity]) => ({ client, ...identity }));
		for (const { client } of this.#credentials.ended(connected)) {
			this.#log.warn({ client: client.id }, "the token of a connected edge no longer counts: the connection is closed");
			client.close();
		}
	}

	/** The connection has ended; one that ended before it was made is found by `expel`. */
	forget(client: Client): void {
		this.#identities.delete(client);
	}

	/** A last will is kept from here on, and may be spoken when its connection, and this broker, are long gone. */
	#identify(client: Client, username: string, password: Buffer): BrokerUser | null {
		const user = this.#userOf(client, username, password);
		const will = this.#wills.get(client);
		return user && (will === undefined || mayPublish(user, will)) ? user : null;
	}

	#userOf(client: Client, username: string, password: Buffer): BrokerUser | null {
		if (username === serverUsername) {
			return sameSecret(password, this.#serverPassword) ? { kind: "server" } : null;
		}
		const identity = this.#credentials.identify(username, password);
		// Another's client id would throw that other off the broker.
		if (!identity || client.id !== edgeClientId(username)) return null;
		this.#identities.set(client, identity);
		return { kind: "edge", address: identity.address };
	}

	/** Asked of each message: `expel` comes some moments after a token was revoked or renewed. */
	#stillCounts(client: Client): boolean {
		const identity = this.#identities.get(client);
		return !identity || this.#credentials.isCurrent(identity);
	}

	/** Each topic that an edge keeps here takes room on the disk until it takes it off again. */
	#mayRetain(edgeId: string, topic: string, isTakenOff: boolean): boolean {
		const topics = this.#retained.get(edgeId) ?? new Set<string>();
		this.#retained.set(edgeId, topics);
		if (isTakenOff) topics.delete(topic);
		else if (topics.size < mostRetainedOfOne) topics.add(topic);
		return isTakenOff || topics.has(topic);
	}

	#sayRefused(client: Client, username: string | undefined): void {
		if (performance.now() - this.#saidAt < sayAgainMs) return;
		this.#saidAt = performance.now();
		this.#log.warn(
			{ client: client.id.slice(0, 80), username: username?.slice(0, 80) },
			"a connection was refused: unknown user, wrong token, revoked, or a client id or last will that is not its own",
		);
	}
}

/** Of a connection that ended with an earlier broker: it is spoken without a client, under the client id that it is kept by. */
function isOwnWill({ topic, clientId }: { topic: string; clientId?: string }): boolean {
	const meaning = readTopic(topic);
	return meaning?.kind === "status" && clientId === edgeClientId(meaning.edge.edgeId);
}
