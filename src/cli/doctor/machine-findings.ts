import { readFileSync } from "node:fs";
import { totalmem } from "node:os";
import { clockVerdict, mostClockOffsetMs } from "#core/evidence/clock-verdict.ts";
import { isTimeZone } from "#core/policy/local-time.ts";
import { type Means, means } from "#platform/confined-child.ts";
import { locateFfmpeg } from "#platform/ffmpeg.ts";
import { readClock } from "../../../edge/clock/read-clock.ts";
import { readableBytes } from "../readable-bytes.ts";
import { type Finding, fine, look, wrong } from "./finding.ts";

/** What every Keepclear needs of the machine. */
export async function machineFindings(): Promise<readonly Finding[]> {
	const looks = [
		look("node", async () => nodeFinding(process.versions.node, lowestNode())),
		look("memory", async () => memoryFinding(memoryOfMachine())),
		look("time zone", async () => timeZoneFinding()),
		look("ffmpeg", ffmpegFinding),
		look("limits of children", async () => limitsFinding(means())),
		look("clock", clockFinding),
	];
	return (await Promise.all(looks)).flat();
}

function lowestNode(): string {
	const { engines } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
		engines: { node: string };
	};
	return engines.node.replace(/^>=/, "");
}

export function nodeFinding(found: string, lowest: string): Finding {
	const isOld = isOlder(found.split(".").map(Number), lowest.split(".").map(Number));
	return isOld
		? wrong("node", `${found} is too old: install ${lowest} or newer`)
		: fine("node", `${found} (${lowest} or newer is needed)`);
}

function isOlder([major = 0, minor = 0]: readonly number[], [lowMajor = 0, lowMinor = 0]: readonly number[]): boolean {
	return major < lowMajor || (major === lowMajor && minor < lowMinor);
}

/** Below it the kernel begins to end programs, and the largest goes first: that is ours. */
const leastFreeMemoryBytes = 300_000_000;

interface Memory {
	readonly free: number;
	readonly of: number;
}

/** Of the container, where we run in one. */
function memoryOfMachine(): Memory {
	const limit = process.constrainedMemory();
	const machine = totalmem();
	return { free: process.availableMemory(), of: limit > 0 && limit < machine ? limit : machine };
}

export function memoryFinding({ free, of }: Memory): Finding {
	const words = `${readableBytes(free)} of ${readableBytes(of)} can be had`;
	return free < leastFreeMemoryBytes
		? wrong("memory", `${words}, fewer than ${readableBytes(leastFreeMemoryBytes)}: end other programs, or add some`)
		: fine("memory", words);
}

function timeZoneFinding(): Finding {
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	return isTimeZone(zone ?? "")
		? fine("time zone", `${zone}; what people see goes by the configuration's`)
		: wrong("time zone", `the machine's (${zone}) is unknown to Node: set it (timedatectl set-timezone Asia/Shanghai)`);
}

async function ffmpegFinding(): Promise<Finding> {
	const { path, version } = await locateFfmpeg();
	return fine("ffmpeg", `${path}, ${version.text}`);
}

/** What is missing is no fault: containers often may not. But whoever runs it should know. */
export function limitsFinding({ limits, noNewRights, ownNetwork, lessThanRoot }: Means): Finding {
	const parts: readonly (readonly [boolean, string, string])[] = [
		[limits, "memory, time and files", "prlimit, of util-linux"],
		[noNewRights, "no new rights", "setpriv, of util-linux"],
		[ownNetwork !== null, "no network where none is needed", "the right to make network namespaces"],
		[lessThanRoot !== false, "nothing of root's", "the right to give up capabilities"],
	];
	const held = parts.filter(([has]) => has).map(([, what]) => what);
	const missing = parts.filter(([has]) => !has).map(([, what, by]) => `${what} (needs ${by})`);
	const words = held.length > 0 ? held.join("; ") : "none";
	return fine(
		"limits of children",
		missing.length > 0 ? `${words}. Not on this machine: ${missing.join("; ")}` : words,
	);
}

async function clockFinding(): Promise<Finding> {
	const reading = await readClock();
	const { offsetMs, source } = reading;
	switch (clockVerdict(reading)) {
		case "right":
			return fine("clock", `off by ${offsetMs} ms (${source})`);
		case "off":
			return wrong(
				"clock",
				`off by ${offsetMs} ms (${source}), more than ${mostClockOffsetMs}: evidence is kept and cannot be transferred. ` +
					"Mend the time servers of this machine, or have it stepped (chronyc makestep)",
			);
		case "unknown":
			return wrong(
				"clock",
				`${source === null ? "nothing sets it" : `${source} runs and is not synchronised`}: evidence is kept and cannot be ` +
					"transferred. Install chrony (Debian, Ubuntu: apt-get install -y chrony) and let it reach a time server",
			);
	}
}
