import { availableParallelism } from "node:os";

/** What a start costs most is over by then, also where the first picture is long in coming. */
const mostMs = 3_000;
const startsPerCore = 4;

/**
 * Lets a few through at once, the others in the order in which they came. Decoders that all begin together after a network
 * is back share the cores until none begins in time, and each is given up and begun again.
 */
export class StartGate {
	#free: number;
	readonly #waiting = new Set<() => void>();
	readonly #mostMs: number;

	/** @param places how many may start at once */
	constructor(places = startsPerCore * availableParallelism(), placeForMs = mostMs) {
		this.#free = places;
		this.#mostMs = placeForMs;
	}

	/** Resolves when one may start, or `signal` is aborted. Answers how to say that one has started; without it, time does. */
	async enter(signal: AbortSignal): Promise<() => void> {
		if (this.#free > 0) this.#free -= 1;
		else if (!(await this.#turn(signal))) return () => {};
		let isHeld = true;
		const leave = () => {
			if (!isHeld) return;
			isHeld = false;
			clearTimeout(timer);
			const [next] = this.#waiting;
			if (next) next();
			else this.#free += 1;
		};
		const timer = setTimeout(leave, this.#mostMs);
		return leave;
	}

	/** False where `signal` came first. */
	#turn(signal: AbortSignal): Promise<boolean> {
		return new Promise((resolve) => {
			const end = (isMine: boolean) => {
				this.#waiting.delete(come);
				signal.removeEventListener("abort", give);
				resolve(isMine);
			};
			const come = () => end(true);
			const give = () => end(false);
			this.#waiting.add(come);
			signal.addEventListener("abort", give, { once: true });
			if (signal.aborted) give();
		});
	}
}
