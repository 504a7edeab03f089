import type { MqttClient } from "mqtt";
import type { ClockReading } from "#contract/clock.ts";
import type { CameraHealthMessage, EdgeFigures, LaneStateMessage, StatusMessage } from "#contract/messages/index.ts";
import { type EdgeAddress, edgeClientId, edgeSubscriptions, statusEveryMs, topics } from "#contract/topics.ts";
import type { Logger } from "#platform/log.ts";
import { aborted, keepMqttConnection, type MqttAccess, subscribeAll } from "#platform/mqtt-connection.ts";
import { wait } from "#platform/wait.ts";
import type { Outbox } from "./outbox.ts";
import { OutboxSender } from "./outbox-sender.ts";
import { readDownlink } from "./read-downlink.ts";
import { RetainedStates } from "./retained-states.ts";

export interface MqttLinkOptions extends Pick<MqttAccess, "url" | "username" | "password"> {
	readonly tls?: Pick<MqttAccess, "ca" | "cert" | "key"> | undefined;
	readonly address: EdgeAddress;
	readonly outbox: Outbox;
	/** Of Keepclear. */
	readonly version: string;
	/** How right the clock is, told with every heartbeat. */
	readonly clock?: () => ClockReading;
	/** What the edge does, told likewise. */
	readonly figures?: () => EdgeFigures | undefined;
	readonly log: Logger;
	/** The server has a configuration of this revision; told at each connection, also when nothing is new. */
	readonly onConfig: (revision: number) => void;
	readonly onJob: (jobId: string) => void;
}

/** How often the outbox is looked through for messages whose time-out is over. */
const pumpEveryMs = 500;
/** A broker that does not take our goodbye by then does without. */
const goodbyeMs = 1000;

/**
 * The edge's end of the wire. Three kinds of message, three promises: alerts reach the server (outbox, acknowledged as
 * applied); states of lanes and cameras are, sooner or later, the latest ones (retained, sent anew at each connection);
 * status says whether we are there (last will, repeated as heartbeat).
 */
export class MqttLink {
	readonly #options: MqttLinkOptions;
	readonly #states = new RetainedStates();
	readonly #sender: OutboxSender;
	#client: MqttClient | null = null;

	constructor(options: MqttLinkOptions) {
		this.#options = options;
		this.#sender = new OutboxSender(options.outbox, options.log);
	}

	get connected(): boolean {
		return this.#client?.connected ?? false;
	}

	/** The latest state counts: while there is no connection it takes the place of the one before. */
	setLaneState(message: LaneStateMessage): void {
		this.#states.set(topics.laneState(this.#options.address, message.laneId), message);
	}

	setCameraHealth(message: CameraHealthMessage): void {
		this.#states.set(topics.cameraHealth(this.#options.address, message.cameraId), message);
	}

	/** The lane is no longer watched: its retained state is taken off the broker. */
	forgetLane(laneId: string): void {
		this.#states.forget(topics.laneState(this.#options.address, laneId));
	}

	forgetCamera(cameraId: string): void {
		this.#states.forget(topics.cameraHealth(this.#options.address, cameraId));
	}

	/** Says goodbye (status offline) when `signal` is aborted, and returns once the connection is closed. */
	async run(signal: AbortSignal): Promise<void> {
		const { url, username, password, tls, address, outbox, log } = this.#options;
		let connectedAt = 0;
		const stopListening = outbox.onPut(() => this.#sender.pump());
		await keepMqttConnection(
			{
				access: {
					...{ url, username, password, cert: tls?.cert, key: tls?.key },
					get ca() {
						return tls?.ca; // of now: the server may have told of another
					},
				},
				clientId: edgeClientId(address.edgeId),
				will: () => {
					connectedAt = outbox.nextInstant();
					return { topic: topics.status(address), payload: this.#status("offline", connectedAt), qos: 1, retain: true };
				},
				log,
				session: (client, closed) => this.#session(client, closed, connectedAt),
			},
			signal,
		).finally(stopListening);
	}

	async #session(client: MqttClient, closed: AbortSignal, connectedAt: number): Promise<void> {
		const { address, outbox, log } = this.#options;
		/** What is not published now is published over the next connection. */
		const pass = (error: Error) => log.debug({ reason: error.message }, "not published");
		const publish = (topic: string, body: string) =>
			client.publishAsync(topic, body, { qos: 1, retain: true }).then(() => undefined);
		const sayOnline = () => {
			publish(topics.status(address), this.#status("online", connectedAt)).catch(pass);
		};
		client.on("message", (topic, bytes, { retain }) => this.#take(topic, bytes, retain));
		await subscribeAll(client, edgeSubscriptions(address));

		this.#client = client;
		sayOnline();
		this.#states.attach(publish, connectedAt);
		this.#sender.attach((body) => {
			client.publishAsync(topics.alert(address), body, { qos: 1 }).catch(pass);
		});
		const pumping = setInterval(() => this.#sender.pump(), pumpEveryMs);
		const heartbeat = setInterval(sayOnline, statusEveryMs);
		try {
			await aborted(closed);
		} finally {
			clearInterval(heartbeat);
			clearInterval(pumping);
			this.#sender.detach();
			this.#states.detach();
			this.#client = null;
		}
		if (client.connected) {
			const goodbye = publish(topics.status(address), this.#status("offline", outbox.nextInstant()));
			await Promise.race([goodbye.catch(pass), wait(goodbyeMs)]);
		}
	}

	/** @param retained kept by the broker from before: not a sign that the server is there now */
	#take(topic: string, bytes: Uint8Array, retained: boolean): void {
		const word = readDownlink(topic, bytes);
		switch (word.kind) {
			case "ack":
				return this.#sender.takeAck(word.payload);
			case "config":
				// The server says it to all edges when it comes up, so that they need not wait for their time-outs.
				if (!retained) this.#sender.startAfresh();
				return this.#options.onConfig(word.payload.revision);
			case "job":
				return this.#options.onJob(word.payload.jobId);
			case "unreadable":
				this.#options.log.warn({ topic, why: word.why }, "a message of the server cannot be read and is left aside");
		}
	}

	#status(state: StatusMessage["state"], at: number): string {
		const { version, clock, figures } = this.#options;
		const told = state === "online" ? { ...(clock && { clock: clock() }), ...(figures && { figures: figures() }) } : {};
		return JSON.stringify({ v: 1, state, at, version, ...told } satisfies StatusMessage);
	}
}
