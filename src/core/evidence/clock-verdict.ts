/** GA/T 832: evidence whose clock is off by more than this proves no time. */
export const mostClockOffsetMs = 1_000;

export const clockVerdicts = ["right", "off", "unknown"] as const;
/** `off` and `unknown` bar evidence from being transferred; it is kept all the same. */
export type ClockVerdict = (typeof clockVerdicts)[number];

interface Reading {
	readonly offsetMs: number | null;
}

export function clockVerdict(reading: Reading | null): ClockVerdict {
	if (reading === null || reading.offsetMs === null) return "unknown";
	return Math.abs(reading.offsetMs) > mostClockOffsetMs ? "off" : "right";
}

/** What a whole set can claim: it is as right as the worst of its readings, and one that nobody knows is the worst. */
export function worstReading<R extends Reading>(readings: readonly R[]): R | null {
	const badness = ({ offsetMs }: Reading) => (offsetMs === null ? Infinity : Math.abs(offsetMs));
	return readings.reduce<R | null>((worst, next) => (worst && badness(worst) >= badness(next) ? worst : next), null);
}
