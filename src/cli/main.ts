import { Command } from "commander";
import { description, version } from "./program.ts";
import { runCommandLine } from "./run.ts";

/** One file a command. Only the one that is asked for is loaded; `--help` loads them all. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
	demo: async () => (await import("./demo.ts")).registerDemo,
	server: async () => (await import("./server.ts")).registerServer,
	enrol: async () => (await import("./enrol.ts")).registerEnrol,
	edge: async () => (await import("./edge.ts")).registerEdge,
	replay: async () => (await import("./replay.ts")).registerReplay,
	record: async () => (await import("./record.ts")).registerRecord,
	evaluate: async () => (await import("./evaluate.ts")).registerEvaluate,
	plates: async () => (await import("./plates.ts")).registerPlates,
	models: async () => (await import("./models.ts")).registerModels,
	tls: async () => (await import("./tls.ts")).registerTls,
	secrets: async () => (await import("./secrets.ts")).registerSecrets,
	user: async () => (await import("./user.ts")).registerUser,
	doctor: async () => (await import("./doctor.ts")).registerDoctor,
	diagnostics: async () => (await import("./diagnostics.ts")).registerDiagnostics,
	verify: async () => (await import("./verify.ts")).registerVerify,
	import: async () => (await import("./import.ts")).registerImport,
	backup: async () => (await import("./backup.ts")).registerBackup,
	restore: async () => (await import("./restore.ts")).registerRestore,
	check: async () => (await import("./check.ts")).registerCheck,
};

// `edge --config FILE` is the worker, `edge code ID --config FILE` is not: options belong to the command that they follow.
const program = new Command("keepclear")
	.description(description)
	.version(version)
	.enablePositionalOptions()
	.exitOverride();
const asked = commands[process.argv[2] ?? ""];
for (const load of asked ? [asked] : Object.values(commands)) (await load())(program);
await runCommandLine(program, process.argv);
