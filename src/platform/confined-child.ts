import { type ChildProcess, spawn, spawnSync, type SpawnOptions } from "node:child_process";
import { existsSync } from "node:fs";

/** What a child may use of the machine: a program that reads what strangers send. */
export interface Confinement {
	/** What asks for more gets none. */
	readonly memoryBytes: number;
	/**
	 * `addresses`: all that it reserves, which is the default. `data`: what it may write to. A program that reserves addresses
	 * by the gigabyte and uses few of them, as Node does, can be held by that alone.
	 */
	readonly memoryIs?: "addresses" | "data";
	/** Of processor time, then it is killed; absent for what runs for days. */
	readonly cpuS?: number;
	/** The largest file that it may write; 0: none at all. Pipes are no files. */
	readonly fileBytes: number;
	readonly needsNetwork: boolean;
	/** False: it is given pipes alone, and may be another user. `at first`: it becomes another user by itself (`nobody`). */
	readonly needsFiles: boolean | "at first";
	/** 0 to 19: the less urgent the higher. */
	readonly nice?: number;
}

/** What this machine and our rights on it allow. What is missing is left out, and `keepclear doctor` says so. */
export interface Means {
	/** Ends with us, gains no rights by what it starts (setpriv). */
	readonly noNewRights: boolean;
	/** Memory, processor time, files (prlimit). */
	readonly limits: boolean;
	/** A network of its own, in which there is nothing (unshare): as root, or by a user namespace. */
	readonly ownNetwork: "root" | "user" | null;
	/** None of root's capabilities, and another user where it needs no files. Null: we are not root, and have none to give up. */
	readonly lessThanRoot: boolean | null;
}

const placeOf = (name: string) =>
	["/usr/bin", "/bin"].map((folder) => `${folder}/${name}`).find((path) => existsSync(path));
const [setpriv, prlimit, unshare, nice] = ["setpriv", "prlimit", "unshare", "nice"].map(placeOf);
export const nobody = 65_534;
const dropCapabilities = ["--bounding-set=-all", "--inh-caps=-all"];
const keepChangingUser = ["--bounding-set=-all,+setuid,+setgid", "--inh-caps=-all"];
const otherUser = [`--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];

let known: Means | undefined;

/** Tried once, by starting a program that does nothing. */
export function means(): Means {
	known ??= {
		noNewRights: works(setpriv, "--pdeathsig", "KILL", "--no-new-privs", "--"),
		limits: works(prlimit, "--nofile=256", "--"),
		ownNetwork: works(unshare, ...network.root) ? "root" : works(unshare, ...network.user) ? "user" : null,
		lessThanRoot: process.getuid?.() === 0 ? works(setpriv, ...dropCapabilities, ...otherUser, "--") : null,
	};
	return known;
}

const network = { root: ["--net", "--"], user: ["--map-current-user", "--net", "--"] };

function works(program: string | undefined, ...args: readonly string[]): boolean {
	return (
		program !== undefined && spawnSync(program, [...args, "true"], { stdio: "ignore", timeout: 5_000 }).status === 0
	);
}

const forOthers = new Map<string, boolean>();

/** A program in a home folder, say, is not. */
function isForOthers(program: string): boolean {
	const isKnown = forOthers.get(program);
	if (isKnown !== undefined) return isKnown;
	const isSo = spawnSync(setpriv ?? "", [...otherUser, "--", "test", "-x", program], { timeout: 5_000 }).status === 0;
	forOthers.set(program, isSo);
	return isSo;
}

/** The command line that starts `program` confined: each step limits itself and becomes the next. A list, and no shell. */
export function confinedCommand(
	program: string,
	args: readonly string[],
	{ memoryBytes, memoryIs, cpuS, fileBytes, needsNetwork, needsFiles, nice: niceness = 0 }: Confinement,
	{ noNewRights, limits, ownNetwork, lessThanRoot }: Means = means(),
): readonly [string, ...string[]] {
	const command: string[] = [];
	if (ownNetwork && !needsNetwork && unshare) command.push(unshare, ...network[ownNetwork]);
	if (niceness > 0 && nice) command.push(nice, "-n", String(niceness));
	if (limits && prlimit) {
		const cpu = cpuS === undefined ? [] : [`--cpu=${cpuS}`];
		const memory = `--${memoryIs === "data" ? "data" : "as"}=${memoryBytes}`;
		command.push(prlimit, memory, ...cpu, `--fsize=${fileBytes}`, "--nofile=256", "--core=0", "--");
	}
	if (noNewRights && setpriv) {
		const isOther = lessThanRoot === true && !needsFiles && isForOthers(program);
		const capabilities = needsFiles === "at first" ? keepChangingUser : dropCapabilities;
		const less = lessThanRoot ? [...capabilities, ...(isOther ? otherUser : [])] : [];
		command.push(setpriv, ...less, "--no-new-privs", "--pdeathsig", "KILL", "--");
	}
	return [...command, program, ...args] as [string, ...string[]];
}

/** Starts a program that is let do no more than it needs, and that dies with us, even when we are killed by SIGKILL. */
export function spawnConfined(
	program: string,
	args: readonly string[],
	confinement: Confinement,
	options: SpawnOptions,
): ChildProcess {
	const [first, ...rest] = confinedCommand(program, args, confinement);
	return spawn(first, rest, options);
}
