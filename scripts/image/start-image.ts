import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Image } from "./build-image.ts";

export interface StartOptions {
	/** In the place of the Dockerfile's CMD. */
	readonly args?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	/** Whoever runs it, where we are root. */
	readonly user?: { readonly uid: number; readonly gid: number } | null;
}

/** What a container would start, with `/data` where the image's files lie; init (tini) is left to a real engine. */
export function startImage(image: Image, { args, env = {}, user = null }: StartOptions = {}): ChildProcess {
	const begin = image.argv.indexOf("--") + 1;
	const program = args ? [...image.argv.slice(begin, programEnd(image)), ...args] : image.argv.slice(begin);
	const here = (word: string) => (word === "/data" || word.startsWith("/data/") ? join(image.root, word) : word);
	const argv = program.map(here);
	const asUser = user
		? ["setpriv", `--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups", "--no-new-privs", "--"]
		: [];
	const [started = "", ...rest] = [...asUser, ...argv];
	const { PATH = "" } = process.env;
	const own = Object.fromEntries(Object.entries(image.env).map(([name, value]) => [name, here(value)]));
	return spawn(started, rest, {
		cwd: join(image.root, image.workdir),
		env: { PATH, HOME: join(image.root, "data"), ...own, ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
}

/** ENTRYPOINT ends with the program's own file; what follows is CMD. */
const programEnd = ({ argv }: Image) => argv.findIndex((word) => word.endsWith(".mjs")) + 1;

/** Programs that the image gets from Debian must be on this machine to be tried here. */
export const missingHere = ({ packages }: Image): readonly string[] => {
	const onPath = (name: string) =>
		(process.env["PATH"] ?? "").split(":").some((folder) => existsSync(join(folder, name)));
	const built = ["python3", "make", "g++", "tini"]; // to compile with, and the engine's init
	return packages.filter((name) => !built.includes(name) && !onPath(name));
};
