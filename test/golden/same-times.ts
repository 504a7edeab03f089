import type { OccupancyPeriod } from "#core/occupancy/types.ts";

/** The same recording looked at more or less often: nobody may be told other times for it. */
export interface Sampled {
	readonly everyMs: number;
	readonly periods: readonly OccupancyPeriod[];
}

/** Where another sampling tells other times than the finest, in words; empty where it does not. */
export function otherTimes(finest: Sampled, other: Sampled): string[] {
	const at = `at one look every ${other.everyMs} ms`;
	const inOrder = ({ periods }: Sampled) =>
		[...periods].sort((a, b) => (a.zoneId < b.zoneId ? -1 : a.zoneId > b.zoneId ? 1 : a.enteredAt - b.enteredAt));
	const [expected, told] = [inOrder(finest), inOrder(other)];
	if (told.length !== expected.length) return [`${told.length} occupancies ${at}, not ${expected.length}`];
	return told.flatMap((period, index) => {
		const same = expected[index]!;
		if (period.zoneId !== same.zoneId) return [`${period.zoneId} ${at}, not ${same.zoneId}`];
		const apart = {
			start: period.enteredAt - same.enteredAt,
			raised: period.raisedAt - same.raisedAt,
			end: endOf(period) - endOf(same),
		};
		return Object.entries(apart)
			.filter(([, ms]) => Math.abs(ms) > tolerance(other))
			.map(([what, ms]) => `${period.zoneId}: ${what} ${at} is ${ms} ms off, ${tolerance(other)} are allowed`);
	});
}

/** One sample of the slower, and a second. */
const tolerance = ({ everyMs }: Sampled) => everyMs + 1_000;

const endOf = ({ clearedAt }: OccupancyPeriod) => clearedAt ?? 0;
