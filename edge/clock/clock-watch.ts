import type { ClockReading } from "#contract/clock.ts";
import { clockVerdict, type ClockVerdict, mostClockOffsetMs } from "#core/evidence/clock-verdict.ts";
import type { Logger } from "#platform/log.ts";
import { wait } from "#platform/wait.ts";
import { readClock } from "./read-clock.ts";

const readEveryMs = 30_000;

/** Reads again and again how right the clock is, and says when that changes. */
export class ClockWatch {
	readonly #log: Logger;
	readonly #read: () => Promise<ClockReading>;
	#reading: ClockReading = { offsetMs: null, source: null, readAt: null };
	#said: ClockVerdict | null = null;

	constructor({ log, read = () => readClock() }: { log: Logger; read?: () => Promise<ClockReading> }) {
		this.#log = log;
		this.#read = read;
	}

	/** The latest; "unknown" before the first. */
	get reading(): ClockReading {
		return this.#reading;
	}

	async run(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			await this.look();
			await wait(readEveryMs, signal);
		}
	}

	async look(): Promise<void> {
		this.#reading = await this.#read();
		const verdict = clockVerdict(this.#reading);
		if (verdict === this.#said) return;
		const { offsetMs, source } = this.#reading;
		if (verdict === "off") {
			this.#log.error({ offsetMs, source }, `the clock is off by more than ${mostClockOffsetMs / 1000} s: ${barred}`);
		} else if (verdict === "unknown") {
			this.#log.warn({ source }, `nobody on this machine can tell how right the clock is: ${barred}`);
		} else if (this.#said !== null) this.#log.info({ offsetMs, source }, "the clock is right again");
		this.#said = verdict;
	}
}

const barred = "evidence is kept and cannot be transferred. Install chrony, or mend its time servers";
