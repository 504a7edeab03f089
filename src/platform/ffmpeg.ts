import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { InputError } from "./input-error.ts";
import { runFfmpeg } from "./run-ffmpeg.ts";

/** An ffmpeg program that we can work with. */
export interface Ffmpeg {
	/** Absolute path. */
	readonly path: string;
	/** Of a build without a release number (a git build) we take that it is new. */
	readonly version: { readonly major: number; readonly minor: number; readonly text: string };
}

const lowest = { major: 4, minor: 4 };
const needed = { encoders: ["ppm", "mjpeg"], demuxers: ["rtsp", "mov,mp4"], muxers: ["mp4", "image2pipe"] };
const howTo =
	"install it (Debian, Ubuntu: apt-get install -y ffmpeg), or name another by the variable FFMPEG_PATH. " +
	`Needed is ${lowest.major}.${lowest.minor} or newer`;

let located: { readonly from: string; readonly ffmpeg: Promise<Ffmpeg> } | undefined;

/**
 * Finds ffmpeg (FFMPEG_PATH, else PATH) and tries it, once a process.
 * @throws InputError that says what is wrong with it and how to install another.
 */
export function locateFfmpeg(): Promise<Ffmpeg> {
	const from = `${process.env["FFMPEG_PATH"] ?? ""}\n${process.env["PATH"] ?? ""}`;
	if (located?.from !== from) {
		const ffmpeg = locate(process.env);
		located = { from, ffmpeg };
		ffmpeg.catch(() => (located = undefined)); // it may be installed while we run
	}
	return located.ffmpeg;
}

async function locate(environment: NodeJS.ProcessEnv): Promise<Ffmpeg> {
	const path = await findProgram(environment);
	const version = parseFfmpegVersion(await ask(path, "-version"));
	if (!version) throw new InputError(`${path}: is not an ffmpeg program; ${howTo}`);
	if (version.major < lowest.major || (version.major === lowest.major && version.minor < lowest.minor)) {
		throw new InputError(`${path}: ffmpeg ${version.text} is too old; ${howTo}`);
	}
	for (const [kind, names] of Object.entries(needed)) {
		const listed = await ask(path, `-${kind}`);
		const missing = names.find((name) => !listed.includes(` ${name}`));
		if (missing) throw new InputError(`${path}: this ffmpeg lacks "${missing}" (${kind}); ${howTo}, a full build`);
	}
	return { path, version };
}

async function findProgram(environment: NodeJS.ProcessEnv): Promise<string> {
	const named = environment["FFMPEG_PATH"];
	if (named) {
		if (await isExecutable(named)) return named;
		throw new InputError(`FFMPEG_PATH: ${named} is not a program that can be run; ${howTo}`);
	}
	for (const folder of (environment["PATH"] ?? "").split(delimiter).filter(Boolean)) {
		if (await isExecutable(join(folder, "ffmpeg"))) return join(folder, "ffmpeg");
	}
	throw new InputError(`ffmpeg is not on this machine; ${howTo}`);
}

const isExecutable = (path: string) =>
	access(path, constants.X_OK).then(
		() => true,
		() => false,
	);

async function ask(path: string, question: string): Promise<string> {
	try {
		return (await runFfmpeg(path, ["-hide_banner", question], "question", { timeoutMs: 20_000 })).toString();
	} catch (cause) {
		throw new InputError(`${path}: does not run as ffmpeg; ${howTo}`, { cause });
	}
}

/** Of the first line of `ffmpeg -version`; null where it is none. */
export function parseFfmpegVersion(text: string): Ffmpeg["version"] | null {
	const word = /^ffmpeg version (\S+)/m.exec(text)?.[1];
	if (!word) return null;
	const release = /^n?(\d+)\.(\d+)/.exec(word);
	return { major: release ? Number(release[1]) : 99, minor: release ? Number(release[2]) : 0, text: word };
}
