import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { InputError } from "#platform/input-error.ts";

/** Stands in what is refused, and never in the refusal. */
export const canary = "canary-token-7d1f";

const example = (name: string) =>
	parse(readFileSync(new URL(`../../../config/${name}`, import.meta.url), "utf8")) as object;
export const exampleServer = () => example("server.example.yaml");
export const exampleEdge = () => ({
	...example("edge.example.yaml"),
	server: { url: "http://127.0.0.1", token: canary },
});

/** One sentence a problem, each with its file, without a stack and without a secret. */
export function isInWords(error: unknown, file: string): boolean {
	if (!(error instanceof InputError)) return false;
	return error.problems.every(
		(problem) =>
			problem.startsWith(`${file}`) &&
			problem.length < 4_000 &&
			!problem.includes(canary) &&
			!/\bat .*\.ts:\d+/.test(problem),
	);
}
