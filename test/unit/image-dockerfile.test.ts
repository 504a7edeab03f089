import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readDockerfile } from "../../scripts/image/read-dockerfile.ts";

const ours = readFileSync(new URL("../../Dockerfile", import.meta.url), "utf8");

test("our Dockerfile is understood whole; both targets run as somebody without rights, and each starts its own program", () => {
	const stages = readDockerfile(ours);
	const steps = (name: string) => stages.find((stage) => stage.name === name)?.steps ?? [];
	expect(stages.map(({ name }) => name)).toEqual(expect.arrayContaining(["server", "edge"]));
	for (const name of ["server", "edge"]) {
		const before = stages.find((stage) => stage.name === stages.find((each) => each.name === name)?.from);
		expect(before?.steps.findLast(({ kind }) => kind === "user")).toMatchObject({ name: "node" });
		expect(steps(name).filter(({ kind }) => kind === "user")).toEqual([]);
		const cmd = steps(name).find(({ kind }) => kind === "cmd");
		expect(cmd).toMatchObject({ argv: [name, "--config", `/data/${name}.yaml`] });
	}
});

test("lines that go on, comments and several commands are read as an engine reads them", () => {
	const text = "# why\nFROM a AS b\nRUN npm ci \\\n\t# between\n\t&& npm prune\nENV A=1 B=x=y\nCOPY --from=c /x y ./\n";
	expect(readDockerfile(text)).toEqual([
		{
			...{ name: "b", from: "a" },
			steps: [
				{
					line: 3,
					kind: "run",
					commands: [
						["npm", "ci"],
						["npm", "prune"],
					],
				},
				{ line: 6, kind: "env", values: { A: "1", B: "x=y" } },
				{ line: 7, kind: "copy", from: "c", sources: ["/x", "y"], to: "./" },
			],
		},
	]);
});

test.each([
	["FROM node", "Dockerfile:1: FROM must name its stage"],
	["COPY . .", "Dockerfile:1: COPY stands before the first FROM"],
	["FROM a AS b\nADD x y", "Dockerfile:2: ADD is not known here"],
	["FROM a AS b\nRUN npm ci; rm -rf /", "Dockerfile:2: RUN may hold plain commands"],
	["FROM a AS b\nCOPY --chown=1 x y", "Dockerfile:2: COPY"],
	["FROM a AS b\nWORKDIR app", "Dockerfile:2: WORKDIR must be absolute"],
	["FROM a AS b\nENV A", "Dockerfile:2: ENV NAME=value"],
	["FROM a AS b\nCMD npm start", "Dockerfile:2: must be a list"],
	["FROM a AS b\nRUN npm \\", "Dockerfile:2: ends in the middle"],
])("%j is refused with its line", (text, sentence) => {
	expect(() => readDockerfile(text)).toThrow(sentence);
});
