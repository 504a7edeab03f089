import type { AckMessage } from "#contract/messages/index.ts";
import { type EdgeAddress, topics } from "#contract/topics.ts";

type Refused = AckMessage["refused"][number];
interface Batch {
	readonly edge: EdgeAddress;
	readonly applied: string[];
	readonly refused: Refused[];
}

/** What comes within so long is answered in one message. */
const collectMs = 15;
const mostIds = 200;

/** Answers edges which of their messages are in the database, after the commit. An answer that is lost is asked for again. */
export class Acknowledger {
	readonly #publish: (topic: string, message: AckMessage) => void;
	readonly #batches = new Map<string, Batch>();
	#timer: NodeJS.Timeout | null = null;

	constructor(publish: (topic: string, message: AckMessage) => void) {
		this.#publish = publish;
	}

	applied(edge: EdgeAddress, id: string): void {
		this.#batchOf(edge).applied.push(id);
		this.#flushSoon();
	}

	refused(edge: EdgeAddress, id: string, reason: string): void {
		this.#batchOf(edge).refused.push({ id, reason: reason.slice(0, 500) });
		this.#flushSoon();
	}

	/** Sends what is collected at once. */
	flush(): void {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = null;
		const batches = [...this.#batches.values()];
		this.#batches.clear();
		for (const { edge, applied, refused } of batches) {
			const at = Date.now();
			for (let from = 0; from < Math.max(applied.length, refused.length); from += mostIds) {
				const [ids, refusals] = [applied, refused].map((list) => list.slice(from, from + mostIds)) as [
					string[],
					Refused[],
				];
				this.#publish(topics.ack(edge), { v: 1, at, applied: ids, refused: refusals });
			}
		}
	}

	#batchOf(edge: EdgeAddress): Batch {
		const topic = topics.ack(edge);
		const batch = this.#batches.get(topic) ?? { edge, applied: [], refused: [] };
		this.#batches.set(topic, batch);
		return batch;
	}

	#flushSoon(): void {
		this.#timer ??= setTimeout(() => this.flush(), collectMs);
	}
}
