import type { EdgeAddress } from "#contract/topics.ts";
import type { Logger } from "#platform/log.ts";
import { LogSampler } from "#platform/log-sampler.ts";
import type { Feed } from "../store/feed.ts";
import type { Store } from "../store/open-store.ts";
import type { Acknowledger } from "./acknowledger.ts";
import { applyMessage, isOurs } from "./apply-message.ts";
import { type EdgeMessage, readMessage } from "./read-message.ts";
import type { SilentEdges } from "./silent-edges.ts";

interface Parts {
	readonly store: Store;
	readonly feed: Feed;
	readonly acknowledger: Acknowledger;
	readonly silentEdges: SilentEdges;
	readonly log: Logger;
}

const warningsAMinute = 20;
/** So much of a payload that cannot be read is put into the log. */
const sampleBytes = 200;

/** What the server does with one packet: read, apply, answer. Never throws: one bad message must not stop the others. */
export class MessageTaker {
	readonly #parts: Parts;
	readonly #warnings = new LogSampler(warningsAMinute);

	constructor(parts: Parts) {
		this.#parts = parts;
	}

	/** @param retained out of the broker's memory: no sign that the edge is there now */
	take(topic: string, bytes: Uint8Array, retained: boolean): void {
		try {
			const reading = readMessage(topic, bytes);
			switch (reading.result) {
				case "message":
					return this.#apply(reading.edge, reading.message, retained);
				case "refused":
					if (isOurs(this.#parts.store, reading.edge)) {
						this.#parts.acknowledger.refused(reading.edge, reading.id, reading.reason);
					}
					return this.#warn("an alert message was refused", { topic, id: reading.id, reason: reading.reason });
				case "unreadable": {
					const sample = Buffer.from(bytes.subarray(0, sampleBytes)).toString("utf8");
					return this.#warn("a message cannot be read and is left aside", { topic, reason: reading.reason, sample });
				}
				case "forgotten":
					return;
			}
		} catch (err) {
			this.#warn("a message could not be applied; the edge will send it again", { topic, err });
		}
	}

	#apply(edge: EdgeAddress, { kind, payload }: EdgeMessage, retained: boolean): void {
		const { store, feed, acknowledger, silentEdges } = this.#parts;
		const outOfMemory = retained && kind === "status" && payload.state === "online";
		if (outOfMemory && silentEdges.isSilent(edge.edgeId)) return;
		const outcome = applyMessage(store, feed, edge, kind, payload, Date.now());
		switch (outcome.result) {
			case "not_ours":
				return this.#warn("a message of an edge that is unknown here or was revoked is left aside", { edge, kind });
			case "refused":
				if (kind === "alert") acknowledger.refused(edge, payload.id, outcome.reason);
				return this.#warn("a message was refused", { edge, kind, reason: outcome.reason });
			case "applied":
			case "nothing_new":
				if (!retained) silentEdges.heard(edge.edgeId);
				if (kind === "alert") acknowledger.applied(edge, payload.id);
		}
	}

	#warn(sentence: string, fields: object): void {
		const turn = this.#warnings.take();
		if (turn) this.#parts.log.warn({ ...fields, ...turn }, sentence);
	}
}
