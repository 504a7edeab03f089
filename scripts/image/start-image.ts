import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Image } from "./build-image.ts";

/**
 * What a container would start, with `/data` where the image's files lie; init (tini) is left to a real engine.
 * @param user whoever runs it, where we are root
 */
export function startImage(image: Image, user: { readonly uid: number; readonly gid: number } | null): ChildProcess {
	const here = (word: string) => (word === "/data" || word.startsWith("/data/") ? join(image.root, word) : word);
	const argv = image.argv.slice(image.argv.indexOf("--") + 1).map(here);
	const asUser = user
		? ["setpriv", `--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups", "--no-new-privs", "--"]
		: [];
	const [started = "", ...rest] = [...asUser, ...argv];
	const env = Object.fromEntries(Object.entries(image.env).map(([name, value]) => [name, here(value)]));
	return spawn(started, rest, {
		cwd: join(image.root, image.workdir),
		env: { PATH: process.env["PATH"], HOME: join(image.root, "data"), ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
}

/** Programs that the image gets from Debian must be on this machine to be tried here. */
export const missingHere = ({ packages }: Image): readonly string[] => {
	const onPath = (name: string) =>
		(process.env["PATH"] ?? "").split(":").some((folder) => existsSync(join(folder, name)));
	const built = ["python3", "make", "g++", "tini"]; // to compile with, and the engine's init
	return packages.filter((name) => !built.includes(name) && !onPath(name));
};
