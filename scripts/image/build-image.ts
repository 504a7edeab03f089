import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { readDockerfile, type Stage, type Step } from "./read-dockerfile.ts";

const run = promisify(execFile);

/** What an image would hold and start; its files lie under `root`, which stands for `/`. */
export interface Image {
	readonly root: string;
	readonly workdir: string;
	readonly env: Readonly<Record<string, string>>;
	readonly user: string;
	readonly argv: readonly string[];
	/** Debian packages that its base gets. */
	readonly packages: readonly string[];
}

export interface BuildOptions {
	/** The folder with the Dockerfile. */
	readonly context: string;
	/** Empty or not there. Each stage becomes a folder in it. */
	readonly folder: string;
	readonly say?: (line: string) => void;
}

/**
 * Carries out the Dockerfile's steps for a target in a folder, without a Docker engine: what is copied is copied by the
 * same rules, npm and the page's builder run as they stand there. Debian packages are taken from this machine, and named.
 * What answers makes the image of a target, each stage once.
 * @throws Error that names the line of the Dockerfile; so does what answers
 */
export async function imageBuilder({
	context,
	folder,
	say = () => {},
}: BuildOptions): Promise<(target: string) => Promise<Image>> {
	const stages = readDockerfile(await readFile(join(context, "Dockerfile"), "utf8"));
	const ignored = await readIgnored(context);
	const made = new Map<string, Image>();

	async function make(name: string): Promise<Image> {
		const known = made.get(name);
		if (known) return known;
		const stage = stages.find((each) => each.name === name);
		if (!stage)
			throw new Error(`Dockerfile: there is no stage ${name}; there are ${stages.map((s) => s.name).join(", ")}`);
		const root = join(folder, name);
		let image = await begin(stage, root);
		for (const step of stage.steps) image = await takeStep(step, image);
		made.set(name, image);
		return image;
	}

	async function begin({ name, from }: Stage, root: string): Promise<Image> {
		say(`${name}: from ${from}`);
		if (stages.some((each) => each.name === from)) {
			const before = await make(from);
			await cp(before.root, root, { recursive: true, verbatimSymlinks: true });
			return { ...before, root };
		}
		await mkdir(root, { recursive: true });
		return { root, workdir: "/", env: {}, user: "root", argv: [], packages: [] };
	}

	async function takeStep(step: Step, image: Image): Promise<Image> {
		switch (step.kind) {
			case "workdir":
				await mkdir(join(image.root, step.path), { recursive: true });
				return { ...image, workdir: step.path };
			case "env":
				return { ...image, env: { ...image.env, ...step.values } };
			case "user":
				return { ...image, user: step.name };
			case "entrypoint":
				return { ...image, argv: step.argv };
			case "cmd":
				return { ...image, argv: [...image.argv, ...step.argv] };
			case "copy":
				await copy(step, image);
				return image;
			case "run": {
				const packages = [...image.packages];
				for (const argv of step.commands) {
					say(`Dockerfile:${step.line}: ${argv.join(" ")}`);
					packages.push(...(await runCommand(argv, image, step.line)));
				}
				return { ...image, packages };
			}
			case "note":
				return image;
		}
	}

	async function copy(step: Extract<Step, { kind: "copy" }>, image: Image): Promise<void> {
		const isContext = step.from === null;
		const sourceRoot = isContext ? context : (await make(step.from)).root;
		const to = join(image.root, step.to.startsWith("/") ? step.to : join(image.workdir, step.to));
		for (const source of step.sources) {
			const from = join(sourceRoot, source);
			const isFolder = (await stat(from).catch(() => null))?.isDirectory();
			if (isFolder === undefined) throw new Error(`Dockerfile:${step.line}: ${source} is not there`);
			// A folder's contents go into the target; a file goes into it by its name where the target ends with a stroke.
			const target = isFolder || !/(^|\/)\.?\/?$/.test(step.to) ? to : join(to, basename(source));
			await cp(from, target, {
				recursive: true,
				verbatimSymlinks: true,
				filter: (path) => !isContext || !ignored(relative(context, path)),
			});
		}
	}

	return make;
}

/** @returns the Debian packages that it asks for */
async function runCommand(argv: readonly string[], image: Image, line: number): Promise<readonly string[]> {
	const [program = "", ...args] = argv;
	const text = argv.join(" ");
	if (text === "apt-get update" || text === "rm -rf /var/lib/apt/lists/*") return [];
	if (program === "apt-get" && args[0] === "install") return args.slice(1).filter((word) => !word.startsWith("-"));
	if (program === "install" && args[0] === "-d") {
		await mkdir(join(image.root, args.at(-1) ?? ""), { recursive: true });
		return [];
	}
	const cwd = join(image.root, image.workdir);
	if (
		program === "rm" &&
		args[0] === "-rf" &&
		args.slice(1).every((path) => /^\w[\w./@-]*$/.test(path) && !path.includes(".."))
	) {
		for (const path of args.slice(1)) {
			// What is not there any more was moved by its makers: then the image holds what it should not.
			await stat(join(cwd, path)).catch(() => {
				throw new Error(`Dockerfile:${line}: ${path} is not there`);
			});
			await rm(join(cwd, path), { recursive: true });
		}
		return [];
	}
	if (program !== "npm" && !program.startsWith("node_modules/.bin/"))
		throw new Error(`Dockerfile:${line}: ${program} is not known here: say in scripts/image what it does to an image`);
	const { PATH = "", HOME = "" } = process.env;
	const started = program === "npm" ? program : join(cwd, program);
	await run(started, args, { cwd, env: { PATH, HOME, ...image.env }, maxBuffer: 50_000_000 }).catch(
		(error: { stdout?: string; stderr?: string; message: string }) => {
			const last = `${error.stdout ?? ""}${error.stderr ?? ""}`.trim().split("\n").slice(-10).join("\n");
			throw new Error(`Dockerfile:${line}: ${text} failed:\n${last || error.message}`);
		},
	);
	return [];
}

/** `.dockerignore`: names and paths from the folder's top; patterns and exceptions are none of ours. */
async function readIgnored(context: string): Promise<(path: string) => boolean> {
	const text = await readFile(join(context, ".dockerignore"), "utf8").catch(() => "");
	const paths = text.split("\n").map((line) => line.trim().replace(/\/$/, ""));
	const known = paths.filter((line) => line !== "" && !line.startsWith("#"));
	const strange = known.find((line) => /[*?![]/.test(line));
	if (strange !== undefined) throw new Error(`.dockerignore: ${strange}: patterns are not known here`);
	return (path) => known.some((each) => path === each || path.startsWith(each + sep));
}

/** As under `--read-only`: nothing of the program can be changed, `/data` alone can, by those who run it. */
export async function lock(image: Image, owner: { readonly uid: number; readonly gid: number } | null): Promise<void> {
	const data = join(image.root, "data");
	await run("chmod", ["a-w,a+rX", image.root]);
	for (const name of await readdir(image.root)) {
		const path = join(image.root, name);
		await run("chmod", ["-R", path === data ? "u+rwX,go=" : "a-w,a+rX", path]);
	}
	if (owner) await run("chown", ["-R", `${owner.uid}:${owner.gid}`, data]);
}

export const removeImage = async (folder: string): Promise<void> => {
	await run("chmod", ["-R", "u+w", folder]).catch(() => undefined);
	await rm(folder, { recursive: true, force: true });
};
