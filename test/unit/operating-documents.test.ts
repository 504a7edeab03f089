import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { registerBackup } from "../../src/cli/backup.ts";
import { registerCheck } from "../../src/cli/check.ts";
import { registerDiagnostics } from "../../src/cli/diagnostics.ts";
import { registerDoctor } from "../../src/cli/doctor.ts";
import { registerEdge } from "../../src/cli/edge.ts";
import { registerEnrol } from "../../src/cli/enrol.ts";
import { registerModels } from "../../src/cli/models.ts";
import { registerRestore } from "../../src/cli/restore.ts";
import { registerSecrets } from "../../src/cli/secrets.ts";
import { registerServer } from "../../src/cli/server.ts";
import { registerTls } from "../../src/cli/tls.ts";
import { registerUser } from "../../src/cli/user.ts";
import { registerVerify } from "../../src/cli/verify.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (name: string) => readFileSync(join(root, name), "utf8");
const documents = ["OPERATING.md", "OPERATING.zh-CN.md"] as const;

const program = new Command();
const all = [
	registerBackup,
	registerCheck,
	registerDiagnostics,
	registerDoctor,
	registerEdge,
	registerEnrol,
	registerModels,
	registerRestore,
	registerSecrets,
	registerTls,
];
for (const register of [...all, registerServer, registerUser, registerVerify]) register(program);

function sourcesBelow(folder: string): string {
	return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
		.join("\n");
}
/** Sentences that are written over several lines are one. */
const sources = [...["src/server", "src/platform", "edge"].map(sourcesBelow)].join("\n").replace(/"\s*\+\s*"/g, "");

describe.each(documents)("%s", (name) => {
	const text = read(name);

	it("names commands and options that there are", () => {
		const calls = [...text.matchAll(/(?:^|`)(?:node scripts\/keepclear\.mjs|keepclear) ([^\n`]+)/gm)].map(
			(each) => each[1] ?? "",
		);
		expect(calls.length).toBeGreaterThan(8);
		for (const call of calls) {
			const words = call.trim().split(/\s+/);
			let command: Command = program;
			while (words[0] !== undefined && /^[a-z][a-z-]*$/.test(words[0])) {
				const next: Command | undefined = command.commands.find((each) => each.name() === words[0]);
				if (!next) break;
				command = next;
				words.shift();
			}
			expect(command, call).not.toBe(program);
			for (const option of words.filter((each) => each.startsWith("--")))
				expect(
					command.options.map(({ long }) => long),
					call,
				).toContain(option);
		}
		for (const [, sub = ""] of text.matchAll(/`user ([a-z-]+)`/g))
			expect(program.commands.find((each) => each.name() === "user")?.commands.map((each) => each.name())).toContain(
				sub,
			);
	});

	it("names scripts of package.json and files that there are", () => {
		const { scripts } = JSON.parse(read("package.json")) as { scripts: object };
		for (const [, script = ""] of text.matchAll(/npm run\s+([a-z:]+)/g)) expect(Object.keys(scripts)).toContain(script);
		for (const [, file = ""] of text.matchAll(/`(config\/[^`]+)`/g))
			expect(existsSync(join(root, file)), file).toBe(true);
		for (const [, file = ""] of text.matchAll(/\]\(([^)]+\.md)\)/g))
			expect(existsSync(join(root, file)), file).toBe(true);
	});

	it("names lines that the programs log", () => {
		const table = text.slice(text.search(/\| (line in the log|日志里的话)/));
		const lines = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map((each) => each[1] ?? "");
		expect(lines.length).toBeGreaterThan(15);
		for (const line of lines) expect(sources.includes(line), line).toBe(true);
	});

	it("names metrics that are told", () => {
		for (const [metric] of text.matchAll(/keepclear_[a-z_]+/g))
			expect(sources.includes(`"${metric}"`), metric).toBe(true);
	});
});

describe("the two of them", () => {
	it("say the same: commands, log lines, metrics, keys", () => {
		const [english, chinese] = documents.map((name) => {
			const spans = [
				...read(name)
					.replace(/```[^]*?```/g, "")
					.matchAll(/`([^`]+)`/g),
			];
			return [...new Set(spans.map((each) => each[1]?.replace(/\s+/g, " ")))].sort();
		});
		expect(chinese).toEqual(english);
		const blocks = documents.map((name) => [...read(name).matchAll(/```[^]*?```/g)].map(String));
		expect(blocks[1]).toEqual(blocks[0]);
	});
});
