import { describe, expect, test } from "vitest";
import { clockVerdict, worstReading } from "#core/evidence/clock-verdict.ts";
import { readClock } from "../../edge/clock/read-clock.ts";
import { readAdjtimex, readChrony, readTimesyncd, type TimeSource } from "../../edge/clock/time-sources.ts";

const chrony = (systemTime: string, leap = "Normal") => `Reference ID    : CB007B58 (203.0.113.88)
Stratum         : 3
Ref time (UTC)  : Wed Nov 25 14:36:58 2026
System time     : ${systemTime} of NTP time
Last offset     : -0.000003412 seconds
RMS offset      : 0.000021045 seconds
Frequency       : 8.312 ppm slow
Residual freq   : -0.000 ppm
Skew            : 0.011 ppm
Root delay      : 0.013522147 seconds
Root dispersion : 0.000903441 seconds
Update interval : 1031.9 seconds
Leap status     : ${leap}
`;
const timesyncd = (offset: string, packets = 5) => `       Server: 203.0.113.14 (ntp.example)
Poll interval: 34min 8s (min: 32s; max 34min 8s)
         Leap: normal
      Version: 4
      Stratum: 2
    Reference: 11FD227B
    Precision: 1us (-23)
Root distance: 22.888ms (max: 5s)
       Offset: ${offset}
        Delay: 31.999ms
       Jitter: 2.333ms
 Packet count: ${packets}
    Frequency: +5.123ppm
`;
const adjtimex = (offset: number, status: number) => `         mode: 0
       offset: ${offset}
    frequency: 541286
     maxerror: 500
     esterror: 0
       status: ${status}
time_constant: 7
    precision: 1
    tolerance: 32768000
         tick: 10000
     raw time:  1795617418s 123456us = 1795617418.123456
`;

describe("how far the clock is ahead", () => {
	test.each([
		["chrony, slow", readChrony(chrony("0.000006523 seconds slow")), -0.007],
		["chrony, fast", readChrony(chrony("1.250000000 seconds fast")), 1250],
		["chrony, not synchronised", readChrony(chrony("0.000000000 seconds fast", "Not synchronised")), null],
		["chrony, not running", readChrony("506 Cannot talk to daemon\n"), undefined],
		["timesyncd: its offset is the server's less ours", readTimesyncd(timesyncd("+1.234ms")), -1.234],
		["timesyncd, far off", readTimesyncd(timesyncd("-1min 2.5s")), 62_500],
		["timesyncd, microseconds", readTimesyncd(timesyncd("+345us")), -0.345],
		["timesyncd before its first answer", readTimesyncd("       Server: 203.0.113.14 (ntp)\n Packet count: 0\n"), null],
		["timesyncd, no bus", readTimesyncd(""), undefined],
		["kernel, µs", readAdjtimex(adjtimex(2_500, 1)), -2.5],
		["kernel, ns", readAdjtimex(adjtimex(2_500_000, 0x2001)), -2.5],
		["kernel, not synchronised", readAdjtimex(adjtimex(0, 64)), null],
		["nothing of the kind", readAdjtimex("command not found"), undefined],
	])("%s", (_name, found, offsetMs) => expect(found).toBe(offsetMs));
});

test.each([
	[null, "unknown"],
	[{ offsetMs: null }, "unknown"],
	[{ offsetMs: 1_000 }, "right"],
	[{ offsetMs: -1_000.1 }, "off"],
] as const)("a clock of %o is %s", (reading, verdict) => expect(clockVerdict(reading)).toBe(verdict));

test("a set is as right as the worst of its readings", () => {
	const [right, off, unknown] = [{ offsetMs: 3 }, { offsetMs: -1_200 }, { offsetMs: null }];
	expect(worstReading([right, off])).toBe(off);
	expect(worstReading([unknown, off, right])).toBe(unknown);
	expect(worstReading([])).toBeNull();
});

test("the machine's programs are asked one after another; the first that knows is believed, a missing one passed over", async () => {
	const says = (name: string, text: string, offsetMs: number | null): TimeSource => ({
		...{ name, command: [process.execPath, "-e", `process.stdout.write(${JSON.stringify(text)})`] },
		read: (output) => (output === text ? offsetMs : undefined),
	});
	const missing: TimeSource = { name: "missing", command: ["/no/such/program"], read: () => undefined };
	const found = await readClock([missing, says("one", "a", null), says("two", "b", 7)]);
	expect(found).toMatchObject({ offsetMs: 7, source: "two" });
	expect(await readClock([missing, says("one", "a", null)])).toMatchObject({ offsetMs: null, source: "one" });
	expect(await readClock([missing])).toMatchObject({ offsetMs: null, source: null });
});
