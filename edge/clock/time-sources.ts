/**
 * What a machine's own programs say of its clock. Pure readers of their output; each answers how far the clock is from
 * true time (ms, positive where it is ahead), null where the program runs and cannot tell, undefined where the text is
 * none of its own.
 */
export interface TimeSource {
	/** As it is recorded with evidence. */
	readonly name: string;
	/** Program and arguments. */
	readonly command: readonly [program: string, ...args: string[]];
	readonly read: (output: string) => number | null | undefined;
}

/** The first that answers is taken. */
export const timeSources: readonly TimeSource[] = [
	{ name: "chrony", command: ["chronyc", "-n", "tracking"], read: readChrony },
	{ name: "timesyncd", command: ["timedatectl", "timesync-status"], read: readTimesyncd },
	{ name: "kernel", command: ["adjtimex", "--print"], read: readAdjtimex },
];

export function readChrony(output: string): number | null | undefined {
	const leap = /^Leap status\s*:\s*(.+?)\s*$/m.exec(output)?.[1];
	const found = /^System time\s*:\s*([\d.]+) seconds (fast|slow) of NTP time/m.exec(output);
	if (leap === undefined || !found) return undefined;
	if (leap === "Not synchronised") return null;
	return tidy(Number(found[1]) * 1000 * (found[2] === "fast" ? 1 : -1));
}

/** Its offset is the server's less ours. Before the first answer there is none. */
export function readTimesyncd(output: string): number | null | undefined {
	if (!/^\s*Server:/m.test(output)) return undefined;
	const packets = /^\s*Packet count:\s*(\d+)/m.exec(output)?.[1];
	const offset = /^\s*Offset:\s*(.+?)\s*$/m.exec(output)?.[1];
	if (offset === undefined || packets === "0") return null;
	const ms = readTimeSpan(offset);
	return ms === null ? null : tidy(-ms);
}

const unsynchronised = 0x40;
const inNanoseconds = 0x2000;

/** `offset` is what is still to be added to the clock: in µs, or in ns where the status says so. */
export function readAdjtimex(output: string): number | null | undefined {
	const offset = /^\s*offset:\s*(-?\d+)/m.exec(output)?.[1];
	const status = /^\s*status:\s*(\d+)/m.exec(output)?.[1];
	if (offset === undefined || status === undefined) return undefined;
	if (Number(status) & unsynchronised) return null;
	return tidy(-Number(offset) / (Number(status) & inNanoseconds ? 1e6 : 1e3));
}

const unitMs: Readonly<Record<string, number>> = {
	us: 0.001,
	µs: 0.001,
	ms: 1,
	s: 1_000,
	min: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	day: 86_400_000,
	days: 86_400_000,
};

/** `-1min 2.5s`, `+345us`; null for what is no stretch of time. */
function readTimeSpan(text: string): number | null {
	const [, sign, rest = ""] = /^([+-]?)(.*)$/.exec(text.trim()) ?? [];
	if (rest === "0") return 0;
	let sum = 0;
	for (const part of rest.split(/\s+/)) {
		const [, figure, unit = ""] = /^([\d.]+)(\D+)$/.exec(part) ?? [];
		const each = unitMs[unit];
		if (figure === undefined || each === undefined) return null;
		sum += Number(figure) * each;
	}
	return sign === "-" ? -sum : sum;
}

/** To a microsecond, and without a minus nought. */
const tidy = (ms: number) => Math.round(ms * 1000) / 1000 + 0;
