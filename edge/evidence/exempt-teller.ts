import type { Logger } from "#platform/log.ts";
import { Bell } from "../bell.ts";
import { isFinalRefusal, ServerError, type ServerClient } from "../centre/server-client.ts";
import { keepSending } from "../keep-sending.ts";
import type { ExemptStays } from "../store/exempt-stays.ts";

const lookEveryMs = 5_000;

export interface ExemptTellerParts {
	readonly stays: ExemptStays;
	readonly server: Pick<ServerClient, "exemptStay">;
	readonly log: Logger;
}

/** Tells the server which vehicles stood in a lane and raised nothing, and when they left. */
export class ExemptTeller {
	readonly #parts: ExemptTellerParts;
	readonly #news = new Bell();

	constructor(parts: ExemptTellerParts) {
		this.#parts = parts;
	}

	wake(): void {
		this.#news.ring();
	}

	run(signal: AbortSignal): Promise<void> {
		return keepSending(
			{
				send: () => this.tellAll(signal),
				news: this.#news,
				lookEveryMs,
				onTrouble: (err) => {
					const trouble = (err as Error).message;
					this.#parts.log.warn({ trouble }, "the server cannot be told of exempt vehicles; trying again");
				},
			},
			signal,
		);
	}

	/** @throws ServerError when the server takes none now */
	async tellAll(signal: AbortSignal): Promise<void> {
		const { stays, server, log } = this.#parts;
		for (let due = stays.toTell(20); due.length > 0 && !signal.aborted; due = stays.toTell(20)) {
			for (const stay of due) {
				try {
					await server.exemptStay(stay.id, stay.body, signal);
				} catch (error) {
					if (!(error instanceof ServerError) || !isFinalRefusal(error)) throw error;
					log.error({ status: error.status, id: stay.id }, "the server refuses for good to hear of an exempt vehicle");
				}
				stays.told(stay);
			}
		}
	}
}
