/** One instruction, with the line on which it begins. */
export type Step = { readonly line: number } & (
	| { readonly kind: "workdir"; readonly path: string }
	| { readonly kind: "env"; readonly values: Readonly<Record<string, string>> }
	| { readonly kind: "copy"; readonly from: string | null; readonly sources: readonly string[]; readonly to: string }
	| { readonly kind: "run"; readonly commands: readonly (readonly string[])[] }
	| { readonly kind: "user"; readonly name: string }
	| { readonly kind: "entrypoint" | "cmd"; readonly argv: readonly string[] }
	| { readonly kind: "note" }
);

export interface Stage {
	readonly name: string;
	/** Another stage, or an image that somebody else makes. */
	readonly from: string;
	readonly steps: readonly Step[];
}

/**
 * As much of a Dockerfile as ours uses. Whatever else stands there is refused with its line: a script that skips what it
 * does not know would prove nothing.
 * @throws Error
 */
export function readDockerfile(text: string): readonly Stage[] {
	const stages: { name: string; from: string; steps: Step[] }[] = [];
	for (const { line, instruction, rest } of instructionsOf(text)) {
		if (instruction === "FROM") {
			const [from = "", as, name] = rest.split(" ");
			if (as?.toUpperCase() !== "AS" || !name) throw refused(line, "FROM must name its stage: FROM image AS name");
			stages.push({ name, from, steps: [] });
			continue;
		}
		const stage = stages.at(-1);
		if (!stage) throw refused(line, `${instruction} stands before the first FROM`);
		stage.steps.push(stepOf(line, instruction, rest));
	}
	return stages;
}

function stepOf(line: number, instruction: string, rest: string): Step {
	switch (instruction) {
		case "WORKDIR":
			if (!rest.startsWith("/")) throw refused(line, "WORKDIR must be absolute");
			return { line, kind: "workdir", path: rest };
		case "ENV":
			return { line, kind: "env", values: Object.fromEntries(rest.split(" ").map((pair) => pairOf(line, pair))) };
		case "COPY": {
			const words = rest.split(" ");
			const from = words[0]?.startsWith("--from=") ? words.shift()!.slice("--from=".length) : null;
			const to = words.pop();
			if (to === undefined || words.length === 0 || words.some((word) => word.startsWith("--")))
				throw refused(line, "COPY [--from=stage] what… where");
			return { line, kind: "copy", from, sources: words, to };
		}
		case "RUN": {
			if (/["'`$|;<>(]/.test(rest)) throw refused(line, "RUN may hold plain commands joined by && alone");
			return { line, kind: "run", commands: rest.split(" && ").map((command) => command.split(" ")) };
		}
		case "USER":
			return { line, kind: "user", name: rest };
		case "ENTRYPOINT":
		case "CMD":
			return { line, kind: instruction === "CMD" ? "cmd" : "entrypoint", argv: argvOf(line, rest) };
		case "VOLUME":
		case "EXPOSE":
			return { line, kind: "note" };
		default:
			throw refused(line, `${instruction} is not known here`);
	}
}

/** Comments and empty lines left out, continued lines joined, blanks single. */
function* instructionsOf(text: string) {
	let begun: { line: number; words: string } | null = null;
	for (const [index, raw] of text.split("\n").entries()) {
		const line = raw.trim();
		if (line.startsWith("#") || line === "") continue;
		const goesOn = line.endsWith("\\");
		const words = (goesOn ? line.slice(0, -1) : line).trim();
		begun = begun ? { line: begun.line, words: `${begun.words} ${words}` } : { line: index + 1, words };
		if (goesOn) continue;
		const [instruction = "", ...rest] = begun.words.split(/\s+/);
		yield { line: begun.line, instruction: instruction.toUpperCase(), rest: rest.join(" ") };
		begun = null;
	}
	if (begun) throw refused(begun.line, "ends in the middle");
}

function pairOf(line: number, pair: string): readonly [string, string] {
	const at = pair.indexOf("=");
	if (at < 1) throw refused(line, "ENV NAME=value …");
	return [pair.slice(0, at), pair.slice(at + 1)];
}

function argvOf(line: number, rest: string): readonly string[] {
	try {
		const argv: unknown = JSON.parse(rest);
		if (Array.isArray(argv) && argv.every((word) => typeof word === "string")) return argv;
	} catch {
		// said below
	}
	throw refused(line, 'must be a list: ["program", "argument"]');
}

const refused = (line: number, why: string) => new Error(`Dockerfile:${line}: ${why}`);
