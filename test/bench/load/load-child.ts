import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { spawnTied, typescriptLoader } from "#platform/child-process.ts";

/** A process that plays edges or pages; a line of JSON asks it, a line of JSON answers. */
export interface LoadChild {
	readonly ready: Promise<unknown>;
	ask(question: object): Promise<unknown>;
	stop(): void;
}

export function startLoadChild(kind: "edges" | "pages", about: object): LoadChild {
	const file = fileURLToPath(new URL(`./play-${kind}.ts`, import.meta.url));
	const child = spawnTied(process.execPath, [...typescriptLoader, file], { stdio: ["pipe", "pipe", "inherit"] });
	const waiting: ((answer: unknown) => void)[] = [];
	if (!child.stdin || !child.stdout) throw new Error("a child without pipes");
	createInterface(child.stdout).on("line", (line) => waiting.shift()?.(JSON.parse(line)));
	const ask = (question: object) => {
		const answer = new Promise((resolve) => waiting.push(resolve));
		child.stdin?.write(`${JSON.stringify(question)}\n`);
		return answer;
	};
	return { ready: ask(about), ask, stop: () => child.kill("SIGKILL") };
}

/** The child's side: answers each question in turn, the first of which is what it is about. */
export async function answerQuestions<A, Q>(
	begin: (about: A) => Promise<(question: Q) => Promise<object>>,
): Promise<void> {
	let answer: ((question: Q) => Promise<object>) | null = null;
	for await (const line of createInterface(process.stdin)) {
		const question: unknown = JSON.parse(line);
		const said = answer ? await answer(question as Q) : { ready: true };
		answer ??= await begin(question as A);
		process.stdout.write(`${JSON.stringify(said)}\n`);
	}
}
