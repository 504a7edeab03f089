import type { Logger } from "#platform/log.ts";
import { Bell } from "../bell.ts";
import { keepSending } from "../keep-sending.ts";
import { isFinalRefusal, ServerError } from "./server-client.ts";

const lookEveryMs = 5_000;
const atATime = 20;

export interface TellerParts<T> {
	/** What the server does not know, the oldest first. */
	readonly due: (limit: number) => readonly T[];
	/** @throws ServerError */
	readonly tell: (each: T, signal: AbortSignal) => Promise<void>;
	/** It is told, or refused for good: it is due no more. */
	readonly told: (each: T) => void;
	/** By which the log is searched. */
	readonly nameOf: (each: T) => object;
	/** Sentences of the log: the server takes none now; it refuses this one for good. */
	readonly onTrouble: string;
	readonly onRefusal: string;
	readonly log: Logger;
}

/** Tells the server one thing after the other, for as long as it takes. */
export class Teller<T> {
	readonly #parts: TellerParts<T>;
	readonly #news = new Bell();

	constructor(parts: TellerParts<T>) {
		this.#parts = parts;
	}

	/** There is something to tell. */
	wake(): void {
		this.#news.ring();
	}

	run(signal: AbortSignal): Promise<void> {
		const { onTrouble, log } = this.#parts;
		return keepSending(
			{
				send: () => this.tellAll(signal),
				news: this.#news,
				lookEveryMs,
				onTrouble: (err) => log.warn({ trouble: (err as Error).message }, onTrouble),
			},
			signal,
		);
	}

	/** @throws ServerError when the server takes none now */
	async tellAll(signal: AbortSignal): Promise<void> {
		const { due, told } = this.#parts;
		for (let next = due(atATime); next.length > 0 && !signal.aborted; next = due(atATime)) {
			for (const each of next) {
				await this.#tell(each, signal);
				told(each);
			}
		}
	}

	async #tell(each: T, signal: AbortSignal): Promise<void> {
		const { tell, nameOf, onRefusal, log } = this.#parts;
		try {
			await tell(each, signal);
		} catch (err) {
			if (!(err instanceof ServerError) || !isFinalRefusal(err)) throw err;
			log.error({ err, ...nameOf(each) }, onRefusal);
		}
	}
}
