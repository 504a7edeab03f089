import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { means } from "#platform/confined-child.ts";
import type { WorkerAnswer } from "#platform/worker/serve-tasks.ts";
import { WorkerProcess } from "#platform/worker/worker-process.ts";
import { confinementOfModels } from "../../edge/detect/worker-pool.ts";
import type { TakenTask } from "./support/taken-worker.ts";
import { tried } from "./support/tried.ts";

const kind = "children beyond their limits";
const has = means();
const trap = createServer((socket) => socket.destroy());
let folder: string;
let worker: WorkerProcess;
let told: (answer: WorkerAnswer) => void = () => {};
const nextAnswer = () => new Promise<WorkerAnswer>((resolve) => (told = resolve));

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-taken-"));
	trap.listen(0, "127.0.0.1");
	await once(trap, "listening");
	await start();
});
afterAll(async () => {
	await worker.kill();
	trap.close();
	await rm(folder, { recursive: true, force: true });
});

async function start() {
	const ready = nextAnswer();
	worker = new WorkerProcess(
		new URL("./support/taken-worker.ts", import.meta.url),
		{},
		{ confinement: confinementOfModels, onAnswer: (answer) => told(answer) },
	);
	expect((await ready).kind).toBe("ready");
}

/** What came of it; a worker that died of it is replaced. */
async function deed(does: TakenTask["does"], on: string | number): Promise<string> {
	const answer = nextAnswer();
	worker.give({ does, on: String(on) } satisfies TakenTask);
	const said = await Promise.race([answer, worker.ended]);
	if (typeof said !== "string") return said.kind === "found" ? String(said.found) : said.kind;
	await start();
	return `refused: ${said}`;
}

describe("a model's process that was taken over", () => {
	it.skipIf(!has.ownNetwork)("reaches nobody", async () => {
		const { port } = trap.address() as AddressInfo;
		const said = await deed("connect", port);
		tried(kind, "a model connects", said.startsWith("refused"), said);
	});

	it.skipIf(!has.limits)("writes no file and gets no more memory than a model needs", async () => {
		const written = await deed("write", join(folder, "written"));
		tried(kind, "a model writes", written.startsWith("refused"), written);
		const much = await deed("allocate", confinementOfModels.memoryBytes);
		tried(kind, "a model allocates without end", much.startsWith("refused"), much);
		expect(await deed("allocate", 1 << 29)).toBe("done: 2"); // so it is the limit that refuses
	});

	it.skipIf(!has.noNewRights)("gains no rights", async () => {
		const status = await deed("status", "");
		const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, "m").exec(status)?.[1] ?? "";
		tried(kind, "a model's new rights", field("NoNewPrivs") === "1", status);
		const said = await deed("start root's", "");
		tried(kind, "a model starts a program of root's", said.startsWith("refused"), said);
	});

	it.skipIf(!has.lessThanRoot)("is nobody where the edge is root: reads no secret, ends nobody", async () => {
		const secret = join(folder, "token");
		await writeFile(secret, "secret", { mode: 0o600 });
		const read = await deed("read", secret);
		tried(kind, "a model reads a secret", read.startsWith("refused"), read);
		const environment = await deed("read", `/proc/${process.pid}/environ`);
		tried(kind, "a model reads the edge's environment", environment.startsWith("refused"), environment);
		const killed = await deed("kill", process.pid);
		tried(kind, "a model ends the edge", killed.startsWith("refused"), killed);
		const status = await deed("status", "");
		tried(kind, "a model's capabilities", /^CapPrm:\s*0+$/m.test(status) && /^Uid:\s*65534/m.test(status), status);
	});
});
