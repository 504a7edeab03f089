import type { ClockReading } from "#contract/clock.ts";
import { clockVerdict, type ClockVerdict, mostClockOffsetMs } from "#core/evidence/clock-verdict.ts";
import type { Logger } from "#platform/log.ts";
import { wait } from "#platform/wait.ts";
import { readClock } from "./read-clock.ts";
import { type SteadyClock, steadyClock } from "./steady-clock.ts";

const readEveryMs = 30_000;

/** Reads again and again how right the clock is, and says when that changes. */
export class ClockWatch {
	readonly #log: Logger;
	readonly #read: () => Promise<ClockReading>;
	readonly #time: Pick<SteadyClock, "aheadMs">;
	#reading: ClockReading = { offsetMs: null, source: null, readAt: null };
	#said: ClockVerdict | null = null;
	#wasSet = false;

	/** @param time what goes ahead of the machine's clock, or behind it, where that was set */
	constructor({
		log,
		read = () => readClock(),
		time = steadyClock,
	}: {
		readonly log: Logger;
		readonly read?: () => Promise<ClockReading>;
		readonly time?: Pick<SteadyClock, "aheadMs">;
	}) {
		this.#log = log;
		this.#read = read;
		this.#time = time;
	}

	/** The latest, of the time by which pictures are dated; "unknown" before the first. */
	get reading(): ClockReading {
		const { offsetMs, ...rest } = this.#reading;
		return { ...rest, offsetMs: offsetMs === null ? null : offsetMs + this.#time.aheadMs };
	}

	async run(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			await this.look();
			await wait(readEveryMs, signal);
		}
	}

	async look(): Promise<void> {
		this.#reading = await this.#read();
		this.#sayWhetherSet();
		const verdict = clockVerdict(this.reading);
		if (verdict === this.#said) return;
		const { offsetMs, source } = this.reading;
		if (verdict === "off") {
			this.#log.error({ offsetMs, source }, `the clock is off by more than ${mostClockOffsetMs / 1000} s: ${barred}`);
		} else if (verdict === "unknown") {
			this.#log.warn({ source }, `nobody on this machine can tell how right the clock is: ${barred}`);
		} else if (this.#said !== null) this.#log.info({ offsetMs, source }, "the clock is right again");
		this.#said = verdict;
	}

	#sayWhetherSet(): void {
		const wasSet = this.#time.aheadMs !== 0;
		if (wasSet && !this.#wasSet) this.#log.warn({ seconds: -Math.round(this.#time.aheadMs / 1000) }, stepped);
		this.#wasSet = wasSet;
	}
}

const stepped =
	"the clock was set while the edge watches: times go on by the old one until nothing has stood anywhere for a minute";

const barred = "evidence is kept and cannot be transferred. Install chrony, or mend its time servers";
