import { valueAtRank } from "./rank.ts";

/** Time of one or many lanes, ms. What nobody could know is neither occupied nor free. */
export interface TimeFigures {
	occupiedMs: number;
	freeMs: number;
	unknownMs: number;
}

export interface ResponseFigures {
	readonly count: number;
	readonly meanMs: number | null;
	readonly medianMs: number | null;
	/** Nine of ten took no longer. */
	readonly p90Ms: number | null;
}

export const noTime = (): TimeFigures => ({ occupiedMs: 0, freeMs: 0, unknownMs: 0 });

/** The share of the known time in which it was free, 0..1; null where nothing is known. */
export function availability({ occupiedMs, freeMs }: TimeFigures): number | null {
	const known = occupiedMs + freeMs;
	return known > 0 ? freeMs / known : null;
}

/** The share of alerts that were judged false; null where there were none. */
export const falseAlarmRate = (falseAlarms: number, alerts: number): number | null =>
	alerts > 0 ? falseAlarms / alerts : null;

export function responseFigures(durationsMs: readonly number[]): ResponseFigures {
	const count = durationsMs.length;
	if (count === 0) return { count, meanMs: null, medianMs: null, p90Ms: null };
	const values = new Float64Array(durationsMs);
	const rank = (share: number) => valueAtRank(values, Math.max(0, Math.ceil(share * count) - 1));
	let sum = 0;
	for (const ms of values) sum += ms;
	return { count, meanMs: Math.round(sum / count), medianMs: rank(0.5), p90Ms: rank(0.9) };
}
