import type { Command } from "commander";
import { clockVerdict, mostClockOffsetMs } from "#core/evidence/clock-verdict.ts";
import { locateFfmpeg } from "#platform/ffmpeg.ts";
import { InputError } from "#platform/input-error.ts";
import { readClock } from "../../edge/clock/read-clock.ts";

interface Finding {
	readonly ok: boolean;
	/** One sentence: what was found, and where it is wrong what to do. */
	readonly words: string;
}

export function registerDoctor(program: Command): void {
	program
		.command("doctor")
		.description(
			"looks at what an edge needs of this machine (ffmpeg, clock) and says what to do; exit 1 where something is wrong",
		)
		.action(async () => {
			const findings = await Promise.all([examineFfmpeg(), examineClock()]);
			for (const { ok, words } of findings) console.log(`${ok ? "ok  " : "BAD "} ${words}`);
			if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
		});
}

async function examineFfmpeg(): Promise<Finding> {
	try {
		const { path, version } = await locateFfmpeg();
		return { ok: true, words: `ffmpeg: ${path}, ${version.text}` };
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return { ok: false, words: error.message };
	}
}

async function examineClock(): Promise<Finding> {
	const reading = await readClock();
	const { offsetMs, source } = reading;
	switch (clockVerdict(reading)) {
		case "right":
			return { ok: true, words: `clock: off by ${offsetMs} ms (${source})` };
		case "off":
			return {
				ok: false,
				words:
					`clock: off by ${offsetMs} ms (${source}), more than ${mostClockOffsetMs}: evidence is kept and cannot be ` +
					"transferred. Mend the time servers of this machine, or have it stepped (chronyc makestep)",
			};
		case "unknown":
			return {
				ok: false,
				words:
					`clock: ${source === null ? "nothing sets it" : `${source} runs and is not synchronised`}: evidence is kept and ` +
					"cannot be transferred. Install chrony (Debian, Ubuntu: apt-get install -y chrony) and let it reach a time server",
			};
	}
}
