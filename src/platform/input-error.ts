import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { readValue } from "#contract/read-value.ts";
import { readYaml } from "./read-yaml.ts";

/**
 * Somebody gave us something that we cannot take: a config, a scene, a file, an argument. The message is for that
 * person: it names the place and what is allowed, one line a problem. The command line ends with status 2.
 */
export class InputError extends Error {
	override readonly name = "InputError";
	readonly problems: readonly string[];

	constructor(problems: string | readonly string[], options?: ErrorOptions) {
		const list = typeof problems === "string" ? [problems] : problems;
		super(list.join("\n"), options);
		this.problems = list;
	}
}

/** Every problem of `error`, each as `cameras[2].zones[0].polygon: needs at least 3 points, has 2`. */
export function problemsOf(error: z.ZodError): { path: string; message: string }[] {
	return error.issues.flatMap((issue) =>
		issue.code === "unrecognized_keys"
			? issue.keys.map((key) => ({ path: writePath([...issue.path, key]), message: "is not a known key" }))
			: [{ path: writePath(issue.path), message: issue.message }],
	);
}

/** @throws InputError that names `place` (a file, say) and every problem in it. */
export function parseOrRefuse<S extends z.ZodType>(schema: S, value: unknown, place: string): z.output<S> {
	const parsed = readValue(schema, value);
	if (parsed.success) return parsed.data;
	throw new InputError(
		problemsOf(parsed.error).map(({ path, message }) => `${place}: ${path ? `${path}: ` : ""}${message}`),
	);
}

/** Reads a YAML or JSON file (JSON is YAML) and parses it. @throws InputError */
export async function loadFile<S extends z.ZodType>(schema: S, file: string): Promise<z.output<S>> {
	return parseOrRefuse(schema, parseText(await readText(file), file), file);
}

async function readText(file: string): Promise<string> {
	try {
		return await readFile(file, "utf8");
	} catch (cause) {
		const code = (cause as NodeJS.ErrnoException).code;
		const why =
			code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "is a folder" : `cannot be read (${code})`;
		throw new InputError(`${file}: ${why}`, { cause });
	}
}

function parseText(text: string, file: string): unknown {
	try {
		return readYaml(text);
	} catch (error) {
		throw new InputError(`${file}: is neither JSON nor YAML: ${(error as Error).message}`, { cause: error });
	}
}

const writePath = (path: readonly PropertyKey[]) =>
	path.reduce<string>(
		(text, key) => (typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
		"",
	);
