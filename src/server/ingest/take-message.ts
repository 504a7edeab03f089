import type { AlertMessage } from "#contract/messages/index.ts";
import type { EdgeAddress } from "#contract/topics.ts";
import type { Logger } from "#platform/log.ts";
import { LogSampler } from "#platform/log-sampler.ts";
import { followLostTrack } from "../alerts/lost-track.ts";
import { metersOf } from "../health/meters.ts";
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
/** Of what is kept at an edge for a camera or lane that is not known here: it comes every minute, maybe for ever. */
const notKnownAMinute = 4;
/** So much of a payload that cannot be read is put into the log. */
const sampleBytes = 200;

/** What the server does with one packet: read, apply, answer. Never throws: one bad message must not stop the others. */
export class MessageTaker {
	readonly #parts: Parts;
	readonly #warnings = new LogSampler(warningsAMinute);
	readonly #notKnown = new LogSampler(notKnownAMinute);

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
					metersOf(this.#parts.store).messages.add({ kind: "alert", result: "refused" });
					return this.#warn("an alert message was refused", { topic, id: reading.id, reason: reading.reason });
				case "unreadable": {
					metersOf(this.#parts.store).messages.add({ kind: "none", result: "unreadable" });
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
		const at = Date.now();
		const outcome = applyMessage(store, feed, edge, kind, payload, at);
		const meters = metersOf(store);
		meters.messages.add({ kind, result: outcome.result });
		switch (outcome.result) {
			case "not_ours":
				return this.#warn("a message of an edge that is unknown here or was revoked is left aside", { edge, kind });
			case "not_known": {
				const sentence = "a message is about a camera or lane that is not known here; it is kept at its edge";
				return this.#warn(sentence, { edge, kind, reason: outcome.reason }, this.#notKnown);
			}
			case "refused":
				if (kind === "alert") acknowledger.refused(edge, payload.id, outcome.reason);
				return this.#warn("a message was refused", { edge, kind, reason: outcome.reason });
			case "applied":
			case "nothing_new":
				if (!retained) silentEdges.heard(edge.edgeId);
				if (kind === "status" && payload.figures && !retained) {
					meters.noteFigures(edge, payload.figures);
					if (payload.figures.waitingAlerts === 0) this.#followLostTrack(edge, at);
				}
				if (kind === "alert" && outcome.result === "applied") this.#noteAlert(edge, payload, at);
				if (kind === "alert") acknowledger.applied(edge, payload.id);
		}
	}

	#followLostTrack({ edgeId }: EdgeAddress, at: number): void {
		const { store, feed, log } = this.#parts;
		for (const { ended, ...alert } of followLostTrack(store, feed, edgeId, at)) {
			const sentence = ended
				? "its edge does not know an open alert any more: it ended"
				: "its edge knows an alert again";
			log.warn({ ...alert, edgeId }, sentence);
		}
	}

	/** The line by which all that is logged of an alert, at the edge and here, is found again. */
	#noteAlert({ edgeId }: EdgeAddress, message: AlertMessage, at: number): void {
		const { kind, alertId, laneId, cameraId } = message;
		const afterMs = Math.max(0, at - (kind === "raised" ? message.raisedAt : message.clearedAt));
		metersOf(this.#parts.store).alertSeconds.observe({ kind }, afterMs / 1000);
		this.#parts.log.info({ alertId, laneId, cameraId, edgeId, afterMs }, `an alert was ${kind}`);
	}

	#warn(sentence: string, fields: object, sampler = this.#warnings): void {
		const turn = sampler.take();
		if (turn) this.#parts.log.warn({ ...fields, ...turn }, sentence);
	}
}
