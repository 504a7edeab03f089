import type { AckMessage } from "#contract/messages/index.ts";
import type { Logger } from "#platform/log.ts";
import { backoffMs } from "#platform/wait.ts";
import type { Outbox } from "./outbox.ts";

interface Flight {
	readonly attempt: number;
	/** Sent again from then on; monotonic ms. */
	readonly dueAt: number;
}

/** So many messages (each of another lane) are sent at a time; those that are not answered take nobody's place. */
const window = 200;
const firstTimeoutMs = 5_000;
const longestTimeoutMs = 60_000;
/** From so many on it is said that messages pile up; then at ten times as many, and so on. */
const firstGrowthWarning = 100;

/**
 * Sends what waits in the outbox, and sends it again until the server's own word: the broker's PUBACK proves nothing
 * (aedes gives it before it passes the message on).
 */
export class OutboxSender {
	readonly #outbox: Outbox;
	readonly #log: Logger;
	readonly #now: () => number;
	readonly #flights = new Map<string, Flight>();
	#send: ((body: string) => void) | null = null;
	#warnAt = firstGrowthWarning;

	constructor(outbox: Outbox, log: Logger, now: () => number = () => performance.now()) {
		this.#outbox = outbox;
		this.#log = log;
		this.#now = now;
	}

	attach(send: (body: string) => void): void {
		this.#send = send;
		this.startAfresh();
	}

	detach(): void {
		this.#send = null;
	}

	/** Everything that waits is sent at once: the server has just come (back). */
	startAfresh(): void {
		this.#flights.clear();
		this.pump();
	}

	/** Sends what is due. To be called when something was put, and now and then for time-outs. */
	pump(): void {
		this.#sayGrowth();
		if (!this.#send) return;
		const now = this.#now();
		for (const { id, body } of this.#outbox.pending(window + this.#flights.size)) {
			const flight = this.#flights.get(id);
			if (flight && now < flight.dueAt) continue;
			const attempt = flight ? flight.attempt + 1 : 0;
			this.#flights.set(id, { attempt, dueAt: now + backoffMs(attempt, firstTimeoutMs, longestTimeoutMs) });
			this.#send(body);
		}
	}

	takeAck({ applied, refused }: AckMessage): void {
		for (const { id, reason } of refused) {
			this.#log.error({ messageId: id, reason }, "the server refuses an alert message for good: it was set aside");
		}
		this.#outbox.acknowledge(applied);
		if (refused.length > 0) this.#outbox.refuse(refused);
		for (const id of applied) this.#flights.delete(id);
		for (const { id } of refused) this.#flights.delete(id);
		this.pump();
	}

	#sayGrowth(): void {
		const { size } = this.#outbox;
		if (size >= this.#warnAt) {
			this.#log.warn(
				{ waiting: size },
				"alert messages pile up in the outbox; they are kept until the server has them",
			);
			while (size >= this.#warnAt) this.#warnAt *= 10;
		} else if (size === 0 && this.#warnAt > firstGrowthWarning) {
			this.#log.info("the outbox is empty again: the server has every alert message");
			this.#warnAt = firstGrowthWarning;
		}
	}
}
